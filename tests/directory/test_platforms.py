"""Platforms: the tree with what each counts, the programmes, and the page of each platform."""

from collections import Counter
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnerships.models import NamedPlatform, NamedProgramme
from platforms.models import Platform, PlatformHost, PlatformMilestone, Programme
from reviews.states import State
from reviews.workflow import perform
from tests import factories
from tests import register_files as files
from tests.registered import RegisterTestCase

URL = "/en/platforms/"


def nodes(response, part="stated"):
    """{name: node} of one part of the tree."""
    found, waiting = {}, list(response.context[part])
    for node in waiting:
        found[str(node.platform)] = node
        waiting += node.children
    return found


def naming(*platforms, **fields):
    version = factories.draft_version(**fields)
    for position, platform in enumerate(platforms):
        NamedPlatform.objects.create(version=version, platform=platform, position=position)
    return perform(version, "load", by=None)


def queries(client, url):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.fixture
def world(db):
    """A global platform, a region below it and a country below that."""
    top = factories.global_platform()
    region = factories.PlatformFactory(acronym="Region", parent=top)
    country = factories.PlatformFactory(acronym="Country", parent=region, level="national")
    return top, region, country


class TestTree:
    def test_platforms_stand_below_their_parents(self, client, world):
        top, region, _country = world
        found = nodes(client.get(URL))
        assert [str(node.platform) for node in found[str(top)].children] == [str(region)]
        assert [str(node.platform) for node in found["Region"].children] == ["Country"]

    def test_a_platform_without_parent_is_told_apart(self, client, world):
        factories.PlatformFactory(acronym="Alone")
        response = client.get(URL)
        assert list(nodes(response, "unstated")) == ["Alone"]
        assert b"Parent not stated" in response.content

    def test_each_counts_what_names_it_or_one_below_it_once(self, client, world):
        top, region, country = world
        naming(country, mentor_in="MQ", mentee_in="LC")
        naming(region, country, mentor_in="KE", mentee_in="LC")
        factories.published_version()
        found = nodes(client.get(URL))
        by_name = [replace(found[name].counted, in_its_countries=0) for name in ("Country", "Region", str(top))]
        assert by_name[0] == by_name[1] == by_name[2]
        assert (found["Region"].counted.partnerships, found["Region"].counted.operators) == (2, 4)
        assert found["Region"].counted.countries == 3

    def test_drafts_and_bodies_that_are_no_operators_are_not_counted(self, client, world):
        _top, region, _country = world
        version = naming(region)
        factories.InvolvementFactory(version=version, role="funder", organisation__kind="donor")
        NamedPlatform.objects.create(version=factories.draft_version(), platform=region)
        counted = nodes(client.get(URL))["Region"].counted
        assert (counted.partnerships, counted.operators) == (1, 2)

    def test_the_number_is_the_one_that_the_directory_finds(self, client, world):
        for platform in world:
            naming(platform)
        for platform in world:
            found = client.get("/en/partnerships/", {"platform": platform.key}).context["facets"]
            option = next(o for f in found if f.name == "platform" for o in f.options if o.value == platform.key)
            assert nodes(client.get(URL))[str(platform)].counted.partnerships == option.count

    def test_each_counts_beside_them_what_helps_somebody_in_a_country_that_it_covers(self, client, world):
        caribbean = factories.PlatformFactory(acronym="Islands", parent=world[1], areas=["029"], countries=["GY"])
        mexico = factories.PlatformFactory(acronym="Mexico", parent=world[1], countries=["MX"])
        factories.published_version(title="Names nothing", mentor_in="MQ", mentee_in="LC")
        factories.published_version(title="Helps elsewhere", mentor_in="LC", mentee_in="KE")
        factories.published_version(title="A single country", mentor_in="KE", mentee_in="GY")
        naming(mexico, title="Names another one", mentor_in="MX", mentee_in="JM")
        found = nodes(client.get(URL))
        told = {name: (found[name].counted.partnerships, found[name].counted.in_its_countries) for name in found}
        assert (told["Islands"], told["Mexico"], told["Region"]) == ((0, 3), (1, 0), (1, 0))
        page = client.get(f"{URL}{caribbean.slug}/")
        assert client.get(f"/en/partnerships/?{page.context['question_of_countries']}").context["sentence"][0] == "3"
        program = client.get(f"/api/v1/platforms/{caribbean.key}/").json()["counted"]
        assert (program["partnerships"], program["in_its_countries"]) == (0, 3)

    def test_a_platform_of_areas_alone_is_asked_for_by_its_areas(self, client, world):
        caribbean = factories.PlatformFactory(areas=["029"])
        factories.published_version(mentor_in="KE", mentee_in="LC")
        question = client.get(f"{URL}{caribbean.slug}/").context["question_of_countries"]
        assert question == "role=mentee&role=peer&role=partner&region=029"
        assert client.get(f"/en/partnerships/?{question}").context["sentence"].startswith("1 ")

    def test_a_planned_platform_is_marked(self, client, world):
        factories.PlatformFactory(parent=world[0], status="planned")
        assert b"Planned" in client.get(URL).content

    def test_hosts_that_left_or_are_not_public_are_not_named(self, client, world):
        for ends, state in (("", State.PUBLISHED), ("2013", State.PUBLISHED), ("", State.DRAFT)):
            organisation = factories.OrganisationFactory(state=state)
            PlatformHost.objects.create(platform=world[1], organisation=organisation, ends_on=ends)
        hosts = nodes(client.get(URL))["Region"].hosts
        assert [host.state for host in hosts] == [State.PUBLISHED]

    def test_programmes_are_listed_with_their_donor_and_count(self, client, world):
        donor = factories.OrganisationFactory(kind="donor", name="Good Donor")
        programme = Programme.objects.create(key="p", slug="p", name="Good Programme", donor=donor, ends_on="2030")
        for version in (naming(), factories.draft_version()):
            NamedProgramme.objects.create(version=version, programme=programme)
        response = client.get(URL)
        assert [row["count"] for row in response.context["programmes"]] == [1]
        assert b"Good Donor" in response.content
        assert b"until 2030" in response.content

    def test_as_many_queries_for_thirty_platforms_as_for_one(self, client, world):
        few = queries(client, URL)
        for _ in range(30):
            PlatformHost.objects.create(
                platform=factories.PlatformFactory(parent=world[0]), organisation=factories.OrganisationFactory()
            )
        naming(world[1])
        assert queries(client, URL) == few == 8


