"""Draw the land of the map once, so that every page can point to it and the browser keeps it."""

import json
from itertools import accumulate, pairwise
from math import hypot

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from directory.map_projection import VIEW_BOX, project

ATLAS = settings.BASE_DIR / "node_modules" / "world-atlas" / "land-110m.json"
TARGET = settings.VAR_DIR / "map" / "land.svg"
ANTARCTIC_LATITUDE = -60
TOLERANCE = 0.35  # units of the view box: below what a screen of ordinary width shows
STEP = 30  # degrees between two lines of the graticule


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Draws var/map/land.svg from the world-atlas package. Running it again changes nothing."

    def handle(self, *args, **options):
        try:
            atlas = json.loads(ATLAS.read_text())
        except FileNotFoundError as error:
            raise CommandError(f"{ATLAS} is missing: run npm ci first.") from error
        svg = draw(atlas)
        if TARGET.exists() and TARGET.read_text() == svg:
            self.stdout.write(f"{TARGET} is up to date.")
            return
        TARGET.parent.mkdir(parents=True, exist_ok=True)
        unfinished = TARGET.with_suffix(".tmp")
        unfinished.write_text(svg)
        unfinished.replace(TARGET)
        self.stdout.write(f"Drew {TARGET}.")


def draw(atlas):
    """The SVG file as text: symbols ``land`` and ``graticule``, without colours (the stylesheet has them)."""
    land = "".join(outline(ring) for ring in rings(atlas))
    graticule = "".join(line(points) for points in parallels_and_meridians())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg">'
        f'<symbol id="graticule" viewBox="{VIEW_BOX}"><path d="{graticule}"/></symbol>'
        f'<symbol id="land" viewBox="{VIEW_BOX}"><path d="{land}"/></symbol></svg>\n'
    )


def rings(topology):
    """Every ring of land as projected points, Antarctica left out.

    TopoJSON keeps shared borders once, as arcs of integer steps; a ring lists its arcs, ~i being arc i backwards.
    """
    (step_x, step_y), (origin_x, origin_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [
        [(x * step_x + origin_x, y * step_y + origin_y) for x, y in accumulate(arc, add)] for arc in topology["arcs"]
    ]
    for polygon in polygons(topology["objects"]["land"]):
        for ring in polygon:
            places = [place for index in ring for place in (arcs[index] if index >= 0 else arcs[~index][::-1])]
            if max(lat for lon, lat in places) > ANTARCTIC_LATITUDE:
                for piece in at_antimeridian(places):
                    yield [project(lat, lon) for lon, lat in piece]


def at_antimeridian(places):
    """The ring cut where it crosses 180 degrees: Chukotka and Fiji lie on both edges of the sheet."""
    unrolled = [places[0]]
    for lon, lat in places[1:]:
        unrolled.append((lon - 360 * round((lon - unrolled[-1][0]) / 360), lat))
    for shift in (-360, 0, 360):
        piece = [(lon + shift, lat) for lon, lat in unrolled]
        for edge, side in ((-180, 1), (180, -1)):
            piece = clip(piece, edge, side)
        if piece:
            yield piece


def clip(ring, edge, side):
    """The part of a closed ring on one side of the meridian ``edge``: 1 is east of it, -1 west."""
    kept = []
    for (lon, lat), (next_lon, next_lat) in pairwise(ring):
        inside, next_inside = (lon - edge) * side >= 0, (next_lon - edge) * side >= 0
        if inside:
            kept.append((lon, lat))
        if inside != next_inside:
            kept.append((edge, lat + (next_lat - lat) * (edge - lon) / (next_lon - lon)))
    return [*kept, kept[0]] if kept else []


def add(place, step):
    return place[0] + step[0], place[1] + step[1]


def polygons(geometry):
    if geometry["type"] == "GeometryCollection":
        return [polygon for part in geometry["geometries"] for polygon in polygons(part)]
    return geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]


def parallels_and_meridians():
    """Lines of points, the polar ones left to the edge of the sheet."""
    for lat in range(-STEP, 90, STEP):
        yield [project(lat, -180), project(lat, 180)]
    for lon in range(-180, 181, STEP):
        yield [project(lat, lon) for lat in range(-49, 84, 12)]


def outline(points):
    """A closed path through ``points``, empty when nothing of it would be seen."""
    half = len(points) // 2  # a ring ends where it starts: simplify its halves
    kept = simplify(points[: half + 1])[:-1] + simplify(points[half:])
    return f"{line(kept)}z" if len(kept) > 2 else ""


def simplify(points):
    """Douglas and Peucker: without the points that lie less than TOLERANCE off the line that stays."""
    if len(points) < 3:
        return points
    start, end = points[0], points[-1]
    offsets = [off_line(point, start, end) for point in points[1:-1]]
    farthest = max(range(len(offsets)), key=offsets.__getitem__) + 1
    if offsets[farthest - 1] < TOLERANCE:
        return [start, end]
    return simplify(points[: farthest + 1])[:-1] + simplify(points[farthest:])


def off_line(point, start, end):
    length = hypot(end[0] - start[0], end[1] - start[1])
    if not length:
        return hypot(point[0] - start[0], point[1] - start[1])
    twice_area = (end[0] - start[0]) * (start[1] - point[1]) - (start[0] - point[0]) * (end[1] - start[1])
    return abs(twice_area) / length


def line(points):
    """Path data of relative steps in tenths of a unit: shorter than places, and they compress better."""
    tenths = [(round(x * 10), round(y * 10)) for x, y in points]
    steps = ((x - a, y - b) for (a, b), (x, y) in pairwise(tenths))
    x, y = tenths[0]
    return f"M{x / 10:g} {y / 10:g}l" + " ".join(f"{x / 10:g} {y / 10:g}" for x, y in steps).replace(" -", "-")
