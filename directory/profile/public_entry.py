"""A partnership with its reports, all their rows and all that these point to."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain

from django.db.models import Prefetch

from operators.models import Figure, Organisation
from partnerships.models import Partnership, PartnershipVersion
from reports.models import ReportVersion
from reviews.rows import attach, attach_known, load_rows
from reviews.schema import schema_of
from vocabularies.models import Country


@dataclass(frozen=True)
class Entry:
    version: PartnershipVersion
    reports: list
    """ReportVersions, the one that covers the latest period first; on public pages the published ones."""

    @property
    def latest(self):
        return self.reports[0] if self.reports else None

    def report(self, pk):
        return next((report for report in self.reports if report.report_id == pk), None)


def public_entry(reference):
    """The Entry with this reference as the public sees it; None when there is none."""
    version = PartnershipVersion.objects.published().filter(partnership__reference=reference)
    version = with_dates(version).first()
    return public_entries([version])[0] if version else None


def public_version(reference, number):
    """The Entry as version ``number`` read while it was public, without reports; None when it never was."""
    versions = PartnershipVersion.objects.visible_history().filter(partnership__reference=reference, number=number)
    version = with_dates(versions).first()
    return entry_of_version(version) if version else None


def public_report_version(report, number):
    """The Entry around version ``number`` of a Report, which is its only report; None when it was never public."""
    versions = ReportVersion.objects.visible_history().filter(report=report, number=number)
    version = with_dates(PartnershipVersion.objects.published().filter(partnership=report.partnership_id)).first()
    found = versions.with_published_at().select_related("report").first()
    return entry_of_version(version, [found]) if version and found else None


def entry_as_written(written):
    """The Entry of one version, of a partnership or of a report, in whatever state: for working pages and previews.

    A report stands beside the public version of its WOP, or the newest one while none is public.
    """
    if isinstance(written, PartnershipVersion):
        return entry_of_version(with_dates(PartnershipVersion.objects.filter(pk=written.pk)).get())
    versions = with_dates(PartnershipVersion.objects.filter(partnership=written.report.partnership_id))
    version = versions.published().first() or versions.order_by("-number").first()
    report = ReportVersion.objects.with_published_at().select_related("report").get(pk=written.pk)
    return entry_of_version(version, [report])


def entry_of_version(version, reports=()):
    """The Entry of these versions with all their rows, whoever may see them: callers choose what is shown."""
    return entries_of([version], reports)[0]


def public_entries(versions):
    """The Entries of a batch of published ``versions`` with their published reports, in as many queries as for one."""
    reports = ReportVersion.objects.published().filter(report__partnership__in=[one.partnership_id for one in versions])
    return entries_of(versions, reports.with_published_at().select_related("report"))


def entries_of(versions, reports=()):
    """The Entry of each of ``versions`` with those of ``reports`` that are on its partnership."""
    by_partnership = {version.partnership_id: version.partnership for version in versions}
    reports = sorted(reports, key=lambda report: report.report.recency, reverse=True)
    attach_known([report.report for report in reports], "partnership", by_partnership)
    load_rows(versions)
    load_rows(reports)
    _attach_all([*versions, *reports])
    own = defaultdict(list)
    for report in reports:
        own[report.report.partnership_id].append(report)
    return [Entry(version, own[version.partnership_id]) for version in versions]


def load_reports(reports):
    """Fetch the rows of ``reports``, a list of ReportVersions, and all that these point to."""
    load_rows(reports)
    _attach_all(reports)


def with_dates(versions):
    """``versions`` as ``public_entries`` wants them."""
    return versions.with_published_at().with_signed_on().select_related("partnership__entered_by")


def _attach_all(holders):
    """One query for each kind of thing that rows point to."""
    places = defaultdict(list)
    for model in {type(one) for one in holders}:
        own = [one for one in holders if type(one) is model]
        for target, name, column in schema_of(model).links:
            places[target].append((list(chain.from_iterable(getattr(one, name).all() for one in own)), column))
    for target, found in places.items():
        attach(_wanted(target), *found)


def _wanted(target):
    """The things of one model with all that is shown of them."""
    if target is Organisation:
        return Organisation.objects.select_related("country__area").prefetch_related("services", _figures())
    if target is Country:
        return Country.objects.with_areas()
    if target is Partnership:
        return Partnership.objects.with_public_title()
    return target._base_manager.all()


def _figures():
    return Prefetch("figures", Figure.objects.select_related("indicator"))