class TestPage:
    def test_it_shows_everything_that_is_known(self, client, world):
        platform = factories.PlatformFactory(
            parent=world[1],
            name="Islands Platform",
            acronym="IP",
            level="subregional",
            established_on="2011-05",
            website="https://islands.example",
            about="Una plataforma.",
            about_language="es",
            source="A report",
            areas=["029"],
            countries=["BZ"],
        )
        PlatformMilestone.objects.create(platform=platform, happened_on="2013", text="First committee")
        page = client.get(f"{URL}{platform.slug}/").content.decode()
        for text in ("Islands Platform", "Subregional", "May 2011", "https://islands.example", "A report", "Belize"):
            assert text in page
        for text in ('<span lang="es">Una plataforma.</span>', "First committee", "Caribbean", "Region"):
            assert text in page

    def test_what_is_not_known_says_so(self, client, world):
        platform = factories.PlatformFactory()
        page = client.get(f"{URL}{platform.slug}/").content.decode()
        assert page.count("not stated") == 2

    def test_it_lists_the_partnerships_that_name_it_or_one_below(self, client, world):
        shown = naming(world[2], title="Below")
        factories.published_version(title="Elsewhere")
        response = client.get(f"{URL}{world[0].slug}/")
        assert [entry.reference for entry in response.context["entries"]] == [shown.partnership.reference]
        assert response.context["counted"].partnerships == 1

    def test_a_host_that_is_not_public_leaves_no_trace(self, client, world):
        hidden = factories.OrganisationFactory(name="Hidden host", state=State.DRAFT)
        PlatformHost.objects.create(platform=world[1], organisation=hidden)
        assert b"Hidden host" not in client.get(f"{URL}{world[1].slug}/").content

    def test_an_unknown_one_is_not_there(self, client, world):
        assert client.get(f"{URL}nowhere/").status_code == 404

    def test_as_many_queries_for_thirty_partnerships_as_for_one(self, client, world):
        naming(world[1])
        few = queries(client, f"{URL}{world[1].slug}/")
        for _ in range(29):
            PlatformHost.objects.create(platform=world[1], organisation=factories.mentor_of(naming(world[1])))
        assert queries(client, f"{URL}{world[1].slug}/") == few <= 15

    def test_nothing_can_be_posted(self, client, world):
        assert client.post(URL).status_code == 405
        assert client.post(f"{URL}{world[0].slug}/").status_code == 405

    @pytest.mark.parametrize("language", ["en", "es", "fr", "pt"])
    def test_the_answer_is_the_same_for_everybody(self, client, world, language):
        for address in ("", f"{world[0].slug}/"):
            response = client.get(f"/{language}/platforms/{address}")
            assert response.status_code == 200
            assert not response.cookies
            assert "Cookie" not in response.headers.get("Vary", "")


class TestRegister(RegisterTestCase):
    def hosts(self, slug):
        return [(row["when"], row["what"]) for row in self.client.get(f"{URL}{slug}/").context["hosts"]]

    def test_fifteen_platforms_of_which_five_name_no_parent(self):
        response = self.client.get(URL)
        stated, unstated = nodes(response), nodes(response, "unstated")
        assert len(stated) + len(unstated) == Platform.objects.count() == 15
        assert set(unstated) == {"PWWA", "SEAWUN", "P-WON", "PERPAMSI", "PAWD"}

    def test_every_platform_has_a_page(self):
        for slug in Platform.objects.values_list("slug", flat=True):
            assert self.client.get(f"{URL}{slug}/").status_code == 200, slug

    def test_wop_lac_had_hosts_over_time(self):
        assert self.hosts("wop-lac") == [
            ("October 2007 – August 2013", "Inter-American Development Bank"),
            ("since August 2013", "Agua y Saneamientos Argentinos"),
            ("since August 2013", "Asociación Latinoamericana de Operadores de Agua y Saneamiento"),
        ]

    def test_cari_wop_has_two_hosts_at_once(self):
        assert [when for when, _name in self.hosts("cari-wop")] == ["dates not stated"] * 2
        assert [str(host) for host in nodes(self.client.get(URL))["Cari-WOP"].hosts] == [
            "Caribbean Water and Sewerage Association",
            "Caribbean Water and Wastewater Association",
        ]

    def test_gwopa_counts_those_below_it(self):
        counted = self.client.get(f"{URL}gwopa/").context["counted"]
        found = self.client.get("/en/partnerships/", {"platform": "gwopa"})
        assert counted.partnerships == found.context["page_obj"].paginator.count == 17
        assert not NamedPlatform.objects.filter(platform__key="gwopa").exists()

    def test_programmes_are_counted(self):
        rows = self.client.get(URL).context["programmes"]
        named = Counter(name for row in files.latest().values() for name in row["programme"].split(";") if name)
        assert {row["programme"].name: row["count"] for row in rows} == named
