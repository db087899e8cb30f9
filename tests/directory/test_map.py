"""The map: which sheet of the atlas an answer is drawn on, what stands there, and where it leads."""

import pytest

from directory.management.commands.build_map import MARGIN, on_sheet
from directory.map_drawing import CLUSTERED, Place, drawn
from directory.map_projection import HIGHEST, LOWEST, WIDTH
from directory.map_sheets import SHEETS, WORLD, sheet_of
from directory.map_zooms import zooms_of
from tests import factories
from vocabularies.models import Country, GwopaRegion

MARTINIQUE, SAINT_LUCIA = Place("MQ", "Martinique", 14.65, -61.01), Place("LC", "Saint Lucia", 13.90, -60.97)
FIJI, NEW_ZEALAND = Place("FJ", "Fiji", -17.8, 178.0), Place("NZ", "New Zealand", -41.8, 172.8)
SAMOA = Place("WS", "Samoa", -13.75, -172.1)


def joining(*lines, sheet=None):
    """The Map of one partnership for each (mentor's place, mentee's place)."""
    places = {place.code: place for line in lines for place in line}
    roles = {code: set() for code in places}
    for start, end in lines:
        roles[start.code].add("mentor")
        roles[end.code].add("mentee")
    found = {(start.code, end.code): [(f"WOP-{n:04}", "A – B")] for n, (start, end) in enumerate(lines, 1)}
    return drawn(found, roles, places, len(lines), sheet)


def apart(drawing):
    (one, other) = drawing.ends
    return abs(one.x - other.x) + abs(one.y - other.y)


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_a_sheet_shows_all_of_its_degrees(sheet):
    assert LOWEST <= sheet.height <= HIGHEST
    for lat in (sheet.south, sheet.north):
        for degrees in (sheet.west - sheet.middle, sheet.east - sheet.middle):
            x, y = sheet.project_from_middle(lat, degrees)
            assert -0.5 <= x <= WIDTH + 0.5, (lat, degrees)
            assert -0.5 <= y <= sheet.height + 0.5, (lat, degrees)


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_land_is_drawn_up_to_the_edges_and_no_further(sheet):
    around = [*((lon, -80) for lon in range(-180, 180, 5)), *((180, lat) for lat in range(-80, 85, 5))]
    everywhere = [*around, *((-lon, -lat) for lon, lat in around), around[0]]
    points = [point for piece in on_sheet(sheet, everywhere) for point in piece]
    x, y = (max(abs(point[axis] - size / 2) for point in points) for axis, size in ((0, WIDTH), (1, sheet.height)))
    assert WIDTH / 2 - 1 <= x <= WIDTH / 2 + MARGIN
    assert y == sheet.height / 2 + MARGIN


def test_neighbours_are_two_points_on_the_smallest_sheet_that_holds_them():
    drawing = joining((MARTINIQUE, SAINT_LUCIA))
    assert drawing.sheet.code == "029"
    assert [end.title for end in drawing.ends] == ["Saint Lucia", "Martinique"]
    assert apart(drawing) > 2 * CLUSTERED


def test_where_they_would_lie_on_each_other_they_are_one_that_leads_nearer():
    (cluster,) = joining((MARTINIQUE, SAINT_LUCIA), sheet=WORLD).ends
    assert (cluster.count, cluster.role) == (2, "both")
    assert cluster.url == "/en/partnerships/?view=map&zoom=029"
    assert cluster.title == "Saint Lucia, Martinique"


@pytest.mark.parametrize(("mentor", "mentee"), [(NEW_ZEALAND, FIJI), (NEW_ZEALAND, SAMOA), (SAMOA, FIJI)])
def test_across_the_date_line_they_are_neighbours(mentor, mentee):
    drawing = joining((mentor, mentee))
    assert drawing.sheet != WORLD
    assert apart(drawing) < WIDTH / 2
    assert drawing.arcs[0].path.count("M") == 1


def test_on_the_sheet_of_the_world_a_line_across_the_date_line_leaves_at_one_edge_and_comes_in_at_the_other():
    assert joining((NEW_ZEALAND, SAMOA), sheet=WORLD).arcs[0].path.count("M") == 2


def test_an_answer_that_no_region_holds_is_drawn_on_the_world():
    assert sheet_of([(52, 5), (-13, -77)]) == WORLD
    assert sheet_of([]) == WORLD
    assert sheet_of([(52, 5), (-1, 37)]).code == "africa-europe"


def test_a_country_an_arc_and_several_arcs_lead_to_what_they_are():
    drawing = joining((MARTINIQUE, SAINT_LUCIA))
    assert {end.url for end in drawing.ends} == {"/en/countries/MQ/", "/en/countries/LC/"}
    assert drawing.arcs[0].url == "/en/partnerships/WOP-0001/"
    assert drawing.arcs[0].anchor == "line-MQ-LC"


@pytest.mark.django_db
@pytest.mark.parametrize("region", GwopaRegion.values)
def test_the_sheet_of_a_region_holds_nearly_all_of_its_countries(region):
    """Some territories lie far off."""
    places = Country.objects.filter(gwopa_region=region).values_list("code", "latitude", "longitude")
    off = [code for code, lat, lon in places if not SHEETS[region].holds(float(lat), float(lon))]
    assert len(off) <= len(places) / 10, off


@pytest.mark.django_db
def test_who_uses_the_keyboard_finds_every_line_and_country_beside_the_map(client):
    for _ in range(2):
        factories.published_version(mentor_in="NL", mentee_in="KE")
    body = client.get("/en/partnerships/?view=map").content.decode()
    assert 'href="#line-NL-KE"' in body
    assert 'id="line-NL-KE"' in body
    beside = body.partition('id="places"')[2]
    assert '<a href="/en/countries/NL/">Netherlands</a>' in beside
    assert '<a href="/en/countries/KE/">Kenya</a>' in beside


@pytest.mark.django_db
def test_the_map_comes_as_near_as_it_is_asked_to(client):
    factories.published_version(mentor_in="MQ", mentee_in="LC")
    for code, sheet in {"": "029", "lac": "lac", "world": "world", "nowhere": "029"}.items():
        assert client.get("/en/partnerships/", {"view": "map", "zoom": code}).context["map"].sheet.code == sheet, code


@pytest.mark.django_db
def test_areas_are_offered_where_they_hold_something():
    offered = {code for _label, code, _current in zooms_of(joining((MARTINIQUE, SAINT_LUCIA), sheet=SHEETS["lac"]))}
    assert "029" in offered
    assert {"013", "005", "014"}.isdisjoint(offered)
