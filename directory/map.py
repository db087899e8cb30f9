"""The map: one arc for each pair of countries that partnerships connect, from mentor to mentee."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.map_projection import arc, project
from partnerships.models import LEFT_ROLES, RIGHT_ROLES, Involvement
from vocabularies.localised import label_in_sql


@dataclass(frozen=True)
class Arc:
    """The partnerships between two countries: ``partnerships`` are (reference, title)."""

    path: str
    start: str
    end: str
    partnerships: list

    @property
    def count(self):
        return len(self.partnerships)

    @property
    def where(self):
        if self.start == self.end:
            return _("Within %(country)s") % {"country": self.start}
        return _("%(start)s to %(end)s") % {"start": self.start, "end": self.end}

    @property
    def title(self):
        return ngettext("%(where)s: %(count)s partnership", "%(where)s: %(count)s partnerships", self.count) % {
            "where": self.where,
            "count": self.count,
        }


@dataclass(frozen=True)
class MapEnd:
    """A country with mentors, mentees, both or only peers and partners in it; ``role`` colours the dot."""

    x: float
    y: float
    role: str
    title: str


@dataclass(frozen=True)
class Map:
    arcs: list
    ends: list
    partnerships: int


def map_of(versions):
    """The Map of the version queryset ``versions``, in one query."""
    places, sides, titles = {}, {}, {}
    for version, reference, title, role, code, name, latitude, longitude in _placed_rows(versions):
        places[code] = (name, project(float(latitude), float(longitude)))
        titles[version] = (reference, title)
        sides.setdefault(version, {"mentor": [], "mentee": [], "peer": []})[side_of(role)].append(code)
    lines = defaultdict(list)
    for version, side in sides.items():
        for line in lines_between(side):
            lines[line].append(titles[version])
    return Map([_arc(line, lines[line], places) for line in sorted(lines)], _ends(sides, places), len(sides))


def _placed_rows(versions):
    def of_place(field):
        return Coalesce(f"organisation__country__{field}", f"country__{field}")

    rows = Involvement.objects.filter(version__in=versions.order_by().values("pk")).main().placed().exclude(place=None)
    return rows.values_list(
        "version",
        "version__partnership__reference",
        "version__title",
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


def _arc(line, partnerships, places):
    (start, start_at), (end, end_at) = (places[code] for code in line)
    return Arc(arc(start_at, end_at), start, end, partnerships)


def _ends(sides, places):
    """One dot per country, by the roles that its operators have."""
    roles = defaultdict(set)
    for side in sides.values():
        for role, codes in side.items():
            for code in codes:
                roles[code].add(role)
    return [MapEnd(*places[code][1], _role(roles[code]), places[code][0]) for code in sorted(roles)]


def _role(roles):
    return "both" if {"mentor", "mentee"} <= roles else next(iter(roles - {"peer"}), "peer")
