"""Reports as everybody may read them."""

from django.utils.translation import gettext_lazy as _

from api.prefetching import listed_reports, modified_at, with_wop
from api.serializers.reports import Report as Shape
from api.serializers.versions import ReportVersion as PublicVersion
from api.views.read_only import reading_list, reading_one, refuse
from directory.archived import archived_partnership, archived_report
from directory.filters.others import ReportFilter
from partnerships.models import PartnershipVersion
from reports.models import Report, ReportVersion


@reading_list(
    Shape,
    name="reports_list",
    summary=_("Published reports"),
    about=_("Of partnerships that are public, the newest published first."),
    filters=ReportFilter,
)
def reports(question):
    """Of partnerships that are public, the newest published first."""
    return _page(question, ReportVersion.objects.published())


@reading_list(
    Shape,
    name="partnerships_reports_list",
    summary=_("The reports of a partnership"),
    about=_("Those that are published."),
    can_be_gone=True,
    filters=ReportFilter,
)
def reports_of(question, reference):
    """The same list, of one partnership."""
    if not PartnershipVersion.objects.published().filter(partnership__reference=reference).exists():
        refuse(archived_partnership(reference))
    return _page(question, ReportVersion.objects.published().filter(report__partnership__reference=reference))


def _page(question, published):
    found = with_wop(question.found(published))
    return listed_reports(question.page(found), question.shown, question.expand)


@reading_one(
    Shape,
    name="reports_read",
    summary=_("One report"),
    about=_("All that its page shows."),
    modified=modified_at,
    can_be_gone=True,
)
def report(question, pk):
    """All that its page shows."""
    return _one(question, ReportVersion.objects.published(), pk)


@reading_list(
    PublicVersion,
    name="reports_versions_list",
    summary=_("The public versions of a report"),
    about=_("The newest first; the first one is what is public today."),
    can_be_gone=True,
)
def versions(question, pk):
    """The newest first; the first one is what is public today."""
    found = _of(ReportVersion.objects.visible_history(), pk)
    if not found.exists():
        refuse(archived_report(pk))
    return question.page(question.found(found.with_published_at().order_by("-number")))


@reading_one(
    Shape,
    name="reports_versions_read",
    summary=_("One version of a report"),
    about=_("As it read while it was public: the stable address to cite."),
    modified=modified_at,
    can_be_gone=True,
)
def version(question, pk, number):
    """As it read while it was public: the stable address to cite."""
    return _one(question, ReportVersion.objects.visible_history().filter(number=number), pk)


def _one(question, versions, pk):
    found = list(with_wop(_of(versions, pk)))
    if not found:
        refuse(archived_report(pk))
    return listed_reports(found, question.shown, question.expand)[0]


def _of(versions, pk):
    """Those of one report. A number that no key can be finds nothing, in a subquery too."""
    return versions.filter(report__in=Report.objects.filter(pk=pk))
