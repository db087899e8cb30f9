"""Draw the land of every sheet of the atlas once, so that every page can point to it and the browser keeps it."""

import json
from itertools import accumulate, pairwise
from math import hypot

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from directory.map_projection import WIDTH
from directory.map_sheets import SHEETS, WORLD

ATLAS = settings.BASE_DIR / "node_modules" / "world-atlas"
COARSE, FINE = "land-110m.json", "land-50m.json"
FINE_FROM = 2.5  # times the scale of the world
FOLDER = settings.VAR_DIR / "map"
ANTARCTIC_LATITUDE = -60
TOLERANCE = 0.35  # units of the view box: below what a screen of ordinary width shows
SURROUNDINGS = 40  # degrees that a sheet may show beyond its own, where its shape asks for it
MARGIN = 4  # units around a sheet, so that no cut edge is seen
STEP = 30  # degrees between two lines of the graticule


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Draws var/map/land-*.svg from the world-atlas package. Running it again changes nothing."

    def handle(self, *args, **options):
        atlas = {name: list(rings(_read(name))) for name in (COARSE, FINE)}
        FOLDER.mkdir(parents=True, exist_ok=True)
        # The world comes last: that it is there says that all are.
        for sheet in sorted(SHEETS.values(), key=lambda sheet: sheet == WORLD):
            self._write(FOLDER / sheet.land.removeprefix("map/"), draw(sheet, atlas[_atlas_of(sheet)]))

    def _write(self, target, svg):
        if target.exists() and target.read_text() == svg:
            self.stdout.write(f"{target} is up to date.")
            return
        unfinished = target.with_suffix(".tmp")
        unfinished.write_text(svg)
        unfinished.replace(target)
        self.stdout.write(f"Drew {target}.")


def _read(name):
    try:
        return json.loads((ATLAS / name).read_text())
    except FileNotFoundError as error:
        raise CommandError(f"{ATLAS / name} is missing: run npm ci first.") from error


def _atlas_of(sheet):
    return FINE if sheet.scale > FINE_FROM * WORLD.scale else COARSE


def draw(sheet, land):
    """The SVG file as text: symbols ``land`` and ``graticule``, without colours (the stylesheet has them).

    ``land``: rings of places, each (longitude, latitude).
    """
    outlines = "".join(outline(points) for ring in land for points in on_sheet(sheet, ring))
    graticule = "".join(line(points) for points in parallels_and_meridians(sheet))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg">'
        f'<symbol id="graticule" viewBox="{sheet.view_box}"><path d="{graticule}"/></symbol>'
        f'<symbol id="land" viewBox="{sheet.view_box}"><path d="{outlines}"/></symbol></svg>\n'
    )


def rings(topology):
    """Every ring of land as places in degrees, Antarctica left out.

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
                yield places


def on_sheet(sheet, ring):
    """What of a ring lies on the sheet, as closed rings of its points."""
    for piece in at_the_back(ring, sheet.middle):
        if not may_touch(sheet, piece):
            continue
        points = [sheet.project_from_middle(lat, degrees) for degrees, lat in piece]
        for axis, size in ((0, WIDTH), (1, sheet.height)):
            points = clip(clip(points, axis, -MARGIN, 1), axis, size + MARGIN, -1)
        if points:
            yield points


def may_touch(sheet, piece):
    """Whether the frame of a piece, in degrees from the middle, reaches the sheet; most do not, which saves much."""
    degrees, latitudes = zip(*piece, strict=True)
    half = (sheet.east - sheet.west) / 2 + SURROUNDINGS
    return (
        min(degrees) < half
        and max(degrees) > -half
        and min(latitudes) < sheet.north + SURROUNDINGS
        and max(latitudes) > sheet.south - SURROUNDINGS
    )


def at_the_back(places, middle):
    """The ring in degrees from the meridian ``middle``, cut on the far side of the globe.

    On the sheet of the world Chukotka and Fiji lie on both edges.
    """
    unrolled = [((places[0][0] - middle + 180) % 360 - 180, places[0][1])]
    for lon, lat in places[1:]:
        degrees = lon - middle
        unrolled.append((degrees - 360 * round((degrees - unrolled[-1][0]) / 360), lat))
    for shift in (-360, 0, 360):
        piece = [(degrees + shift, lat) for degrees, lat in unrolled]
        for edge, side in ((-180, 1), (180, -1)):
            piece = clip(piece, 0, edge, side)
        if piece:
            yield piece


def clip(ring, axis, edge, side):
    """The part of a closed ring on one side of a line: ``side`` 1 is where the coordinate ``axis`` exceeds ``edge``."""
    kept = []
    for here, there in pairwise(ring):
        inside, next_inside = (here[axis] - edge) * side >= 0, (there[axis] - edge) * side >= 0
        if inside:
            kept.append(here)
        if inside != next_inside:
            kept.append(_crossing(here, there, axis, edge))
    return [*kept, kept[0]] if kept else []


def _crossing(here, there, axis, edge):
    """Where the line from one point to the next meets the edge."""
    part = (edge - here[axis]) / (there[axis] - here[axis])
    other = here[1 - axis] + (there[1 - axis] - here[1 - axis]) * part
    return (edge, other) if axis == 0 else (other, edge)


def add(place, step):
    return place[0] + step[0], place[1] + step[1]


def polygons(geometry):
    if geometry["type"] == "GeometryCollection":
        return [polygon for part in geometry["geometries"] for polygon in polygons(part)]
    return geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]


def parallels_and_meridians(sheet):
    """Lines of points, the polar ones left to the edge of the sheet."""
    step = STEP if sheet == WORLD else STEP / 3
    for number in range(round(-60 / step), round(90 / step)):
        yield [sheet.project_from_middle(number * step, -180), sheet.project_from_middle(number * step, 180)]
    for number in range(round(360 / step) + 1):
        degrees = (number * step - sheet.middle) % 360 - 180
        yield [sheet.project_from_middle(lat, degrees) for lat in range(-57, 84, 12)]


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
