"""Where people land after signing in."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desk.overview import lines_of, memberships_of, registrations_of, secretariats_of, wops_of
from desk.todo import tasks_of

PER_PAGE = 20


@login_required
@require_safe
def workspace(request):
    """What waits for the reader, what they have, and where each entry stands."""
    page = Paginator(wops_of(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "area": "workspace",
        "tasks": tasks_of(request.user),
        "memberships": memberships_of(request.user),
        "secretariats": secretariats_of(request.user),
        "registrations": registrations_of(request.user),
        "page_obj": page,
        "lines": lines_of(page, request.user),
    }
    return render(request, "desk/workspace.html", context)
