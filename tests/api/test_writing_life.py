"""The whole life of a partnership and of a report, by programs alone."""

import pytest
from django.urls import reverse

from partnerships.models import PartnershipVersion
from reports.models import ReportVersion
from tests import factories, sample_files
from tests.api.writing import Program
from vocabularies.models import Term

TITLE = "SICSM – WASCO, by a program"


@pytest.fixture
def world(client, db):
    """Programs of a mentor, a mentee and a secretariat, with nothing begun."""
    mentor, mentee = factories.OrganisationFactory(country_id="MQ"), factories.OrganisationFactory(country_id="LC")
    people = [factories.OrganisationMemberFactory(organisation=one).user for one in (mentor, mentee)]
    people.append(factories.SecretariatMemberFactory(platform=factories.global_platform()).user)
    programs = [Program(client, person) for person in people]
    return mentor, mentee, *programs


@pytest.mark.parametrize(
    ("sent", "asked", "language"), [({"language": "fr"}, "es", "fr"), ({}, "pt", "pt"), ({}, "de", "en")]
)
def test_what_is_begun_is_in_the_language_that_is_sent_or_else_asked_for(world, sent, asked, language):
    mentor, _mentee, author, *_others = world
    new = {"organisation": mentor.key, "role": "mentor", "title": TITLE} | sent
    begun = author.post(reverse("api:partnerships"), new, match=None, accept_language=asked)
    assert (begun.status_code, begun.json()["language"]) == (201, language)
    address = reverse("api:partnership-reports", args=[begun.json()["reference"]])
    report = author.post(address, {"kind": "final"} | sent, match=None, accept_language=asked)
    assert (report.status_code, report.json()["language"]) == (201, language)


def test_a_partnership_lives_by_programs_alone(world, client):
    mentor, mentee, author, counterpart, reviewer = world
    begun = author.post(
        reverse("api:partnerships"), {"organisation": mentor.key, "role": "mentor", "title": TITLE}, match=None
    )
    assert begun.status_code == 201, begun.content
    draft = begun.headers["Location"].removeprefix("http://testserver")
    base = draft.removesuffix("draft/")
    assert begun.json()["state"]["code"] == "draft"
    assert [gap["name"] for gap in begun.json()["missing"]] == ["summary", "involvements"]
    [row] = begun.json()["involvements"]
    stale = author.tag
    changed = author.patch(
        draft,
        {
            "summary": "Less water is lost.",
            "involvements": [{"key": row["key"]}, {"organisation": mentee.key, "role": "mentee"}],
            "tracks": [{"key": "11111111-2222-4333-8444-555555555555", "area": "metering", "title": "Meters"}],
            "results": [{"track": "11111111-2222-4333-8444-555555555555", "latest": 33.5, "unit": "%"}],
            "unanswered": {"approach": "not-yet"},
        },
    )
    assert changed.status_code == 200, changed.content
    assert changed.json()["missing"] == []
    assert [step["action"] for step in changed.json()["next_steps"]] == ["submit", "discard"]
    assert changed.json()["results"][0]["latest"] == "33.5"

    lost = author.patch(draft, {"title": "Mine"}, match=stale)
    assert (lost.status_code, lost.json()["code"]) == (412, "stale")
    assert author.patch(draft, {"title": "Mine"}, match=None).status_code == 428
    assert author.get(draft).json()["title"] == TITLE

    fields = {"file": sample_files.upload("slides.pdf", sample_files.of_kind("pdf")), "description": "Slides"}
    attached = author.upload(f"{draft}attachments/", fields)
    assert attached.status_code == 201, attached.content
    content = author.get(attached.json()["file"]["content_url"].removeprefix("http://testserver"))
    assert b"".join(content.streaming_content) == sample_files.of_kind("pdf")

    author.get(draft)
    assert counterpart.get(draft).status_code == 404
    submitted = author.step(base, "submit")
    assert (submitted.status_code, submitted.json()["state"]["code"]) == (200, "submitted")
    assert [step["action"] for step in submitted.json()["next_steps"]] == ["withdraw"]
    assert client.get(base).status_code == 404

    asked = counterpart.get(f"{draft}confirmation/")
    assert (asked.json()["mine"], asked.json()["is_open"]) == ([mentee.key], True)
    answered = counterpart.post(f"{draft}confirmation/", {"answer": "confirms"})
    assert answered.status_code == 200, answered.content
    assert {one["organisation"] for one in answered.json()["answers"]} == {mentor.key, mentee.key}

    [waiting] = reviewer.get(reverse("api:queue")).json()["results"]
    assert (waiting["title"], waiting["confirmed"]) == (TITLE, 2)
    assert [step["action"] for step in waiting["next_steps"]] == ["request_changes", "publish", "reject"]
    remark = {"text": "Which source?", "field": "summary"}
    thread = reviewer.post(f"{draft}comments/", remark)
    assert (thread.status_code, thread.json()["place"]) == (201, "Summary")
    reviewer.tag = waiting["etag"]
    assert reviewer.step(base, "request_changes").json()["errors"] == {"comment": ["Say why."]}
    sent_back = reviewer.step(base, "request_changes", "Name the source.")
    assert sent_back.json()["state"]["code"] == "changes-requested"

    author.get(draft)
    mended = author.patch(draft, {"sources": [{"title": "The yearbook", "url": "https://yearbook.example/"}]})
    assert mended.status_code == 200, mended.content
    reply = author.post(f"{draft}comments/", {"text": "The yearbook.", "answers": thread.json()["id"]})
    assert [one["text"] for one in reply.json()["replies"]] == ["The yearbook."]
    assert author.post(f"{draft}comments/{thread.json()['id']}/resolve/").json()["resolved_at"]
    author.get(draft)
    assert author.step(base, "submit").status_code == 200
    reviewer.get(draft)
    published = reviewer.step(base, "publish")
    assert (published.status_code, published.json()["state"]["code"]) == (200, "published")
    assert client.get(base).json()["title"] == TITLE
    assert author.get(draft).status_code == 404
    assert PartnershipVersion.objects.published().get().title == TITLE


