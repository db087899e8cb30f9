"""Where a place lies on the portal's map of the world.

The map uses the Natural Earth projection of Tom Patterson in its polynomial form:
Bojan Šavrič, Bernhard Jenny, Tom Patterson, Dušan Petrovič and Lorenz Hurni, "A Polynomial Equation for
the Natural Earth Projection", Cartography and Geographic Information Science 38(4), 2011, pp. 363-372.

``build_map`` draws the land with it, the pages draw the ends and arcs: both share one view box.
"""

from math import hypot, pi, radians

# Coefficients of the paper: x = λ·f(φ²), y = φ·g(φ²), angles in radians; index = power of φ.
X_TERMS = {0: 0.8707, 2: -0.131979, 4: -0.013791, 10: 0.003971, 12: -0.001529}
Y_TERMS = {0: 1.007226, 2: 0.015085, 6: -0.044475, 8: 0.028874, 10: -0.005916}

WIDTH, HEIGHT = 960, 420
VIEW_BOX = f"0 0 {WIDTH} {HEIGHT}"
SCALE = WIDTH / (2 * pi * X_TERMS[0])
TOP_LATITUDE = 84

NEAR = 14  # ends closer than this many units would hide their arc, so it is bent further
BEND_EAST, BEND_WEST = 0.26, 0.2  # there and back again stay two arcs


def _polynomial(terms, angle):
    return sum(factor * angle**power for power, factor in terms.items())


def _northing(lat):
    angle = radians(lat)
    return angle * _polynomial(Y_TERMS, angle)


def project(lat, lon):
    """(x, y) in the units of VIEW_BOX for degrees north and east; y grows to the south."""
    x = WIDTH / 2 + SCALE * radians(lon) * _polynomial(X_TERMS, radians(lat))
    y = SCALE * (_northing(TOP_LATITUDE) - _northing(lat))
    return round(x, 1), round(y, 1)


def arc(start, end):
    """The ``d`` of an SVG path bent from point ``start`` to ``end``, both (x, y) as ``project`` gives them.

    It bends to the north, further on the way east than on the way west. Within one country both
    points are the same: then it is a small loop above that point. Across the Pacific it leaves the
    sheet at one edge and comes in at the other.
    """
    (x1, y1), (x2, y2) = start, end
    if hypot(x2 - x1, y2 - y1) < 1:
        return f"M{x1} {y1}c-20 -24 20 -24 0 0"
    if abs(x2 - x1) <= WIDTH / 2:
        return _curve(x1, y1, x2, y2)
    around = WIDTH if x2 < x1 else -WIDTH
    return _curve(x1, y1, x2 + around, y2) + _curve(x1 - around, y1, x2, y2)


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
