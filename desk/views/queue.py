"""What waits for a secretariat, and what it has handled."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.decorators import second_factor_required
from desk.forms.queue import STATES, QueueFilter
from desk.models import ErrorReport
from desk.permissions import serves_a_secretariat
from desk.queue import lines_of, places_for
from operators.models import JoinRequest
from reviews.states import State

PER_PAGE = 25
BESIDE = 10
"""So many requests and errors stand beside the entries; the number of all is told."""


@second_factor_required
@require_safe
def queue(request):
    """What the secretariats of the reader were given, by state: at first what waits; and what else waits for them."""
    if not serves_a_secretariat(request.user):
        raise PermissionDenied
    form = QueueFilter(request.GET, user=request.user)
    chosen = form.cleaned_data if form.is_valid() else None
    page = Paginator(places_for(request.user, **chosen) if chosen else [], PER_PAGE).get_page(request.GET.get("page"))
    requests = JoinRequest.objects.answerable_by(request.user).select_related("organisation", "user")
    errors = ErrorReport.objects.served_by(request.user).waiting().select_related("platform")
    context = {
        "area": "desk",
        "form": form,
        "is_filtered": bool(chosen) and any(value for name, value in chosen.items() if name != "state"),
        "states": STATES,
        "state": State(chosen["state"]) if chosen and chosen["state"] else State.SUBMITTED,
        "page_obj": page,
        "lines": lines_of(list(page), request.user),
        "requests": requests[:BESIDE],
        "request_count": requests.count(),
        "errors": errors[:BESIDE],
        "error_count": errors.count(),
    }
    return render(request, "desk/queue.html", context)
