"""The profile of a partnership: as it reads today, as it read before, and how it changed."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from directory.absolute_urls import absolute
from directory.archived import archived_partnership
from directory.discovery import open_graph
from directory.profile.citation import citation_of
from directory.profile.history import public_history
from directory.profile.page import history_page, partnership_page
from directory.profile.public_entry import public_entry, public_version
from directory.profile.reading import in_readers_language
from partnerships.models import PartnershipVersion


@require_safe
def partnership(request, reference):
    """What is public of it; 410 with the reason when it was archived."""
    entry = public_entry(reference)
    if entry is None:
        return gone(request, reference)
    context = _read(request, entry) | {"discovery": open_graph.of_partnership(entry)}
    return render(request, "directory/partnership.html", context)


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
    context = _read(request, entry) | {
        "present_url": absolute(present),
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


def _read(request, entry):
    reading = in_readers_language(request, entry)
    cite = citation_of(entry.version, absolute(version_url(entry.version)))
    return partnership_page(entry) | {"reading": reading, "cite": cite}


def gone(request, reference):
    """410 for a WOP that was public and is archived, else 404."""
    return answer_gone(request, archived_partnership(reference))


def answer_gone(request, entry):
    """410 with the day and the public reason of a Gone; 404 without one."""
    if entry is None:
        raise Http404
    context = {"reference": entry.reference, "archived_on": entry.archived_at, "reason": entry.reason}
    return render(request, "410.html", context, status=410)
