"""GeoJSON holds to RFC 7946: lines from mentor to mentee, points of organisations, and how precise they are."""

import json
from decimal import Decimal
from itertools import pairwise

import pytest

from operators.models import Organisation
from partnerships.models import Involvement
from reviews.workflow import perform
from tests import factories
from tests.exports.exporting import features, fetch

pytestmark = pytest.mark.django_db
DEPTH = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2}


def collection(client, question=None):
    answer = fetch(client, "geojson", question)
    assert answer.headers["Content-Type"] == "application/geo+json"
    found = json.loads(answer.body, parse_constant=pytest.fail)
    check_collection(found)
    return found


def check_collection(found):
    """What RFC 7946 demands of what we write."""
    assert found["type"] == "FeatureCollection"
    assert not {"coordinates", "geometries", "geometry", "properties", "crs"} & set(found)
    ids = [(one["properties"]["type"], one["id"]) for one in found["features"]]
    assert len(set(ids)) == len(ids)
    for feature in found["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        assert feature["type"] == "Feature"
        if feature["geometry"] is not None:
            check_geometry(**feature["geometry"])


def check_geometry(type, coordinates):
    if DEPTH[type] == 0:
        return check_position(coordinates)
    assert len(coordinates) >= (2 if type == "LineString" else 1)
    for part in coordinates:
        check_geometry({"MultiLineString": "LineString"}.get(type, "Point"), part)
    if type == "LineString":
        assert coordinates[0] != coordinates[-1]
        assert all(abs(a[0] - b[0]) <= 180 for a, b in pairwise(coordinates))


def check_position(position):
    longitude, latitude = position
    assert all(isinstance(number, float | int) for number in position)
    assert -180 <= longitude <= 180
    assert -90 <= latitude <= 90


def seat(organisation, latitude, longitude):
    place = {"latitude": Decimal(latitude), "longitude": Decimal(longitude)}
    Organisation.objects.filter(pk=organisation.pk).update(**place)


def line_of(client):
    [feature] = features(json.dumps(collection(client)))
    return feature


def test_a_line_leads_from_the_mentor_to_the_mentee(client):
    version = factories.published_version()
    seat(factories.mentor_of(version), "14.6", "-61.0")
    seat(factories.mentee_of(version), "14.01", "-60.99")
    feature = line_of(client)
    assert feature["geometry"] == {"type": "LineString", "coordinates": [[-61.0, 14.6], [-60.99, 14.01]]}
    assert feature["properties"]["precision"] == "seat"


def test_where_a_seat_is_not_known_the_country_stands_in_and_says_so(client):
    version = factories.published_version()
    seat(factories.mentor_of(version), "14.6", "-61.0")
    feature = line_of(client)
    country = factories.mentee_of(version).country
    assert feature["geometry"]["coordinates"][1] == [float(country.longitude), float(country.latitude)]
    assert feature["properties"]["precision"] == "country"
    points = {
        one["id"]: one["properties"]["precision"] for one in features(fetch(client, "geojson").body, "organisation")
    }
    assert points == {factories.mentor_of(version).key: "seat", factories.mentee_of(version).key: "country"}


def test_an_organisation_without_place_has_no_geometry(client):
    draft = factories.draft_version()
    nowhere = factories.OrganisationFactory(country=None, kind="un-body")
    factories.InvolvementFactory(version=draft, organisation=nowhere, role="supporter", position=4)
    perform(draft, "load", by=None)
    found = {one["id"]: one for one in features(fetch(client, "geojson").body, "organisation")}
    assert found[nowhere.key]["geometry"] is None
    assert found[nowhere.key]["properties"]["precision"] is None


def test_several_mentees_make_several_lines(client):
    draft = factories.draft_version()
    factories.InvolvementFactory(
        version=draft, organisation=factories.OrganisationFactory(country_id="BO"), role="mentee", position=5
    )
    perform(draft, "load", by=None)
    geometry = line_of(client)["geometry"]
    assert (geometry["type"], len(geometry["coordinates"])) == ("MultiLineString", 2)


def test_a_partner_that_is_not_named_has_the_place_of_its_country(client):
    draft = factories.draft_version()
    Involvement.objects.filter(version=draft, role="mentee").update(
        organisation=None, description="A town", country="BO"
    )
    perform(draft, "load", by=None)
    assert line_of(client)["geometry"]["type"] == "LineString"


def test_ends_on_one_point_are_a_point(client):
    factories.published_version(mentor_in="PE", mentee_in="PE")
    assert line_of(client)["geometry"]["type"] == "Point"


@pytest.mark.parametrize(("west", "east"), [("170", "-170"), ("-170", "170")])
def test_a_line_across_the_antimeridian_is_cut_there(client, west, east):
    version = factories.published_version()
    seat(factories.mentor_of(version), "-10", west)
    seat(factories.mentee_of(version), "10", east)
    geometry = line_of(client)["geometry"]
    edge = 180.0 if west == "170" else -180.0
    assert geometry["coordinates"] == [[[float(west), -10.0], [edge, 0.0]], [[-edge, 0.0], [float(east), 10.0]]]


def test_it_counts_what_it_holds(client):
    factories.published_version()
    found = collection(client)
    assert found["counts"] == {"partnerships": 1, "organisations": 2}
    assert len(found["features"]) == 3


def test_an_empty_answer_is_a_collection_too(client):
    found = collection(client, {"q": "nothingatall"})
    assert (found["features"], found["partnerships"]) == ([], 0)
