"""Countries and regions: the lists, and a page for each with who helps whom, who is there and who arranges it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.regions import area_regions, gwopa_regions, region_of
from reviews.workflow import perform
from tests import factories
from tests.indexing import up_to_date
from vocabularies.models import Country

pytestmark = pytest.mark.django_db


def references(side):
    return {entry.reference for entry in side.entries}


def sides(response):
    return {side.role: side for side in response.context["sides"]}


class TestCountry:
    def test_partnerships_stand_by_what_its_operators_are_in_them(self, client):
        helping = factories.published_version(mentor_in="KE", mentee_in="UG").partnership.reference
        helped = factories.published_version(mentor_in="NL", mentee_in="KE").partnership.reference
        factories.published_version(mentor_in="NL", mentee_in="UG")
        found = sides(client.get("/en/countries/KE/"))
        assert {role: references(side) for role, side in found.items()} == {"mentor": {helping}, "mentee": {helped}}

    def test_equals_stand_together(self, client):
        version = factories.draft_version(mentor_in="PE", mentee_in="EC")
        version.involvements.update(role="peer")
        perform(version, "load", by=None)
        assert list(sides(client.get("/en/countries/PE/"))) == ["peer"]

    def test_each_side_leads_to_the_same_partnerships_in_the_directory(self, client):
        version = factories.published_version(mentor_in="NL", mentee_in="KE")
        side = sides(client.get("/en/countries/KE/"))["mentee"]
        listed = client.get(side.url)
        assert [entry.reference for entry in listed.context["entries"]] == [version.partnership.reference]

    def test_its_operators_and_the_platforms_that_cover_it_are_named(self, client):
        version = factories.published_version(mentor_in="NL", mentee_in="KE")
        national = factories.PlatformFactory(acronym="KenyaWOP", level="national")
        national.countries.add(Country.objects.get(code="KE"))
        response = client.get("/en/countries/KE/")
        assert [line.name for line in response.context["operators"]] == [
            row.organisation.name for row in version.involvements.all() if row.organisation.country_id == "KE"
        ]
        assert [str(one) for one in response.context["platforms"]] == ["KenyaWOP", str(factories.global_platform())]

    def test_an_empty_one_says_what_to_do(self, client):
        response = client.get("/en/countries/IS/")
        assert response.status_code == 200
        assert b"No partnership with an operator from here is published yet" in response.content
        assert b"/en/about/get-involved/" in response.content

    def test_it_has_one_address(self, client):
        assert client.get("/fr/countries/ke/").url == "/fr/countries/KE/"
        assert b'<link rel="canonical" href="http' in client.get("/fr/countries/KE/").content

    @pytest.mark.parametrize("code", ["ZZ", "KEN", "x-y"])
    def test_what_is_none_is_not_found_in_the_words_of_the_portal(self, client, code):
        response = client.get(f"/en/countries/{code}/")
        assert response.status_code == 404
        assert b"<h1" in response.content

    @pytest.mark.parametrize(("language", "name"), [("es", "Kenia"), ("fr", "Kenya"), ("pt", "Quênia")])
    def test_it_is_called_by_its_name_in_each_language(self, client, language, name):
        assert f"<h1>{name}</h1>" in client.get(f"/{language}/countries/KE/").content.decode()

    def test_nothing_archived_stays_on_it(self, client, reviewer):
        version = factories.published_version(mentor_in="NL", mentee_in="KE")
        perform(version, "archive", by=reviewer, comment="Entered twice")
        response = client.get("/en/countries/KE/")
        assert not response.context["sides"]
        assert version.title not in response.content.decode()

    def test_one_and_twenty_partnerships_cost_the_same_queries(self, client):
        def queries():
            up_to_date()
            with CaptureQueriesContext(connection) as captured:
                client.get("/en/countries/KE/")
            return len(captured)

        factories.published_version(mentor_in="NL", mentee_in="KE")
        one = queries()
        for _ in range(19):
            factories.published_version(mentor_in="NL", mentee_in="KE")
        assert queries() == one


class TestRegion:
    def test_every_region_has_one_address_and_its_code_leads_there(self, client):
        found = [*gwopa_regions(), *area_regions()]
        assert len({region.slug for region in found}) == len(found)
        assert all(region_of(region.code) == region for region in found)
        assert client.get("/en/regions/029/").url == "/en/regions/caribbean/"

    def test_an_area_has_what_happens_in_its_countries_alone(self, client):
        inside = factories.published_version(mentor_in="MQ", mentee_in="LC").partnership.reference
        factories.published_version(mentor_in="PE", mentee_in="BO")
        response = client.get("/en/regions/caribbean/")
        assert references(sides(response)["mentee"]) == {inside}
        assert [one.name for one in response.context["countries"]] == ["Martinique", "Saint Lucia"]

    def test_a_region_of_gwopa_cuts_across_the_areas(self, client):
        factories.published_version(mentor_in="MA", mentee_in="EG")
        assert sides(client.get("/en/regions/arab-states/"))
        assert not sides(client.get("/en/regions/africa/"))

    def test_its_map_shows_the_region_wherever_the_mentors_are(self, client):
        factories.published_version(mentor_in="NL", mentee_in="LC")
        drawing = client.get("/en/regions/caribbean/").context["map"]
        assert drawing.sheet.code == "029"
        assert [end.title for end in drawing.ends] == ["Saint Lucia"]

    def test_what_is_none_is_not_found(self, client):
        assert client.get("/en/regions/atlantis/").status_code == 404
        assert client.get("/en/regions/001/").status_code == 404


class TestLists:
    def test_countries_stand_in_their_region_with_what_they_have(self, client):
        factories.published_version(mentor_in="NL", mentee_in="KE")
        factories.draft_version(mentor_in="PE", mentee_in="BO")
        groups = client.get("/en/countries/").context["groups"]
        africa = next(inside for region, inside in groups if region.code == "africa")
        assert [(one.name, one.partnerships, one.operators) for one in africa] == [("Kenya", 1, 1)]

    def test_regions_count_their_countries_and_operators(self, client):
        factories.published_version(mentor_in="MQ", mentee_in="LC")
        areas = client.get("/en/regions/").context["areas"]
        assert [(one.name, one.countries, one.operators) for one in areas if one.place.code == "029"] == [
            ("Caribbean", 2, 2)
        ]

    def test_an_empty_register_says_so(self, client):
        for address in ("/en/countries/", "/en/regions/"):
            assert b"Nothing is published yet" in client.get(address).content, address
