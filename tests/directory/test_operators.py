"""Organisations: the list with its filters, and the page of each."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from operators.models import Figure, FormerName, Need, Organisation, OrganisationService, Strength
from partnerships.models import Involvement, Role, Track
from platforms.models import PlatformHost, Programme
from reviews.models import ReviewEvent
from reviews.states import State
from reviews.workflow import perform
from tests import factories
from tests import register_files as files
from tests.registered import RegisterTestCase
from vocabularies.models import ImprovementArea, Indicator

URL = "/en/operators/"


def names(response):
    return [line.name for line in response.context["lines"]]


def facet(response, name):
    found = next(facet for facet in response.context["facets"] if facet.name == name)
    return {option.value: option.count for option in found.options}


def on_area(version, code):
    Track.objects.create(version=version, area=ImprovementArea.objects.get(code=code))
    return version


def queries(client, url):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


# --- the list -----------------------------------------------------------------------------------------------


@pytest.mark.django_db
class TestList:
    def test_it_lists_published_operators_by_name_without_regard_to_accents(self, client):
        for name in ("Zulu Water", "Água do Norte", "agua Sur"):
            factories.OrganisationFactory(name=name, acronym="")
        factories.OrganisationFactory(name="A draft", state=State.DRAFT)
        factories.OrganisationFactory(name="An archived one", state=State.ARCHIVED)
        assert names(client.get(URL)) == ["Água do Norte", "agua Sur", "Zulu Water"]

    @pytest.mark.parametrize(
        ("question", "found"),
        [
            ({}, ["Operator"]),
            ({"group": "operators"}, ["Operator"]),
            ({"group": "others"}, ["Bank", "Donor"]),
            ({"group": "all"}, ["Bank", "Donor", "Operator"]),
            ({"kind": "donor"}, ["Donor"]),
            ({"kind": ["donor", "operator"]}, ["Donor", "Operator"]),
            ({"kind": "donor", "group": "operators"}, []),
        ],
    )
    def test_other_bodies_are_listed_when_asked_for(self, client, question, found):
        factories.OrganisationFactory(name="Operator")
        factories.OrganisationFactory(name="Donor", kind="donor")
        factories.OrganisationFactory(name="Bank", kind="development-bank")
        assert names(client.get(URL, question)) == found

    @pytest.mark.parametrize(
        ("question", "found"),
        [
            ({"q": "riviere eau"}, ["Eau de la Rivière"]),
            ({"q": "EDR"}, ["Eau de la Rivière"]),
            ({"q": "martinica"}, ["Eau de la Rivière"]),
            ({"country": "MQ"}, ["Eau de la Rivière"]),
            ({"country": ["MQ", "KE"]}, ["Eau de la Rivière", "Kisumu Water"]),
            ({"country": "FR"}, []),
            ({"region": "africa"}, ["Kisumu Water"]),
            ({"region": "029"}, ["Eau de la Rivière"]),
            ({"region": "africa", "country": "MQ"}, []),
        ],
    )
    def test_words_and_places(self, client, question, found):
        factories.OrganisationFactory(name="Eau de la Rivière", acronym="EDR", country_id="MQ")
        factories.OrganisationFactory(name="Kisumu Water", country_id="KE")
        assert names(client.get(URL, question)) == found

    def test_role_and_area_are_those_of_the_same_published_partnership(self, client):
        one = on_area(factories.draft_version(), "metering")
        other = on_area(factories.draft_version(), "communication")
        both = factories.mentor_of(one)
        Involvement.objects.filter(version=other, role=Role.MENTEE).update(organisation=both)
        for version in (one, other):
            perform(version, "load", by=None)
        hidden = on_area(factories.draft_version(), "metering")
        asked = {"role": "mentor", "area": "metering"}
        assert names(client.get(URL, asked)) == [both.name]
        assert names(client.get(URL, asked | {"area": "communication"})) == [factories.mentor_of(other).name]
        assert factories.mentor_of(hidden).name not in names(client.get(URL, {"role": "mentor"}))

    def test_a_lead_mentor_is_a_mentor(self, client):
        version = factories.draft_version()
        version.involvements.filter(role=Role.MENTOR).update(role=Role.LEAD_MENTOR)
        perform(version, "load", by=None)
        assert len(names(client.get(URL, {"role": "mentor"}))) == 1

    def test_a_group_of_areas_and_non_revenue_water_include_their_details(self, client):
        perform(on_area(factories.draft_version(), "nrw-physical-losses"), "load", by=None)
        group = ImprovementArea.objects.get(code="nrw-physical-losses").parent.code
        for code in ("non-revenue-water", group):
            assert len(names(client.get(URL, {"area": code}))) == 2

    def test_most_partnerships_first(self, client):
        version = factories.published_version()
        busy = factories.mentee_of(version)
        factories.InvolvementFactory(version=factories.published_version(), organisation=busy, role=Role.PEER)
        draft = factories.draft_version()
        for _ in range(3):
            factories.InvolvementFactory(version=draft, organisation=factories.mentor_of(version), role=Role.PEER)
            draft = factories.draft_version()
        assert names(client.get(URL, {"ordering": "-partnerships"}))[0] == busy.name

    def test_each_line_counts_the_published_partnerships_by_side(self, client):
        organisation = factories.OrganisationFactory(name="Busy")
        for role in (Role.LEAD_MENTOR, Role.MENTEE, Role.PEER, Role.PARTNER, Role.FUNDER, Role.BROKER):
            version = factories.published_version()
            factories.InvolvementFactory(version=version, organisation=organisation, role=role)
        factories.InvolvementFactory(version=factories.draft_version(), organisation=organisation)
        line = next(line for line in client.get(URL).context["lines"] if line.name == "Busy")
        counts = ["mentor in 1", "mentee in 1", "peer in 1", "partner in 1", "other roles in 2"]
        assert [role.text for role in line.roles] == counts

    def test_the_sentence_and_the_chips_tell_what_was_asked(self, client):
        perform(on_area(factories.draft_version(), "metering"), "load", by=None)
        response = client.get(URL, {"role": "mentor", "area": "metering", "region": "lac", "q": "operator"})
        expected = "1 operator as mentor on metering in Latin America and the Caribbean for “operator”"
        assert response.context["sentence"] == expected
        assert len(response.context["chips"]) == 4

    def test_the_tab_is_no_chip_and_counts_what_it_would_show(self, client):
        factories.OrganisationFactory.create_batch(2)
        factories.OrganisationFactory(kind="ngo")
        response = client.get(URL, {"group": "others"})
        assert response.context["chips"] == []
        assert [(code, number) for code, _label, number, _on in response.context["groups"]] == [
            ("operators", 2),
            ("others", 1),
            ("all", 3),
        ]

    def test_each_count_of_a_facet_is_what_its_filter_finds(self, client):
        perform(on_area(factories.draft_version(), "metering"), "load", by=None)
        factories.OrganisationFactory(kind="city-department", country_id="KE")
        page = client.get(URL)
        for found in page.context["facets"]:
            for option in found.options:
                assert len(names(client.get(URL, {found.name: option.value}))) == option.count, (found.name, option)
        assert facet(page, "role") == {"mentor": 1, "mentee": 1}

    @pytest.mark.parametrize(
        "question",
        [
            {"country": "XX"},
            {"region": "mars"},
            {"kind": "club"},
            {"group": "some"},
            {"role": "king"},
            {"area": "cooking"},
            {"ordering": "size"},
            {"q": "x" * 201},
        ],
    )
    def test_an_invalid_value_is_told_and_shows_no_rows(self, client, question):
        factories.OrganisationFactory()
        response = client.get(URL, question)
        assert response.status_code == 400
        assert response.context["lines"] == []
        assert len(response.context["problems"]) == 1

    @pytest.mark.parametrize("page", ["0", "2", "x"])
    def test_a_page_that_is_not_there_is_told(self, client, page):
        assert client.get(URL, {"page": page}).status_code == 400

    def test_it_has_pages(self, client):
        factories.OrganisationFactory.create_batch(51)
        assert len(names(client.get(URL, {"page": "2"}))) == 1

    def test_as_many_queries_for_thirty_rows_as_for_one(self, client):
        factories.published_version()
        few = queries(client, URL)
        for _ in range(15):
            factories.published_version()
        assert queries(client, URL) == few == 3

    def test_nothing_can_be_posted(self, client):
        assert client.post(URL).status_code == 405


# --- one organisation ---------------------------------------------------------------------------------------


def everything_about(organisation):
    """Every kind of row, twice, so that a query per row would show."""
    metering = ImprovementArea.objects.get(code="metering")
    Need.objects.create(organisation=organisation, area=metering, description="Meters stand still")
    Strength.objects.create(organisation=organisation, area=metering, description="Meters run")
    FormerName.objects.create(organisation=organisation, name="Old Waterworks", acronym="OW", used_until="1999")
    OrganisationService.objects.create(organisation=organisation, service="water")
    indicator = Indicator.objects.get(code="employees")
    Figure.objects.create(organisation=organisation, indicator=indicator, value="1700.5", unit="persons", year=2013)
    PlatformHost.objects.create(
        platform=factories.PlatformFactory(), organisation=organisation, starts_on="2007-10", ends_on="2013"
    )
    Programme.objects.create(key="p", slug="p", name="Good Programme", donor=organisation)


@pytest.mark.django_db
class TestPage:
    def test_it_shows_everything_that_is_known(self, client):
        organisation = factories.OrganisationFactory(
            city="Castries", about="Une régie.", about_language="fr", website="https://water.example"
        )
        everything_about(organisation)
        page = client.get(f"{URL}{organisation.slug}/").content.decode()
        for text in ("Castries, Saint Lucia", "Meters stand still", "Meters run", "Old Waterworks", "1,700.5 persons"):
            assert text in page
        for text in ("(2013)", "October 2007 – 2013", "Good Programme", "https://water.example", organisation.source):
            assert text in page
        assert '<span lang="fr">Une régie.</span>' in page

    def test_a_figure_without_a_year_says_so(self, client):
        organisation = factories.OrganisationFactory()
        indicator = Indicator.objects.get(code="employees")
        Figure.objects.create(organisation=organisation, indicator=indicator, value="7600", unit="persons")
        page = client.get(f"{URL}{organisation.slug}/").content.decode()
        assert "7,600 persons" in page
        assert "(year not stated)" in page

    def test_its_partnerships_stand_by_role_the_latest_start_first(self, client):
        organisation = factories.OrganisationFactory()
        for role, start in (
            (Role.FUNDER, "2001"),
            (Role.MENTEE, "2002"),
            (Role.LEAD_MENTOR, ""),
            (Role.MENTOR, "2004"),
        ):
            version = factories.published_version(starts_on=start)
            factories.InvolvementFactory(version=version, organisation=organisation, role=role)
        groups = client.get(f"{URL}{organisation.slug}/").context["groups"]
        assert [(group.title, group.count) for group in groups] == [
            ("As mentor", 2),
            ("As mentee", 1),
            ("As funder", 1),
        ]
        assert [entry.dates for entry in groups[0].entries] == ["from 2004", ""]

    def test_drafts_leave_no_trace(self, client):
        version = on_area(factories.draft_version(title="Secret plan"), "metering")
        response = client.get(f"{URL}{factories.mentor_of(version).slug}/")
        assert response.context["groups"] == response.context["strong_areas"] == []
        assert b"Secret" not in response.content

    def test_strong_areas_are_counted_where_it_mentors(self, client):
        version = on_area(on_area(factories.draft_version(), "metering"), "metering")
        mentor, mentee = factories.mentor_of(version), factories.mentee_of(version)
        perform(version, "load", by=None)
        areas = client.get(f"{URL}{mentor.slug}/").context["strong_areas"]
        assert [(area["label"], area["count"]) for area in areas] == [("Metering", 1)]
        assert client.get(areas[0]["url"]).context["sentence"].startswith("1 partnership")
        assert client.get(f"{URL}{mentee.slug}/").context["strong_areas"] == []

    @pytest.mark.parametrize("state", sorted(set(State) - {State.PUBLISHED, State.ARCHIVED}))
    def test_what_is_not_published_is_not_there(self, client, state):
        organisation = factories.OrganisationFactory(state=state)
        assert client.get(f"{URL}{organisation.slug}/").status_code == 404

    def test_what_is_archived_is_gone_with_its_reason_and_without_its_name(self, client):
        organisation = factories.OrganisationFactory(name="Merged Water", state=State.ARCHIVED)
        steps = {"action": "archive", "from_state": "published", "to_state": "archived", "revision": 2}
        ReviewEvent.objects.create(entry=organisation, comment="A double", **steps)
        response = client.get(f"{URL}{organisation.slug}/")
        assert response.status_code == 410
        assert b"A double" in response.content
        assert b"Merged Water" not in response.content

    def test_as_many_queries_for_thirty_partnerships_as_for_one(self, client):
        version = factories.published_version()
        organisation = factories.mentor_of(version)
        few = queries(client, f"{URL}{organisation.slug}/")
        everything_about(organisation)
        for _ in range(29):
            further = on_area(factories.draft_version(), "metering")
            Involvement.objects.filter(version=further, role=Role.MENTOR).update(organisation=organisation)
            perform(further, "load", by=None)
        assert queries(client, f"{URL}{organisation.slug}/") == few <= 17

    def test_nothing_can_be_posted(self, client):
        organisation = factories.OrganisationFactory()
        assert client.post(f"{URL}{organisation.slug}/").status_code == 405

    @pytest.mark.parametrize("language", ["en", "es", "fr", "pt"])
    def test_the_answer_is_the_same_for_everybody(self, client, language):
        organisation = factories.OrganisationFactory()
        for address in ("", f"{organisation.slug}/"):
            response = client.get(f"/{language}/operators/{address}")
            assert response.status_code == 200
            assert not response.cookies
            assert "Cookie" not in response.headers.get("Vary", "")


# --- the real register ----------------------------------------------------------------------------------------


class TestRegister(RegisterTestCase):
    def page(self, slug):
        return self.client.get(f"{URL}{slug}/")

    def test_operators_and_other_bodies_are_listed(self):
        response = self.client.get(URL)
        operators, others = files.number("operators"), files.number("organisations")
        assert response.context["sentence"] == f"{operators} operators"
        counted = [number for _code, _label, number, _on in response.context["groups"]]
        assert counted == [operators, others, operators + others]

    def test_every_organisation_has_a_page(self):
        for slug in Organisation.objects.values_list("slug", flat=True):
            assert self.page(slug).status_code == 200, slug

    def test_two_bodies_may_share_an_acronym(self):
        for acronym in ("WASCO", "NWSC"):
            assert len({line.url for line in self.client.get(URL, {"q": acronym}).context["lines"]}) >= 2
            assert Organisation.objects.filter(acronym=acronym).count() == 2

    def test_aysa_is_mentor_and_host_of_wop_lac(self):
        response = self.page("aysa")
        assert [(group.title, group.count) for group in response.context["groups"]] == [("As mentor", 2)]
        assert [(row["when"], row["in_a_word"]) for row in response.context["hosted"]] == [
            ("since August 2013", "hosts WOP-LAC")
        ]

    def test_a_group_holds_no_more_than_it_shows_and_leads_to_all(self):
        group = self.page("vei").context["groups"][0]
        number = sum("VEI Dutch Water Operators" in row["mentors"].split(";") for row in files.rows("partnerships"))
        assert (group.count, len(group.entries)) == (number, 12)
        assert self.client.get(group.url).context["sentence"] == f"{number} partnerships"

    def test_a_donor_shows_its_programmes(self):
        assert b"WaterWorX" in self.page("netherlands-ministry-of-foreign-affairs").content
