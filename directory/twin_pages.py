"""All that two operators did together, worked out before any template runs."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.profile.timeline import Moment
from directory.wording import areas_of, entry_of, report_name, worded
from partnerships.mentor_mentee import End, Pair
from partnerships.models import LEFT_ROLES, RIGHT_ROLES, Agreement, Involvement, Milestone, PartnershipVersion
from reports.models import ReportVersion
from reports.querysets import with_report_count
from vocabularies.models import OTHER
from vocabularies.partial_dates import span


@dataclass(frozen=True)
class Twins:
    """Two organisations and the public WOPs with both of them on the two sides, the first one first."""

    one: object
    other: object
    versions: list

    def roles_of(self, organisation):
        rows = (row for version in self.versions for row in version.involvements.all())
        return {row.role for row in rows if row.organisation_id == organisation.pk}


def twins_of(one, other):
    """The Twins of two organisations; ``versions`` is empty where they did nothing together."""
    versions = PartnershipVersion.objects.published()
    for organisation in (one, other):
        versions = versions.filter(
            pk__in=Involvement.objects.main().filter(organisation=organisation).values("version")
        )
    listed = with_report_count(versions.with_years()).for_list()
    return Twins(one, other, list(listed.order_by(F("first_year").asc(nulls_last=True), "partnership__reference")))


def page_of(twins):
    """The context of ``directory/twins.html``."""
    pks = [version.pk for version in twins.versions]
    reports = ReportVersion.objects.published().filter(report__partnership__versions__in=pks).select_related("report")
    pair = _pair(twins)
    one, other = (side[0].name for side in (pair.left, pair.right))
    return {
        "section": "partnerships",
        "crumbs": [(_("Partnerships"), reverse("directory:partnerships"))],
        "title": _("%(one)s and %(other)s: all they did together") % {"one": one, "other": other},
        "pair": pair,
        "sentence": _sentence(twins),
        "entries": [entry_of(version) for version in twins.versions],
        "areas": _areas(twins.versions),
        "moments": _moments(twins.versions),
        "reports": [{"name": report_name(one.report), "url": one.get_absolute_url()} for one in reports],
    }


def _pair(twins):
    """The motif: who always helped stands on the left; two equal ends where both were everything."""
    one, other = twins.one, twins.other
    if twins.roles_of(other) <= set(LEFT_ROLES) and twins.roles_of(one) <= set(RIGHT_ROLES):
        one, other = other, one
    is_one_way = twins.roles_of(one) <= set(LEFT_ROLES) and twins.roles_of(other) <= set(RIGHT_ROLES)
    labels = (_("Mentor"), _("Mentee")) if is_one_way else ("", "")
    ends = [_end(organisation, label) for organisation, label in zip((one, other), labels, strict=True)]
    return Pair(ends[:1], ends[1:], not is_one_way)


def _end(organisation, label):
    return End(
        name=organisation.short_name,
        full_name=organisation.name,
        url=reverse("directory:operator", args=[organisation.slug]),
        where=", ".join(str(part) for part in (organisation.city, organisation.country) if part),
        role="",
        role_label=label,
        country=organisation.country_id or "",
    )


def _sentence(twins):
    """“3 partnerships, 2008 – 2016.”"""
    count = len(twins.versions)
    counted = ngettext("%(count)d partnership", "%(count)d partnerships", count) % {"count": count}
    years = [year for version in twins.versions for year in (version.first_year, version.last_year) if year]
    if not years:
        return _("%(counted)s, years not known") % {"counted": counted}
    first, last = min(years), max(years)
    return f"{counted}, {first}" if first == last else f"{counted}, {first} – {last}"


def _areas(versions):
    """(label, number of WOPs), most frequent first; “Other” last."""
    counted = Counter(area for version in versions for area in areas_of(version))
    by_count = sorted(counted.items(), key=lambda pair: (pair[0].code == OTHER, -pair[1], pair[0].position))
    return [(str(area), count) for area, count in by_count]


def _moments(versions):
    """Agreements and milestones of all of them as one timeline, those without a date last."""
    by_pk = {version.pk: version for version in versions}
    agreements = [(row.signed_on, _agreement(row, by_pk[row.version_id])) for row in _rows(Agreement, by_pk)]
    milestones = [(row.happened_on, _milestone(row, by_pk[row.version_id])) for row in _rows(Milestone, by_pk)]
    dated = sorted([*agreements, *milestones], key=lambda pair: (not pair[0], pair[0]))
    return [moment for _day, moment in dated]


def _rows(model, versions):
    return model.objects.filter(version__in=versions).order_by("pk")


def _agreement(row, version):
    title = worded(row.title, version.language) or _("Agreement signed")
    return Moment(row.signed_on.localised(), title, version.partnership.reference, row.url)


def _milestone(row, version):
    text = worded(row.text, row.language, version.language)
    return Moment(span(row.happened_on, row.ended_on), text, version.partnership.reference)
