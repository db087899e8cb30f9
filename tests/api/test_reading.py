"""The addresses that everybody may read: what they find, what they refuse, what they cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnerships.models import NamedPlatform, NamedProgramme, Track
from platforms.models import Programme
from reviews.cloning import clone
from reviews.workflow import perform
from tests import factories
from tests.indexing import up_to_date
from vocabularies.models import ImprovementArea

pytestmark = pytest.mark.django_db
V1 = "/api/v1/"


def asked(client, path, question=None, **headers):
    return client.get(f"{V1}{path}", question or {}, headers=headers)


def references(answer):
    assert answer.status_code == 200, answer.json()
    return [row["reference"] for row in answer.json()["results"]]


def archived(version):
    reviewer = factories.SecretariatMemberFactory(platform=version.reviewing_platform).user
    return perform(version, "archive", by=reviewer, comment="Entered twice.")


# --- partnerships ---------------------------------------------------------------------------------------


def test_the_list_shows_what_is_published_and_nothing_else(client, version):
    factories.draft_version(title="A hidden draft")
    answer = asked(client, "partnerships/")
    assert references(answer) == [version.partnership.reference]
    assert answer.json()["count"] == 1
    assert "hidden" not in answer.content.decode()


@pytest.mark.parametrize(
    "question",
    [
        {"country": "LC"},
        {"country": "MQ", "role": "mentee"},
        {"q": "mentor"},
        {"status": "completed"},
        {"has_report": "yes"},
        {"platform": "none"},
        {"ordering": "title", "year_from": "2010"},
        {"view": "map"},
    ],
)
def test_a_question_finds_the_same_as_on_the_page(client, question):
    factories.published_version(starts_on="2012", ends_on="2014", title="B")
    factories.published_version(title="A", status="completed")
    factories.published_report(partnership=factories.published_version(title="C").partnership)
    page = client.get("/en/partnerships/", question)
    found = references(asked(client, "partnerships/", question))
    assert len(found) == page.context["page_obj"].paginator.count
    if question.get("view") != "map":  # it names pairs of countries and no entry
        assert found == [one.reference for one in page.context["entries"]]


def test_a_page_has_as_many_rows_as_asked_and_leads_to_the_next(client):
    for _number in range(3):
        factories.published_version()
    first = asked(client, "partnerships/", {"page_size": 2, "ordering": "reference"}).json()
    assert len(first["results"]) == 2
    assert first["previous"] is None
    second = client.get(first["next"]).json()
    assert (len(second["results"]), second["next"]) == (1, None)


@pytest.mark.parametrize("size", ["0", "101", "many", "-1"])
def test_a_page_of_another_size_is_refused(client, size):
    answer = asked(client, "partnerships/", {"page_size": size})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["page_size"])


def test_a_page_that_does_not_exist_is_refused(client):
    assert list(asked(client, "partnerships/", {"page": 7}).json()["errors"]) == ["page"]


def test_an_invalid_value_is_refused_with_the_words_of_the_page(client, version):
    answer = asked(client, "partnerships/", {"country": "XX", "year_from": "abc", "role": "king"})
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    errors = answer.json()["errors"]
    assert errors["country"] == ["“XX” is not known; a possible value is “LC”."]
    assert errors["year_from"] == ["Write a year, for example 2014."]
    assert errors["role"][0].startswith("“king” is not possible; possible are lead-mentor, mentor,")


@pytest.mark.parametrize("path", ["partnerships/", "reports/", "terms/", "areas/", "partnerships/WOP-0001/"])
def test_an_unknown_parameter_is_refused_and_told_what_there_is(client, version, path):
    answer = asked(client, path, {"contry": "LC"})
    assert answer.status_code == 400
    assert answer.json()["errors"]["contry"][0].startswith("“contry” is not possible; possible are ")
    assert "fields" in answer.json()["errors"]["contry"][0]


ODD = ["\x00", "1e400", "NaN", "Infinity", "'", "%", "\U0001f600", "9" * 400, "-1", "a,b"]


@pytest.mark.parametrize("name", ["q", "country", "organisation", "cost_max", "year_to", "page", "labels", "fields"])
def test_no_value_upsets_the_server(client, version, name):
    statuses = {value: asked(client, "partnerships/", {name: value}).status_code for value in ODD}
    assert set(statuses.values()) <= {200, 400}, statuses


def test_an_entry_stands_under_its_reference(client, version):
    answer = asked(client, f"partnerships/{version.partnership.reference}/")
    assert (answer.status_code, answer.json()["title"]) == (200, version.title)


@pytest.mark.parametrize("path", ["", "versions/", "versions/1/", "reports/"])
def test_what_is_archived_is_gone_everywhere_with_its_reason(client, version, path):
    reference = version.partnership.reference
    archived(version)
    answer = asked(client, f"partnerships/{reference}/{path}")
    assert answer.status_code == 410
    body = answer.json()
    assert (body["reference"], body["reason"], body["code"]) == (reference, "Entered twice.", "archived")
    assert body["archived_at"].startswith("20")
    assert version.title not in answer.content.decode()
    assert asked(client, "partnerships/").json()["count"] == 0


@pytest.mark.parametrize("path", ["", "versions/", "versions/1/", "reports/"])
def test_what_was_never_public_is_not_there(client, path):
    draft = factories.draft_version()
    assert asked(client, f"partnerships/{draft.partnership.reference}/{path}").status_code == 404
    assert asked(client, f"partnerships/WOP-9999/{path}").status_code == 404


def test_earlier_versions_stay_readable_and_drafts_are_none_of_them(client, version, author, reviewer):
    again = perform(clone(version, by=author, title="Second words"), "submit", by=author)
    perform(again, "publish", by=reviewer, revision=again.revision)
    clone(again, by=author, title="Third words, a draft")
    path = f"partnerships/{version.partnership.reference}/"
    versions = asked(client, f"{path}versions/").json()["results"]
    assert [(one["version"], one["is_present"], one["title"]) for one in versions] == [
        (2, True, "Second words"),
        (1, False, version.title),
    ]
    first = asked(client, f"{path}versions/1/").json()
    assert (first["title"], first["is_present"]) == (version.title, False)
    assert "reports" not in first
    assert asked(client, f"{path}versions/3/").status_code == 404


@pytest.mark.parametrize("number", [0, 2, 10**30])
def test_a_version_that_does_not_exist_is_not_there(client, version, number):
    assert asked(client, f"partnerships/{version.partnership.reference}/versions/{number}/").status_code == 404


# --- the other lists ------------------------------------------------------------------------------------


def test_an_organisation_is_found_by_key_and_by_address(client):
    factories.OrganisationFactory(key="a-key", slug="an-address", name="By key")
    for name in ("a-key", "an-address"):
        assert asked(client, f"organisations/{name}/").json()["name"] == "By key"
    factories.OrganisationFactory(key="an-address", slug="else", name="Another")
    assert asked(client, "organisations/an-address/").json()["name"] == "Another"


def test_organisations_are_those_of_the_page(client, version):
    factories.OrganisationFactory(kind="ngo")
    factories.OrganisationFactory(state="draft")
    for question in ({}, {"group": "all"}, {"role": "mentee"}, {"kind": "ngo"}):
        page = client.get("/en/operators/", question).context["page_obj"]
        rows = asked(client, "organisations/", question).json()["results"]
        assert [row["key"] for row in rows] == [one.key for one in page]


def test_an_archived_organisation_is_gone_and_an_unpublished_one_not_there(client):
    gone = factories.OrganisationFactory()
    perform(
        gone,
        "archive",
        by=factories.SecretariatMemberFactory(platform=factories.global_platform()).user,
        comment="Twice.",
    )
    answer = asked(client, f"organisations/{gone.key}/")
    assert (answer.status_code, answer.json()["reason"]) == (410, "Twice.")
    assert asked(client, f"organisations/{factories.OrganisationFactory(state='submitted').key}/").status_code == 404


def test_roles_are_counted_in_public_partnerships(client, version):
    mentor = factories.mentor_of(version)
    draft = factories.draft_version()
    factories.InvolvementFactory(version=draft, organisation=mentor, role="peer")
    roles = asked(client, f"organisations/{mentor.key}/").json()["roles"]
    assert roles == {"mentor": 1, "mentee": 0, "peer": 0, "partner": 0, "other": 0}


def test_platforms_and_programmes_count_what_is_public(client, version):
    platform, programme = factories.PlatformFactory(), Programme.objects.create(key="p", slug="p", name="P")
    for entry in (version, factories.draft_version()):
        NamedPlatform.objects.create(version=entry, platform=platform)
        NamedProgramme.objects.create(version=entry, programme=programme)
    assert asked(client, f"platforms/{platform.key}/").json()["counted"]["partnerships"] == 1
    assert asked(client, "programmes/p/").json()["partnership_count"] == 1


@pytest.mark.parametrize(
    "path",
    ["platforms/none/", "programmes/none/", "terms/activity/none/", "terms/none/other/", "countries/XX/", "areas/999/",
     "reports/999/", "reports/999/versions/", "organisations/none/", "nowhere/", "reports/99999999999999999999999/"],
)  # fmt: skip
def test_what_does_not_exist_is_answered_by_404(client, path):
    answer = asked(client, path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")


def test_terms_and_countries_are_filtered(client):
    assert {row["list"]["code"] for row in asked(client, "terms/?list=activity").json()["results"]} == {"activity"}
    caribbean = asked(client, "countries/?region=029&page_size=100").json()["results"]
    assert {"MQ", "LC"} <= {row["code"] for row in caribbean}
    assert "FR" not in {row["code"] for row in caribbean}


# --- reports --------------------------------------------------------------------------------------------


def test_reports_are_those_of_public_partnerships(client, version):
    report = factories.published_report(partnership=version.partnership)
    factories.ReportVersionFactory(partnership=version.partnership, period="2016")
    other = factories.published_report(partnership=factories.published_version().partnership, period="2014-H2")
    reference = version.partnership.reference
    assert {row["id"] for row in asked(client, "reports/").json()["results"]} == {report.report_id, other.report_id}
    for path in (f"reports/?partnership={reference}", "reports/?period=2015", f"partnerships/{reference}/reports/"):
        assert [row["id"] for row in asked(client, path).json()["results"]] == [report.report_id]
    archived(version)
    assert asked(client, f"reports/{report.report_id}/").status_code == 410
    assert [row["id"] for row in asked(client, "reports/").json()["results"]] == [other.report_id]


def test_a_question_about_reports_is_checked_too(client):
    answer = asked(client, "reports/", {"partnership": "WOP-9999", "kind": "none", "period": "last year"})
    assert set(answer.json()["errors"]) == {"partnership", "kind", "period"}


# --- manners --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["partnerships/WOP-0001/", "reports/", "terms/", "countries/LC/"])
def test_other_methods_are_refused_and_head_and_options_answered(client, version, path):
    for method in ("post", "put", "patch", "delete"):
        answer = getattr(client, method)(f"{V1}{path}")
        assert (answer.status_code, answer.headers["Content-Type"]) == (405, "application/problem+json")
        assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    head = client.head(f"{V1}{path}")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == client.get(f"{V1}{path}").headers["ETag"]
    assert client.options(f"{V1}{path}").status_code == 200


def test_another_format_is_refused(client, version):
    answer = asked(client, "partnerships/", accept="text/html")
    assert (answer.status_code, answer.headers["Content-Type"]) == (406, "application/problem+json")
    assert (
        asked(client, "partnerships/", accept="application/problem+json").headers["Content-Type"] == "application/json"
    )


def test_the_root_leads_to_every_list(client, version):
    for address in client.get(V1).json().values():
        assert client.get(address).status_code == 200


def test_people_who_are_signed_in_read_the_same(client, version, author):
    clone(version, by=author, title="Words of a draft")
    public = asked(client, f"partnerships/{version.partnership.reference}/")
    client.force_login(author)
    own = asked(client, f"partnerships/{version.partnership.reference}/")
    assert own.json() == public.json()
    assert own.headers["Cache-Control"] == "private, no-store"


# --- cost -----------------------------------------------------------------------------------------------


def filled(key):
    """A partnership on a track of its own with a platform, a programme and a report."""
    version = factories.draft_version()
    programme = Programme.objects.create(key=key, slug=key, name=key)
    NamedProgramme.objects.create(version=version, programme=programme)
    NamedPlatform.objects.create(version=version, platform=factories.PlatformFactory())
    Track.objects.create(version=version, area=ImprovementArea.objects.get(code="metering"))
    version = perform(version, "load", by=None)
    factories.published_report(partnership=version.partnership)
    return version


def queries(client, path):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(f"{V1}{path}").status_code == 200
    return len(captured)


MOST = {
    "partnerships/": 4,
    "partnerships/?country=LC&role=mentor&area=metering&q=helps&ordering=title": 5,
    "partnerships/?expand=tracks,results,reports,organisations,confirmation": 43,
    "reports/": 2,
    "reports/?expand=choices,supporters,organisations": 12,
    "organisations/?group=all": 3,
    "organisations/?expand=figures,needs,services,hosted_platforms": 8,
    "platforms/": 6,
    "platforms/?expand=hosts,areas,countries,children": 8,
    "programmes/": 3,
}


def test_a_list_costs_the_same_with_1_and_with_30_rows(client):
    filled("p")
    queries(client, "partnerships/")  # what a process looks up once
    up_to_date()
    one = {path: queries(client, path) for path in MOST}
    for number in range(29):
        filled(f"p{number}")
    up_to_date()
    assert {path: queries(client, f"{path}{'&' if '?' in path else '?'}page_size=50") for path in MOST} == one
    assert {path: cost for path, cost in one.items() if cost > MOST[path]} == {}


def test_an_entry_costs_the_same_however_much_it_holds(client):
    version = filled("p")
    path = f"partnerships/{version.partnership.reference}/?expand=reports,organisations"
    client.get(f"{V1}{path}")
    before = queries(client, path)
    for area in ImprovementArea.objects.all()[:20]:
        Track.objects.create(version=version, area=area, title=area.code)
        factories.InvolvementFactory(version=version, role="funder")
    factories.published_report(partnership=version.partnership, period="2016")
    assert queries(client, path) == before
