"""The directory page: counts, facets, views, pages, errors."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.wording import areas_of
from partnerships.models import NamedPlatform, NamedProgramme, Track
from platforms.models import Programme
from reviews.workflow import perform
from tests import factories
from tests.indexing import up_to_date
from vocabularies.models import Country, ImprovementArea

pytestmark = pytest.mark.django_db
URL = "/en/partnerships/"


def facet(response, name):
    """{value: count} of one facet of the page."""
    found = next(facet for facet in response.context["facets"] if facet.name == name)
    return {option.value: option.count for option in found.options}


def about(version, *codes):
    for code in codes:
        Track.objects.create(version=version, area=ImprovementArea.objects.get(code=code))
    return version


def test_it_lists_what_is_published_and_says_how_many(client):
    factories.published_version(title="Shown")
    factories.draft_version(title="Hidden draft")
    response = client.get(URL)
    assert response.context["sentence"] == "1 partnership"
    assert b"Hidden draft" not in response.content


def test_the_sentence_tells_what_was_asked(client):
    perform(about(factories.draft_version(), "non-revenue-water"), "load", by=None)
    response = client.get(URL, {"area": "non-revenue-water", "country": ["LC", "MQ"], "q": "mentor"})
    places = "with a mentor, mentee, peer or partner from Saint Lucia or Martinique"
    assert response.context["sentence"] == f"1 partnership on non-revenue water {places} for “mentor”"


@pytest.mark.parametrize(
    ("roles", "words"),
    [
        ([], "with a mentor, mentee, peer or partner from Kenya"),
        (["mentee"], "in Kenya"),
        (["mentor"], "with a partner from Kenya as mentor"),
        (["mentor", "mentee"], "with a partner from Kenya as mentor or mentee"),
        (["partner"], "with a partner from Kenya as partner"),
        (["funder"], "with a partner from Kenya as funder"),
    ],
)
def test_the_sentence_says_what_of_an_entry_is_in_the_place(client, roles, words):
    response = client.get(URL, {"country": "KE", "role": roles})
    assert response.context["sentence"] == f"0 partnerships {words}"


def test_the_place_of_the_work_stands_in_the_line_of_the_list_and_is_cut_there(client):
    factories.published_version(place="Castries, northern zone")
    factories.published_version(place="Zone " * 40)
    facts = [entry.facts[0] for entry in client.get(URL).context["entries"]]
    assert "Castries, northern zone" in facts
    assert max(len(fact) for fact in facts) == 80


def test_who_asks_for_a_place_is_offered_the_roles_of_those_who_are_there(client):
    factories.published_version(title="Helped there", mentor_in="NG", mentee_in="KE")
    factories.published_version(title="Helps elsewhere", mentor_in="KE", mentee_in="NG")
    factories.published_version(title="Helps at home", mentor_in="KE", mentee_in="KE")
    response = client.get(URL, {"country": "KE", "view": "table"})
    offered = {role["label"]: role for role in response.context["sharper"]}
    assert {label: role["count"] for label, role in offered.items()} == {"Mentor": 2, "Mentee": 2}
    assert f"?{offered['Mentee']['query'].replace('&', '&amp;')}" in response.text
    sharper = client.get(f"{URL}?{offered['Mentee']['query']}")
    assert {entry.title for entry in sharper.context["entries"]} == {"Helped there", "Helps at home"}
    assert (sharper.context["sharper"], sharper.context["view"]) == ([], "table")
    assert client.get(URL).context["sharper"] == client.get(URL, {"country": "XX"}).context["sharper"] == []


@pytest.mark.parametrize("address", ["partnerships/", "operators/", "operators/helper/"])
def test_what_has_an_english_name_alone_has_no_empty_line(client, address):
    area = ImprovementArea.objects.create(code="newest", label_en="The newest")
    Country.objects.filter(pk="LC").update(name_es="", name_fr="", name_pt="")
    version = factories.draft_version(mentor_in="LC")
    version.involvements.filter(role="mentor").update(organisation=factories.OrganisationFactory(key="helper"))
    Track.objects.create(version=version, area=area)
    perform(version, "load", by=None)
    context = client.get(f"/es/{address}").context
    labels = [option.label for facet in context.get("facets", []) for option in facet.options]
    areas = [area["label"] for area in context.get("strong_areas", [])]
    assert "The newest" in labels + areas
    assert "" not in labels + areas
    if address == "partnerships/":
        assert "Saint Lucia" in labels
        assert [end.title for end in context["map"].ends] == ["Saint Lucia"]


def test_an_invalid_value_answers_400_with_its_words_and_no_rows(client, version):
    response = client.get(URL, {"country": "XX", "year_from": "abc"})
    assert response.status_code == 400
    texts = [problem["text"] for problem in response.context["problems"]]
    assert texts == [
        "Country: “XX” is not known; a possible value is “LC”.",
        "Years it ran, from: Write a year, for example 2014.",
    ]
    assert response.context["sentence"] == "No result"
    assert response.context["problems"][0]["remove_url"] == "?year_from=abc"
    assert response.context["entries"] == []
    assert b'value="abc"' in response.content


def test_mending_one_value_in_the_form_loses_nothing_else(client, version):
    question = {"region": "lac", "role": ["mentor", "mentee"], "country": "XX", "year_from": "abc", "view": "table"}
    kept = client.get(URL, question).context["kept"]
    assert sorted(kept) == [("region", "lac"), ("role", "mentee"), ("role", "mentor"), ("view", "table")]


def test_what_no_field_shows_goes_along_unseen_and_nothing_twice(client, version):
    question = {"region": "lac", "organisation": factories.mentor_of(version).key, "view": "map", "q": "mentor"}
    kept = client.get(URL, question).context["kept"]
    assert sorted(kept) == [("organisation", question["organisation"]), ("view", "map")]


@pytest.mark.parametrize("page", ["0", "2", "-1", "x"])
def test_a_page_that_is_not_there_is_an_error(client, version, page):
    response = client.get(URL, {"page": page})
    assert response.status_code == 400
    assert "there is 1" in response.context["problems"][0]["text"]


def test_facets_count_what_ticking_a_further_value_would_add(client):
    factories.published_version(mentor_in="MQ", mentee_in="LC")
    factories.published_version(mentor_in="KE", mentee_in="UG")
    response = client.get(URL, {"region": "lac"})
    assert facet(response, "region") == {"lac": 1, "africa": 1}
    assert facet(response, "country") == {"LC": 1, "MQ": 1}


def test_facets_of_place_count_the_role_that_was_asked_for(client):
    factories.published_version(mentor_in="FR", mentee_in="LC")
    assert facet(client.get(URL, {"role": "mentee"}), "country") == {"LC": 1}


def test_facets_that_a_filter_declares_count_each_entry_once_and_stand_before_the_country(client):
    blue, green = (Programme.objects.create(key=key, slug=key, name=key.title()) for key in ("blue", "green"))
    both = factories.published_version(status="completed", starts_on="2013", ends_on="2015")
    for programme in (blue, green):
        NamedProgramme.objects.create(version=both, programme=programme)
    for code in ("non-revenue-water", "metering"):
        about(both, code)
    one = factories.published_version(status="completed", starts_on="2014", ends_on="2016")
    NamedProgramme.objects.create(version=one, programme=green)
    page = client.get(URL, {"programme": "blue", "area": ["non-revenue-water", "metering"]})
    assert facet(page, "programme") == {"blue": 1, "green": 1}
    assert facet(page, "status") == {"completed": 1}
    page = client.get(URL)
    assert facet(page, "programme") == {"blue": 1, "green": 2}
    assert facet(page, "status") == {"completed": 2}
    legends = [found.legend for found in page.context["facets"]]
    leading, declared = legends[:4], legends[4:-1]
    assert leading == ["Region", "Improvement area", "Role", "Platform"]
    assert {"Programme", "Status", "Language of the entry", "Activity", "Type of support"} <= set(declared)
    assert legends[-1] == "Country"


def test_roles_are_counted_where_place_and_organisation_match(client):
    version = factories.draft_version(mentor_in="DE", mentee_in="LC")
    funder = factories.OrganisationFactory(country_id="DE")
    factories.InvolvementFactory(version=version, organisation=funder, role="funder")
    perform(version, "load", by=None)
    assert facet(client.get(URL), "role") == {"mentor": 1, "mentee": 1, "funder": 1}
    assert facet(client.get(URL, {"country": "DE"}), "role") == {"mentor": 1, "funder": 1}
    page = client.get(URL, {"organisation": funder.key, "role": "funder"})
    assert facet(page, "role") == {"funder": 1}
    assert page.context["facets"][2].legend == f"Role of {funder.name}"


def test_each_count_of_a_facet_is_what_its_filter_finds(client):
    parent = factories.PlatformFactory()
    children = [factories.PlatformFactory(parent=parent, level="national") for _ in range(2)]
    version = about(factories.draft_version(), "metering", "communication")
    for child in children:
        NamedPlatform.objects.create(version=version, platform=child)
    perform(version, "load", by=None)
    factories.published_version(mentor_in="FR", status="completed")
    page = client.get(URL)
    assert facet(page, "platform") == {parent.key: 1, children[0].key: 1, children[1].key: 1, "none": 1}
    for name in ("region", "area", "platform", "status", "country", "role"):
        for value, count in facet(page, name).items():
            assert len(client.get(URL, {name: value}).context["entries"]) == count, (name, value)


def test_a_chosen_value_without_rows_stays_to_be_taken_away(client, version):
    response = client.get(URL, {"country": ["JP"], "status": "completed"})
    assert facet(response, "country") == {"JP": 0}
    assert [chip["label"] for chip in response.context["chips"]] == ["Japan", "Completed"]
    assert response.context["chips"][0]["remove_url"] == "?status=completed"
    assert b"No partnership matches all of this" in response.content


@pytest.mark.parametrize("view", ["list", "map", "table"])
def test_every_view_shows_the_same_set(client, version, view):
    response = client.get(URL, {"view": view})
    assert version.partnership.reference.encode() in response.content


@pytest.mark.parametrize("view", ["list", "map", "table"])
@pytest.mark.parametrize("question", [{}, {"country": ["LC", "MQ"], "area": "metering", "q": "helps"}])
def test_one_and_thirty_rows_cost_the_same_few_queries(client, view, question):
    def queries():
        up_to_date()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(URL, question | {"view": view}).status_code == 200
        return len(captured)

    perform(about(factories.draft_version(), "metering"), "load", by=None)
    queries()
    few = queries()
    for _ in range(29):
        perform(about(factories.draft_version(), "metering"), "load", by=None)
    assert queries() == few <= 13


def test_thirty_entries_stand_on_two_pages_that_keep_the_question(client):
    for _ in range(21):
        factories.published_version()
    response = client.get(URL, {"country": "LC"})
    assert len(response.context["entries"]) == 20
    assert b"country=LC&amp;page=2" in response.content
    assert len(client.get(URL, {"country": "LC", "page": 2}).context["entries"]) == 1


def test_unknown_cost_is_not_known_and_never_nought(client, version):
    response = client.get(URL, {"view": "table"})
    assert b"not known" in response.content
    assert b"USD 0" not in response.content


def test_anonymous_readers_get_no_cookie_and_one_answer_for_all(client, version):
    response = client.get(URL)
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


def test_only_reading_is_possible(client):
    assert client.post(URL).status_code == 405


def test_words_of_an_entry_say_their_language_where_the_page_has_another(client):
    factories.published_version(summary="Two towns share a laboratory.", language="en")
    words = "Two towns share a laboratory."
    assert f'<span lang="en">{words}</span>' in client.get("/es/partnerships/").content.decode()
    assert f'<p class="entry-summary">{words}</p>' in client.get("/en/partnerships/").content.decode()


def test_the_area_other_says_least_and_stands_last():
    version = factories.published_version()
    for place, code in enumerate(("other", "metering")):
        Track.objects.create(version=version, area=ImprovementArea.objects.get(code=code), title=code, position=place)
    assert [area.code for area in areas_of(version)][-2:] == ["metering", "other"]
