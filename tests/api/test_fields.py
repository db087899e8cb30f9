"""Who asks for some properties gets these; who asks for more gets more."""

import pytest

from api.serializers.organisations import Organisation
from api.serializers.partnerships import Partnership
from api.serializers.reports import Report
from partnerships.models import Track
from reviews.workflow import perform
from tests import factories
from vocabularies.models import ImprovementArea

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(version):
    factories.published_report(partnership=version.partnership)
    return f"/api/v1/partnerships/{version.partnership.reference}/"


def first(client, question):
    return client.get("/api/v1/partnerships/", question).json()["results"][0]


def test_a_list_is_brief_and_a_detail_complete(client, path):
    assert list(first(client, {})) == [name for name in Partnership.properties() if name in Partnership.brief]
    assert list(client.get(path).json()) == Partnership.properties()


@pytest.mark.parametrize("words", ["title,tracks", " title , tracks,", "tracks,title,title"])
def test_only_the_properties_that_are_named_and_always_the_identity(client, path, words):
    assert list(client.get(path, {"fields": words}).json()) == ["reference", "title", "tracks"]
    assert list(first(client, {"fields": words})) == ["reference", "title", "tracks"]


def test_a_name_may_be_given_several_times(client, path):
    assert list(client.get(path, {"fields": ["title", "summary"]}).json()) == ["reference", "title", "summary"]


def test_nothing_named_means_the_usual(client, path):
    assert list(client.get(path, {"fields": ""}).json()) == Partnership.properties()


def test_more_is_added_to_a_list(client, path):
    row = first(client, {"expand": "tracks,confirmation"})
    assert set(row) == {*Partnership.brief, "tracks", "confirmation"}
    assert set(first(client, {"fields": "title", "expand": "tracks"})) == {"reference", "title", "tracks"}


def test_reports_are_named_and_with_expand_told_in_full(client, path):
    (named,) = client.get(path).json()["reports"]
    assert set(named) == set(Report.brief)
    for told in (client.get(path, {"expand": "reports"}).json(), first(client, {"expand": "reports"})):
        assert set(told["reports"][0]) == set(Report.properties())


def test_organisations_are_named_and_with_expand_told_in_more_words(client, path):
    named = client.get(path).json()["involvements"][0]["organisation"]
    assert "figures" not in named
    for told in (client.get(path, {"expand": "organisations"}).json(), first(client, {"expand": "organisations"})):
        assert {"figures", "services", "city", "kind"} <= set(told["involvements"][0]["organisation"])


def test_reports_and_organisations_work_the_same_way(client, path):
    row = client.get("/api/v1/reports/", {"fields": "period,choices"}).json()["results"][0]
    assert set(row) == {"id", "period", "choices"}
    row = client.get("/api/v1/organisations/", {"expand": "needs"}).json()["results"][0]
    assert set(row) == {*Organisation.brief, "needs"}


def test_an_unknown_name_is_refused_and_told_what_is_possible(client, path):
    answer = client.get(path, {"fields": "title,secret", "expand": "mystery"})
    assert answer.status_code == 400
    errors = answer.json()["errors"]
    assert errors["fields"][0].startswith("“secret” is not possible; possible are reference, version,")
    assert ", version_api_url, " in errors["expand"][0]
    assert errors["expand"][0].endswith(", organisations.")


def test_what_would_cost_a_list_too_much_is_only_told_of_one(client, db):
    organisation = factories.OrganisationFactory()
    assert client.get("/api/v1/organisations/", {"fields": "strong_areas"}).status_code == 400
    one = client.get(f"/api/v1/organisations/{organisation.key}/", {"fields": "strong_areas"})
    assert one.json() == {"key": organisation.key, "strong_areas": []}


def test_strong_areas_have_a_code_a_label_and_how_many_partnerships_are_on_them(client, db):
    version = factories.draft_version()
    Track.objects.create(version=version, area=ImprovementArea.objects.get(code="metering"))
    mentor = factories.mentor_of(perform(version, "load", by=None))
    one = client.get(f"/api/v1/organisations/{mentor.key}/", {"fields": "strong_areas"})
    assert one.json()["strong_areas"] == [{"code": "metering", "label": "Metering", "partnerships": 1}]


def test_earlier_versions_do_not_say_what_stood_beside_them(client, path):
    assert client.get(f"{path}versions/1/", {"fields": "reports"}).status_code == 400
