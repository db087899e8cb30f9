"""Where a place lies on a map of the portal, and how two places are joined.

The maps use the Natural Earth projection of Tom Patterson in its polynomial form:
Bojan Šavrič, Bernhard Jenny, Tom Patterson, Dušan Petrovič and Lorenz Hurni, "A Polynomial Equation for
the Natural Earth Projection", Cartography and Geographic Information Science 38(4), 2011, pp. 363-372.

``build_map`` draws the land of every sheet with it, the pages draw the ends and arcs: both share one view box.
"""

from dataclasses import dataclass
from functools import cached_property
from math import hypot, pi, radians

# Coefficients of the paper: x = λ·f(φ²), y = φ·g(φ²), angles in radians; index = power of φ.
X_TERMS = {0: 0.8707, 2: -0.131979, 4: -0.013791, 10: 0.003971, 12: -0.001529}
Y_TERMS = {0: 1.007226, 2: 0.015085, 6: -0.044475, 8: 0.028874, 10: -0.005916}

WIDTH = 960
LOWEST, HIGHEST = 400, 600  # a sheet is neither a strip nor a tower

NEAR = 14  # ends closer than this many units would hide their arc, so it is bent further
BEND_EAST, BEND_WEST = 0.26, 0.2  # there and back again stay two arcs


def _polynomial(terms, angle):
    return sum(factor * angle**power for power, factor in terms.items())


def _easting(lat):
    """The factor of a length along the parallel ``lat``."""
    return _polynomial(X_TERMS, radians(lat))


def _northing(lat):
    angle = radians(lat)
    return angle * _polynomial(Y_TERMS, angle)


@dataclass(frozen=True)
class Sheet:
    """A part of the world between these degrees, drawn around its own middle.

    ``east`` may exceed 180: then it lies beyond the date line. ``code`` is that of a region or an area, and names
    the file of its land.
    """

    code: str
    west: float
    south: float
    east: float
    north: float

    @property
    def land(self):
        return f"map/land-{self.code}.svg"

    @property
    def view_box(self):
        return f"0 0 {WIDTH} {self.height}"

    @cached_property
    def height(self):
        """In units of the view box, which is always WIDTH wide."""
        return round(min(max(self._natural_height, LOWEST), HIGHEST))

    @cached_property
    def scale(self):
        """Units for a length of one radian."""
        return self._natural_scale * min(1, HIGHEST / self._natural_height)

    @property
    def world(self):
        """Units once around the equator."""
        return 2 * pi * self.scale * X_TERMS[0]

    def holds(self, lat, lon):
        return self.south <= lat <= self.north and (lon - self.west) % 360 <= self.east - self.west

    def project(self, lat, lon):
        """(x, y) in the units of ``view_box`` for degrees north and east; y grows to the south."""
        return self.project_from_middle(lat, (lon - self.middle + 180) % 360 - 180)

    def project_from_middle(self, lat, degrees):
        """The same for degrees east of the middle of the sheet."""
        x = WIDTH / 2 + self.scale * radians(degrees) * _easting(lat)
        y = self.height / 2 + self.scale * ((_northing(self.north) + _northing(self.south)) / 2 - _northing(lat))
        return round(x, 1), round(y, 1)

    def arc(self, start, end):
        """The ``d`` of an SVG path bent from point ``start`` to ``end``, both (x, y) as ``project`` gives them.

        It bends to the north, further on the way east than on the way west. Within one country both
        points are the same: then it is a small loop above that point. Where the way around the back of the
        sheet is the shorter one it leaves it at one edge and comes in at the other.
        """
        (x1, y1), (x2, y2) = start, end
        if hypot(x2 - x1, y2 - y1) < 1:
            return f"M{x1} {y1}c-20 -24 20 -24 0 0"
        if abs(x2 - x1) <= self.world / 2:
            return _curve(x1, y1, x2, y2)
        around = self.world if x2 < x1 else -self.world
        return _curve(x1, y1, x2 + around, y2) + _curve(x1 - around, y1, x2, y2)

    @property
    def middle(self):
        return (self.west + self.east) / 2

    @cached_property
    def _natural_scale(self):
        """With which it is as wide as the view box where it is widest."""
        widest = 0 if self.south <= 0 <= self.north else min(abs(self.south), abs(self.north))
        return WIDTH / (radians(self.east - self.west) * _easting(widest))

    @cached_property
    def _natural_height(self):
        return self._natural_scale * (_northing(self.north) - _northing(self.south))


def _curve(x1, y1, x2, y2):
    distance = hypot(x2 - x1, y2 - y1)
    bend = (BEND_EAST if x2 >= x1 else BEND_WEST) * distance
    if distance < NEAR:
        bend = NEAR - distance / 2
    across_x, across_y = (y2 - y1) / distance, (x1 - x2) / distance
    if across_y > 0:
        across_x, across_y = -across_x, -across_y
    middle_x, middle_y = (x1 + x2) / 2 + bend * across_x, (y1 + y2) / 2 + bend * across_y
    return f"M{x1:g} {y1:g}Q{middle_x:.1f} {middle_y:.1f} {x2:g} {y2:g}"
