"""The profile of a partnership."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from directory.profile.entry import public_entry
from directory.profile.page import partnership_page
from partnerships.models import Partnership, PartnershipVersion


@require_safe
def partnership(request, reference):
    """What is public of it; 410 with the reason when it was archived."""
    entry = public_entry(reference)
    if entry is None:
        return _gone(request, reference)
    return render(request, "directory/partnership.html", partnership_page(entry))


@require_safe
def with_slug(request, reference, slug):
    """Whatever follows the reference, there is one address."""
    if not PartnershipVersion.objects.published().filter(partnership__reference=reference).exists():
        return _gone(request, reference)
    return redirect("directory:partnership", reference, permanent=True)


def _gone(request, reference):
    partnership = get_object_or_404(Partnership.objects.archived().distinct(), reference=reference)
    version = partnership.versions.archived().order_by("-number").first()
    event = version.events.filter(action="archive").last()
    if event is None:
        raise Http404
    context = {"reference": reference, "archived_on": event.created_at, "reason": event.comment}
    return render(request, "410.html", context, status=410)
