"""The page of a report: as it reads today, as it read before, and how it changed."""

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from directory.absolute_urls import absolute
from directory.archived import archived_report
from directory.discovery import open_graph
from directory.profile.citation import citation_of
from directory.profile.history import public_history
from directory.profile.page import history_page, report_page
from directory.profile.public_entry import public_entry, public_report_version
from directory.profile.reading import in_readers_language
from directory.views.profile import answer_gone
from partnerships.models import PartnershipVersion
from reports.models import Report, ReportVersion


@require_safe
def report(request, pk):
    """The standard form with the answers of the published version."""
    found = _public_or_none(pk)
    if found is None:
        return _gone(request, pk)
    entry = public_entry(found.partnership.reference)
    shown = entry.report(pk)
    context = _page(request, entry, shown) | {"discovery": open_graph.of_report(entry, shown)}
    return render(request, "directory/report.html", context)


@require_safe
def version(request, pk, number):
    """The report as it read in this version; the stable address to cite."""
    found = _public_or_none(pk)
    entry = public_report_version(found, number) if found else None
    if entry is None:
        return _gone(request, pk)
    shown = entry.latest
    context = _page(request, entry, shown) | {
        "present_url": absolute(found.get_absolute_url()),
        "is_past": not shown.is_published,
    }
    return render(request, "directory/report.html", context)


@require_safe
def history(request, pk):
    """Every public version with what it changed."""
    found = _public_or_none(pk)
    if found is None:
        return _gone(request, pk)
    versions = ReportVersion.objects.visible_history().filter(report=found)
    versions = versions.select_related("report__partnership__entered_by")
    past = public_history(versions, version_url)
    wop = PartnershipVersion.objects.published().select_related("partnership").get(partnership=found.partnership_id)
    present = next(one.version for one in past if one.is_present)
    return render(request, "directory/history.html", history_page(past, present, wop))


def version_url(version):
    return reverse("directory:report-version", args=[version.report_id, version.number])


def _page(request, entry, shown):
    reading = in_readers_language(request, entry)
    cite = citation_of(entry.version, absolute(version_url(shown)), shown)
    return report_page(entry, shown) | {"reading": reading, "cite": cite}


def _public_or_none(pk):
    return Report.objects.published().select_related("partnership").filter(pk=pk).distinct().first()


def _gone(request, pk):
    """410 for a report that was public and is archived, by itself or with its WOP; else 404."""
    return answer_gone(request, archived_report(pk))
