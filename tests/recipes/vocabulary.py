"""A new list and its entries: asked in a report, shown on its page, filtered by, told to programs."""

import pytest
from django.urls import reverse

from reports.services import start_report
from reviews.workflow import perform
from tests.reports.answering import now, section_url, send, term

CODE = "women-in-training"


@pytest.fixture
def report(client, version, author, reviewer):
    """A published report whose author chose the new answer on the page of the form."""
    draft = start_report(author, partnership=version.partnership, kind="periodic", period="2016")
    client.force_login(author)
    page = client.get(section_url(draft, "activities")).content.decode()
    assert "Measures for equal chances" in page
    assert "Places for women in trainings" in page
    send(client, draft, "rules", code_of_conduct="yes", formal_agreement="no")
    send(client, draft, "activities", equality=[term("equality", CODE).pk])
    submitted = perform(now(draft), "submit", by=author)
    report = perform(submitted, "publish", by=reviewer, revision=submitted.revision)
    client.logout()
    return report


def test_the_public_reads_the_answer_in_its_language_and_filters_by_it(client, report):
    page = client.get(f"/fr/reports/{report.report_id}/").content.decode()
    assert "Places pour les femmes dans les formations" in page
    reference = report.report.partnership.reference
    for code, number in ((CODE, 1), ("other", 0)):
        for entries in ("partnerships", "reports"):
            assert client.get(f"/api/v1/{entries}/", {"equality": code}).json()["count"] == number
        page = client.get("/en/partnerships/", {"equality": code}).content.decode()
        assert (reference in page) == bool(number)
        assert 'class="chip"' in page


def test_programs_find_the_list_and_the_answer(client, report):
    terms = client.get("/api/v1/terms/", {"list": "equality"}).json()["results"]
    assert [one["code"] for one in terms] == [CODE, "other"]
    chosen = client.get(reverse("api:report", args=[report.report_id])).json()["choices"]
    assert [(one["list"]["code"], one["term"]["code"]) for one in chosen] == [("equality", CODE)]


def test_a_new_entry_of_an_old_list_is_offered_too(client, version, author):
    draft = start_report(author, partnership=version.partnership, kind="periodic", period="2017")
    client.force_login(author)
    assert "Courses at a distance" in client.get(section_url(draft, "activities")).content.decode()
    assert client.get("/api/v1/terms/activity/distance-courses/").json()["label"] == "Courses at a distance"
    assert client.get("/api/v1/partnerships/", {"activity": "distance-courses"}).json()["count"] == 0
