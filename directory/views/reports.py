"""The page of a report."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from directory.profile.entry import public_entry
from directory.profile.page import report_page
from reports.models import Report


@require_safe
def report(request, pk):
    """The standard form with the answers of the published version."""
    reference = get_object_or_404(Report.objects.published().select_related("partnership"), pk=pk).partnership.reference
    entry = public_entry(reference)
    return render(request, "directory/report.html", report_page(entry, entry.report(pk)))
