"""The profile of a partnership: as it reads today, as it read before, and how it changed."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from directory.profile.citing import citation_of
from directory.profile.entry import public_entry, public_version
from directory.profile.history import public_history
from directory.profile.page import history_page, partnership_page
from partnerships.models import Partnership, PartnershipVersion


@require_safe
def partnership(request, reference):
    """What is public of it; 410 with the reason when it was archived."""
    entry = public_entry(reference)
    if entry is None:
        return gone(request, reference)
    cite = citation_of(entry.version, request.build_absolute_uri(version_url(entry.version)))
    return render(request, "directory/partnership.html", partnership_page(entry) | {"cite": cite})


@require_safe
def with_slug(request, reference, slug):
    """Whatever follows the reference, there is one address."""
    if not PartnershipVersion.objects.published().filter(partnership__reference=reference).exists():
        return gone(request, reference)
    return redirect("directory:partnership", reference, permanent=True)


@require_safe
def version(request, reference, number):
    """The profile as it read in this version; the stable address to cite. What it says now stands elsewhere."""
    entry = public_version(reference, number)
    if entry is None:
        return gone(request, reference)
    present = reverse("directory:partnership", args=[reference])
    context = partnership_page(entry) | {
        "cite": citation_of(entry.version, request.build_absolute_uri(version_url(entry.version))),
        "present_url": request.build_absolute_uri(present),
        "is_past": not entry.version.is_published,
    }
    return render(request, "directory/partnership.html", context)


@require_safe
def history(request, reference):
    """Every public version with what it changed."""
    versions = PartnershipVersion.objects.visible_history().filter(partnership__reference=reference)
    versions = versions.select_related("partnership__entered_by")
    past = public_history(versions, version_url)
    if not past:
        return gone(request, reference)
    present = next(one.version for one in past if one.is_present)
    return render(request, "directory/history.html", history_page(past, present, present))


def version_url(version):
    return reverse("directory:version", args=[version.partnership.reference, version.number])


def gone(request, reference):
    """410 for a WOP that was public and is archived, else 404."""
    partnership = get_object_or_404(Partnership.objects.archived().distinct(), reference=reference)
    archived = partnership.versions.archived().order_by("-number").first()
    return gone_since(request, reference, archived)


def gone_since(request, reference, archived):
    """410 with the day and the public reason for which the version ``archived`` was archived."""
    event = archived.events.filter(action="archive").last()
    if event is None:
        raise Http404
    context = {"reference": reference, "archived_on": event.created_at, "reason": event.comment}
    return render(request, "410.html", context, status=410)
