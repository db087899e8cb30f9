"""Published entries with all that the serializers read of them, in a constant number of queries."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from api.serializers.partnerships import Partnership
from api.serializers.reports import Report
from directory.listing import Named, NamedThing, named_in
from directory.profile.public_entry import load_reports, public_entries, with_dates
from directory.provenance import differences_in, provenances_of
from partnerships.models import PartnershipVersion
from partnerships.services.confirmations import answers_to
from reports.querysets import with_report_count

LIGHT = {*Partnership.brief, "is_present"}
LIGHT_REPORT = {*Report.brief, "is_present", "cost"}
"""What needs no more than the rows of a page of a list."""


@dataclass(frozen=True)
class Confirmation:
    code: str
    words: str
    differences: list


def prepared(versions, shown, expand):
    """Published ``versions``, a queryset, with what a page of them needs to be ``listed``."""
    versions = with_report_count(with_dates(versions))
    return versions.with_involved() if _is_light(shown, expand) else versions


def listed(versions, shown, expand):
    """A page of ``prepared`` versions, a list, ready to be shown with the properties ``shown``."""
    if not _is_light(shown, expand):
        return complete(public_entries(versions), shown)
    named = named_in(versions)
    for version in versions:
        version.named = named[version.pk]
    return versions


def _is_light(shown, expand):
    return set(shown) <= LIGHT and not expand & set(Partnership.expandable)


def complete(entries, shown):
    """The versions of ``entries``, ready to be shown."""
    for entry in entries:
        entry.version.named = _named(entry.version)
        entry.version.reports = entry.reports
        entry.version.report_count = len(entry.reports)
        entry.version.partnership.public_title = entry.version.title
    versions = [entry.version for entry in entries]
    if "confirmation" in shown:
        _stand_behind(versions)
    return versions


def _named(version):
    return Named(
        list(dict.fromkeys(track.area for track in version.tracks.all() if track.area)),
        [NamedThing(row.key, row.platform) for row in version.named_platforms.all()],
        [NamedThing(row.key, row.programme) for row in version.named_programmes.all()],
    )


def _stand_behind(versions):
    said = answers_to(versions)
    for pk, provenance in provenances_of(versions, said).items():
        version = next(one for one in versions if one.pk == pk)
        version.provenance = Confirmation(provenance.code, provenance.words, differences_in(said[pk]))


def with_wop(reports):
    """``reports``, a queryset, with the partnership of each."""
    public = PartnershipVersion.objects.published().filter(partnership=OuterRef("report__partnership"))
    titled = reports.annotate(wop_title=Subquery(public.values("title")[:1]))
    return titled.with_published_at().select_related("report__partnership")


def listed_reports(reports, shown, expand):
    """A page of ``reports``, a list from ``with_wop``, ready to be shown with the properties ``shown``."""
    for report in reports:
        report.report.partnership.public_title = report.wop_title
    if expand or not set(shown) <= LIGHT_REPORT:
        load_reports(reports)
    return reports


def modified_at(version):
    """When anything of an entry was last published: the moment for Last-Modified; None when nobody noted it."""
    moments = [one.published_at for one in (version, *getattr(version, "reports", ()))]
    return max(filter(None, moments), default=None)