def test_a_report_lives_by_programs_alone(world, client):
    mentor, mentee, author, counterpart, reviewer = world
    version = factories.draft_version()
    for row, organisation in zip(version.involvements.all(), (mentor, mentee), strict=True):
        type(row).objects.filter(pk=row.pk).update(organisation=organisation)
    version.tracks.create(title="Meters", description="In every house")
    version.partnership.participants.update(organisation=mentor)
    version = factories.perform(version, "load", by=None)
    begun = author.post(
        reverse("api:partnership-reports", args=[version.partnership.reference]),
        {"kind": "periodic", "period": "2016-h1"},
        match=None,
    )
    assert begun.status_code == 201, begun.content
    assert (begun.json()["kind"]["code"], begun.json()["period"]) == ("periodic", "2016-H1")
    [result] = begun.json()["results"]
    assert result["track_title"] == "Meters"
    draft = begun.headers["Location"].removeprefix("http://testserver")
    base = draft.removesuffix("draft/")
    wrong = author.patch(draft, {"activity": [{"code": "other", "explanation": ""}]})
    assert wrong.json()["errors"] == {"activity-0-explanation": ["Say which."]}
    changed = author.patch(
        draft,
        {
            "code_of_conduct": "dont-know",
            "formal_agreement": "yes",
            "activity": [
                {"code": Term.objects.of("activity").first().code},
                {"code": "other", "explanation": "A game"},
            ],
            "results": [{"key": result["key"], "text": "Half of the houses"}],
        },
    )
    assert changed.status_code == 200, changed.content
    assert changed.json()["missing"] == []
    assert [one["explanation"] for one in changed.json()["activity"]] == ["", "A game"]
    assert author.step(base, "submit").status_code == 200
    counterpart.get(f"{draft}confirmation/")
    told = {"answer": "differs", "text": "All houses."}
    assert counterpart.post(f"{draft}confirmation/", told).json()["answers"][-1]["text"] == "All houses."
    reviewer.get(draft)
    assert reviewer.step(base, "publish").json()["state"]["code"] == "published"
    assert client.get(base).status_code == 200
    assert ReportVersion.objects.published().count() == 1
