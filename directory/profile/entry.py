"""A public partnership with its reports, all their rows and all that these point to."""

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
    """Published ReportVersions, the one that covers the latest period first."""

    @property
    def latest(self):
        return self.reports[0] if self.reports else None

    def report(self, pk):
        return next((report for report in self.reports if report.report_id == pk), None)


def public_entry(reference):
    """The Entry with this reference as the public sees it; None when there is none."""
    published = PartnershipVersion.objects.published().filter(partnership__reference=reference)
    version = published.with_published_at().with_signed_on().select_related("partnership__entered_by").first()
    if version is None:
        return None
    entry = Entry(version, _reports(version))
    load_rows([version])
    load_rows(entry.reports)
    _attach_all(version, entry.reports)
    return entry


def _reports(version):
    published = ReportVersion.objects.published().filter(report__partnership=version.partnership_id)
    reports = list(published.with_published_at().select_related("report"))
    attach_known([report.report for report in reports], "partnership", {version.partnership_id: version.partnership})
    return sorted(reports, key=lambda version: version.report.recency, reverse=True)


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
