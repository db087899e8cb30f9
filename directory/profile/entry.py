"""A partnership with its reports, all their rows and all that these point to."""

from dataclasses import dataclass
from itertools import chain

from django.db.models import Prefetch

from operators.models import Figure, Organisation
from partnerships.models import Partnership, PartnershipVersion, StoredFile
from platforms.models import Platform, Programme
from reports.models import ReportVersion
from reviews.rows import attach, attach_known, load_rows
from vocabularies.models import Country, Term


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
    version = _with_dates(version).first()
    return entry_of_version(version, _public_reports(version)) if version else None


def public_version(reference, number):
    """The Entry as version ``number`` read while it was public, without reports; None when it never was."""
    versions = PartnershipVersion.objects.visible_history().filter(partnership__reference=reference, number=number)
    version = _with_dates(versions).first()
    return entry_of_version(version) if version else None


def public_report_version(report, number):
    """The Entry around version ``number`` of a Report, which is its only report; None when it was never public."""
    versions = ReportVersion.objects.visible_history().filter(report=report, number=number)
    version = _with_dates(PartnershipVersion.objects.published().filter(partnership=report.partnership_id)).first()
    found = versions.with_published_at().select_related("report").first()
    return entry_of_version(version, [found]) if version and found else None


def entry_as_written(written):
    """The Entry of one version, of a partnership or of a report, in whatever state: for working pages and previews.

    A report stands beside the public version of its WOP, or the newest one while none is public.
    """
    if isinstance(written, PartnershipVersion):
        return entry_of_version(_with_dates(PartnershipVersion.objects.filter(pk=written.pk)).get())
    versions = _with_dates(PartnershipVersion.objects.filter(partnership=written.report.partnership_id))
    version = versions.published().first() or versions.order_by("-number").first()
    report = ReportVersion.objects.with_published_at().select_related("report").get(pk=written.pk)
    return entry_of_version(version, [report])


def entry_of_version(version, reports=()):
    """The Entry of these versions with all their rows, whoever may see them: callers choose what is shown."""
    reports = list(reports)
    attach_known([report.report for report in reports], "partnership", {version.partnership_id: version.partnership})
    entry = Entry(version, sorted(reports, key=lambda report: report.report.recency, reverse=True))
    load_rows([version])
    load_rows(entry.reports)
    _attach_all(version, entry.reports)
    return entry


def _with_dates(versions):
    return versions.with_published_at().with_signed_on().select_related("partnership__entered_by")


def _public_reports(version):
    published = ReportVersion.objects.published().filter(report__partnership=version.partnership_id)
    return published.with_published_at().select_related("report")


def _attach_all(version, reports):
    """One query for each kind of thing that rows point to."""

    def rows(name):
        holders = [holder for holder in (version, *reports) if hasattr(holder, name)]
        return list(chain.from_iterable(getattr(holder, name).all() for holder in holders))

    attach(
        Organisation.objects.select_related("country").prefetch_related("services", _figures()),
        *((rows(name), "organisation") for name in ("involvements", "quotations", "supporters")),
    )
    attach(
        Term.objects.all(),
        (rows("tracks"), "area"),
        (rows("results"), "indicator"),
        (rows("sdg_targets"), "target"),
        (rows("choices"), "term"),
    )
    attach(Country.objects.all(), (rows("involvements"), "country"))
    attach(Platform.objects.all(), (rows("named_platforms"), "platform"))
    attach(Programme.objects.all(), (rows("named_programmes"), "programme"))
    attach(StoredFile.objects.all(), (rows("attachments"), "stored_file"))
    attach(Partnership.objects.with_public_title(), (rows("related"), "partnership"))


def _figures():
    return Prefetch("figures", Figure.objects.select_related("indicator"))
