"""One box for everything: what is found stands by kind, says why, and helps where there is nothing."""

import pytest
from django.utils.html import strip_tags

from operators.models import FormerName
from reviews.workflow import perform
from tests import factories
from tests.indexing import up_to_date
from vocabularies.models import SynonymSet

pytestmark = pytest.mark.django_db
SUGGEST = "/en/search/suggestions/"


def named(organisation, name, acronym, country):
    organisation.name, organisation.acronym, organisation.country_id = name, acronym, country
    organisation.save()


@pytest.fixture
def register():
    """A WOP between operators in Morocco and Kenya, with what else a search may find."""
    version = factories.published_version(title="Two offices", summary="Less non-revenue water & fewer bursts")
    mentor = factories.mentor_of(version)
    named(mentor, "Office of Water", "ONEE", "MA")
    named(factories.mentee_of(version), "Kisumu Water", "KIWASCO", "KE")
    FormerName.objects.create(organisation=mentor, name="Office before", acronym="ONEP")
    for language, words in (("en", "non-revenue water; NRW"), ("es", "agua no contabilizada")):
        SynonymSet.objects.create(code="nrw", language=language, words=words)
    return version


def page(client, language="en", **question):
    return client.get(f"/{language}/search/", question)


def words(response):
    return " ".join(strip_tags(response.content.decode()).split())


def counts(response):
    return [count for _label, count, _query, _shown in response.context["tabs"]]


def test_each_kind_is_counted_and_the_first_with_hits_is_shown(client, register):
    assert counts(page(client, q="ONEE")) == [1, 1, 0, 0]
    assert page(client, q="Office", kind="organisations").context["lines"][0].url.startswith("/en/operators/")
    factories.published_report(partnership=register.partnership, overall_results="Zebra crossings")
    assert counts(page(client, q="zebras"))[3] == 1
    factories.PlatformFactory(name="Gamma platform", acronym="", countries=["KE"])
    assert page(client, q="gamma").context["kind"] == "platforms"
    assert counts(page(client, "fr", q="Afrique orientale", kind="platforms"))[2] == 1


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("NRW", "means the same as “NRW”"),
        ("onep", "Former name: Office before (<mark>ONEP</mark>)"),
        ("Afrique", "Place: <mark>Afrique</mark>"),
        ("bursts", "&amp; fewer <mark>bursts</mark>"),
        ("kisumu", "<mark>Kisumu</mark> Water"),
    ],
)
def test_what_was_found_is_marked_or_explained(client, register, question, told):
    assert told in page(client, q=question).content.decode()


def test_a_mistake_is_put_right_with_a_way_to_insist(client, register):
    response = page(client, q="Kiwasko")
    assert "Showing Kiwasco; search instead for Kiwasko" in words(response)
    assert counts(response) == [1, 1, 0, 0]
    insisting = client.get(f"/en/search/?{response.context['insisting']}")
    assert counts(insisting) == [0, 0, 0, 0]
    assert "Did you mean: Kiwasco" in words(insisting)
    assert page(client, q="nrw").context["question"].corrected is None


def test_where_nothing_is_found_the_page_says_what_is_there(client, register):
    response = page(client, q="kisumu blorptang")
    told = words(response)
    assert "No entry has: blorptang" in told
    assert "Only “kisumu” (1)" in told
    assert "Tell me when there is one" in told
    assert "Partnerships (1)" in words(page(client, q="ONEE", kind="reports"))


def test_an_edited_synonym_counts_at_once(client, register):
    assert counts(page(client, q="lost water")) == [0, 0, 0, 0]
    synonyms = SynonymSet.objects.get(language="en")
    synonyms.words += "; lost water"
    synonyms.save()
    assert counts(page(client, q="lost water"))[0] == 1


def test_what_is_archived_is_neither_found_nor_guessed_nor_suggested(client, register):
    assert page(client, q="burst").context["question"].corrected is None
    reviewer = factories.SecretariatMemberFactory(platform=register.reviewing_platform).user
    perform(register, "archive", by=reviewer, comment="Wrong")
    response = page(client, q="bursst")
    assert counts(response) == [0, 0, 0, 0]
    assert response.context["question"].corrected is None
    assert client.get(SUGGEST, {"q": "kis"}).json()["groups"][1:] == []


@pytest.mark.parametrize(
    ("question", "status"), [({"kind": "people"}, 400), ({"q": "x" * 201}, 400), ({"page": "7"}, 400)]
)
def test_a_wrong_question_is_answered_by_what_is_wrong(client, register, question, status):
    response = page(client, **({"q": "ONEE"} | question))
    assert response.status_code == status
    assert response.context["problems"]
    assert response.context["lines"] == []


def test_no_question_shows_how_to_ask(client, register):
    for text in ("", "?!"):
        assert "Caribbean" in words(page(client, q=text))


def test_signs_mean_nothing(client, register):
    for text in ('"onee" AND (x', "title:onee", "onee*", "onee -kisumu", "'; DROP TABLE", "<b>onee</b>"):
        assert page(client, q=text).status_code == 200
    assert "<b>onee</b>" not in page(client, q="<b>onee</b>").content.decode()


def test_suggestions_stand_in_groups_and_lead_somewhere(client, register):
    groups = client.get(SUGGEST, {"q": "office of wa"}).json()["groups"]
    assert [(group["label"], [item["text"] for item in group["items"]]) for group in groups] == [
        ("Organisations", ["ONEE"]),
    ]
    groups = client.get(SUGGEST, {"q": "ken"}).json()["groups"]
    assert [(group["label"], group["items"][0]["text"]) for group in groups] == [("Countries", "Kenya")]
    for text in ("kiw", "mete", "nrw", "ke"):
        for group in client.get(SUGGEST, {"q": text}).json()["groups"]:
            for item in group["items"]:
                assert client.get(item["url"]).status_code == 200, item
    assert client.get(SUGGEST, {"q": "k"}).json() == client.get(SUGGEST).json() == {"groups": []}


def test_more_hits_cost_no_more_queries(client, register, django_assert_num_queries):
    page(client, q="water")
    for _number in range(3):
        factories.published_version(summary="Water again")
    up_to_date()
    page(client, q="water")
    with django_assert_num_queries(QUERIES):
        response = page(client, q="water")
    assert counts(response)[0] == 4
    with django_assert_num_queries(SUGGESTED):
        client.get(SUGGEST, {"q": "wa"})


QUERIES = 7
SUGGESTED = 4
