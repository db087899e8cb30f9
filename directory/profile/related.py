"""Other public partnerships that a reader of this one may want, each with the reason, in one query for each reason."""

from collections import Counter, defaultdict
from itertools import combinations

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from directory.query_strings import in_sentence
from partnerships.models import EQUAL_ROLES, MAIN_ROLES, RIGHT_ROLES, Involvement, PartnershipVersion
from reviews.translations import told
from vocabularies.localised import label_in_sql
from vocabularies.models import OTHER

HELPED = (*RIGHT_ROLES, *EQUAL_ROLES)
"""Where they are, the work is done."""
ALIKE, ROWS_OF_ONE = 4, 4
"""How many are named at most, and how many areas and partners of one are looked at."""


def twins_of(version):
    """Operators of ``version`` that did more together than this one: names, url, number of WOPs."""
    own = _own(version)
    rows = Involvement.objects.main().filter(organisation__in=own, version__in=_others_than(version)).order_by()
    several = rows.values("version").annotate(n=Count("organisation", distinct=True)).filter(n__gt=1)
    by_version = defaultdict(set)
    for pk, slug in rows.filter(version__in=several.values("version")).values_list("version", "organisation__slug"):
        by_version[pk].add(slug)
    counted = Counter(pair for slugs in by_version.values() for pair in combinations(sorted(slugs), 2))
    named = {one.slug: one for one in own.values() if one.is_published}
    return [
        _twins([named[slug] for slug in pair], count + 1)
        for pair, count in sorted(counted.items())
        if named.keys() >= set(pair)
    ]


def _twins(organisations, count):
    return {
        "names": [organisation.short_name for organisation in organisations],
        "url": reverse("directory:twins", args=[organisation.slug for organisation in organisations]),
        "count": count,
    }


def alike_of(version):
    """Those of other operators that help with the same in the same country: title, url, reason."""
    helped = {row.place.pk: str(row.place) for row in version.involvements.all() if row.role in HELPED and row.place}
    areas = {track.area_id for track in version.tracks.all() if track.area and track.area.code != OTHER}
    if not helped or not areas:
        return []
    rows = (
        Involvement.objects.placed()
        .filter(
            version__in=_others_than(version).exclude(involvements__organisation__in=_own(version)),
            role__in=HELPED,
            place__in=helped,
            version__tracks__area__in=areas,
        )
        .order_by("version__partnership__reference", "version__tracks__area__position", "pk")
        .annotate(area=label_in_sql("version__tracks__area__label"))
        .values_list("version", "area", "place")
    )
    reasons = {}
    for pk, area, place in rows[: ALIKE * ROWS_OF_ONE]:
        about = {"area": in_sentence(area), "country": helped[place]}
        reasons.setdefault(pk, _("%(area)s in %(country)s too") % about)
    found = PartnershipVersion.objects.select_related("partnership").with_translations()
    named = found.in_bulk(list(reasons)[:ALIKE])
    return [_alike(named[pk], reason) for pk, reason in reasons.items() if pk in named]


def _alike(version, reason):
    url = reverse("directory:partnership", args=[version.partnership.reference])
    return {"title": told(version, "title"), "url": url, "reason": reason}


def _own(version):
    """{primary key: organisation} of its two sides."""
    rows = version.involvements.all()
    return {row.organisation_id: row.organisation for row in rows if row.organisation_id and row.role in MAIN_ROLES}


def _others_than(version):
    return PartnershipVersion.objects.published().exclude(partnership=version.partnership_id).order_by()
