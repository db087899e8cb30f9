"""The map: one arc for each pair of countries that partnerships connect, from mentor to mentee."""

from collections import defaultdict
from itertools import pairwise

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from directory.map_drawing import Place, drawn
from partnerships.models import LEFT_ROLES, RIGHT_ROLES, Involvement, PartnershipTranslation
from vocabularies.localised import label_in_sql


def map_of(versions, sheet=None):
    """The Map of the version queryset ``versions``, in one query; on ``sheet`` or the smallest that holds it all."""
    places, sides, titles = {}, {}, {}
    for version, reference, title, translation, role, code, name, latitude, longitude in _placed_rows(versions):
        places[code] = Place(code, name, float(latitude), float(longitude))
        titles[version] = (reference, translation or title)
        sides.setdefault(version, {"mentor": [], "mentee": [], "peer": []})[side_of(role)].append(code)
    lines = defaultdict(list)
    for version, side in sides.items():
        for line in lines_between(side):
            lines[line].append(titles[version])
    return drawn(lines, _roles(sides), places, len(sides), sheet)


def _placed_rows(versions):
    def of_place(field):
        return Coalesce(f"organisation__country__{field}", f"country__{field}")

    rows = Involvement.objects.filter(version__in=versions.order_by().values("pk")).main().placed().exclude(place=None)
    return rows.values_list(
        "version",
        "version__partnership__reference",
        "version__title",
        Subquery(PartnershipTranslation.objects.titles().filter(version=OuterRef("version")).values("text")[:1]),
        "role",
        "place",
        label_in_sql("organisation__country__name", "country__name"),
        of_place("latitude"),
        of_place("longitude"),
    ).order_by("version__partnership__reference", "position", "pk")


def side_of(role):
    """“mentor”, “mentee” or “peer”, of a role on one of the two sides; a partner is drawn as a peer."""
    return "mentor" if role in LEFT_ROLES else "mentee" if role in RIGHT_ROLES else "peer"


def lines_between(side):
    """The pairs of places of one partnership, each once; ``side`` is {“mentor”: places, ...}. Peers form a chain."""
    if side["mentor"] and side["mentee"]:
        return {(start, end) for start in side["mentor"] for end in side["mentee"]}
    chain = side["mentor"] + side["peer"] + side["mentee"]
    return set(pairwise(chain))


def _roles(sides):
    """{code of a country: the sides on which its operators stand}."""
    roles = defaultdict(set)
    for side in sides.values():
        for role, codes in side.items():
            for code in codes:
                roles[code].add(role)
    return roles
