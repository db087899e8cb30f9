"""Arcs, ends and clusters of a map on one sheet of the atlas."""

from dataclasses import dataclass
from math import hypot

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.map_projection import WIDTH, Sheet
from directory.map_sheets import sheet_of

CLUSTERED = 9
"""Units of the view box: ends nearer to each other than that are drawn as one, or nobody could point at either."""
NAMED = 6
"""Countries that the title of a cluster names."""


@dataclass(frozen=True)
class Place:
    """A country or territory; ``latitude`` and ``longitude`` in degrees."""

    code: str
    name: str
    latitude: float
    longitude: float

    @property
    def point(self):
        return self.latitude, self.longitude

    @property
    def url(self):
        return reverse("directory:country", args=[self.code])


@dataclass(frozen=True)
class Arc:
    """The partnerships between two places: ``partnerships`` are (reference, title)."""

    path: str
    start: Place
    end: Place
    partnerships: list

    @property
    def count(self):
        return len(self.partnerships)

    @property
    def url(self):
        """That of the profile where there is one partnership alone, else ""."""
        return reverse("directory:partnership", args=[self.partnerships[0][0]]) if self.count == 1 else ""

    @property
    def anchor(self):
        """The name of its line in the list beside the map."""
        return f"line-{self.start.code}-{self.end.code}"

    @property
    def where(self):
        if self.start == self.end:
            return _("Within %(country)s") % {"country": self.start.name}
        return _("%(start)s to %(end)s") % {"start": self.start.name, "end": self.end.name}

    @property
    def title(self):
        return ngettext("%(where)s: %(count)s partnership", "%(where)s: %(count)s partnerships", self.count) % {
            "where": self.where,
            "count": self.count,
        }


@dataclass(frozen=True)
class End:
    """A country with mentors, mentees, both or only peers and partners in it, or several at one point.

    ``role`` colours the dot; ``question`` asks the map to come nearer, "" for a single country.
    """

    x: float
    y: float
    role: str
    places: list
    question: str = ""

    @property
    def count(self):
        return len(self.places)

    @property
    def url(self):
        return f"{reverse('directory:partnerships')}?{self.question}" if self.question else self.places[0].url

    @property
    def title(self):
        names = [place.name for place in self.places[:NAMED]]
        if self.count <= NAMED:
            return ", ".join(names)
        return _("%(names)s and %(count)s more") % {"names": ", ".join(names), "count": self.count - NAMED}


@dataclass(frozen=True)
class Map:
    """``places``: every country of the answer, also those off the sheet; ``ends`` and ``arcs`` are what is drawn."""

    sheet: Sheet
    arcs: list
    ends: list
    places: list
    partnerships: int


def drawn(lines, roles, places, partnerships, sheet=None):
    """The Map of {(code, code): partnerships}, {code: sides} and {code: Place}.

    It is drawn on ``sheet``, or on the smallest that holds all places.
    """
    sheet = sheet or sheet_of([place.point for place in places.values()])
    points = {code: sheet.project(*place.point) for code, place in places.items()}
    arcs = [
        Arc(sheet.arc(points[start], points[end]), places[start], places[end], lines[start, end])
        for start, end in sorted(lines)
    ]
    shown = [code for code in sorted(roles) if _is_on(sheet, points[code])]
    ends = [_end(group, roles, places, sheet) for group in _groups(shown, points)]
    return Map(sheet, arcs, ends, sorted(places.values(), key=lambda place: place.name), partnerships)


def _is_on(sheet, point):
    return 0 <= point[0] <= WIDTH and 0 <= point[1] <= sheet.height


def _groups(codes, points):
    """[{code: point}] of ``codes``: each stands with those that are too near to the first of its group."""
    groups = []
    for code in codes:
        near = next((group for group in groups if _is_near(points[code], group)), None)
        if near is None:
            groups.append({code: points[code]})
        else:
            near[code] = points[code]
    return groups


def _is_near(point, group):
    first = next(iter(group.values()))
    return hypot(point[0] - first[0], point[1] - first[1]) < CLUSTERED


def _end(group, roles, places, sheet):
    x, y = (round(sum(point[axis] for point in group.values()) / len(group), 1) for axis in (0, 1))
    inside = [places[code] for code in group]
    role = _role(set().union(*(roles[code] for code in group)))
    return End(x, y, role, inside, _nearer(inside, sheet) if len(inside) > 1 else "")


def _nearer(places, sheet):
    """The query that shows ``places`` on a sheet of larger scale; what happens in them, where there is none."""
    near = sheet_of([place.point for place in places])
    if near.scale > sheet.scale:
        return urlencode({"view": "map", "zoom": near.code})
    return urlencode([("country", place.code) for place in places])


def _role(roles):
    return "both" if {"mentor", "mentee"} <= roles else next(iter(roles - {"peer"}), "peer")
