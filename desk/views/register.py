"""What a secretariat has published: where it writes for operators without accounts, corrects and archives."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.decorators import second_factor_required
from desk.forms.register import RegisterFilter
from desk.permissions import serves_a_secretariat
from desk.register import lines_of, wops_for

PER_PAGE = 25


@second_factor_required
@require_safe
def register(request):
    """Every public WOP of the platforms that the reader serves, found by words or by whether anybody has an account."""
    if not serves_a_secretariat(request.user):
        raise PermissionDenied
    form = RegisterFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else None
    wops = wops_for(request.user, **chosen) if chosen is not None else []
    page = Paginator(wops, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "area": "desk",
        "form": form,
        "is_filtered": bool(chosen) and any(chosen.values()),
        "page_obj": page,
        "lines": lines_of(list(page), request.user),
    }
    return render(request, "desk/register.html", context)
