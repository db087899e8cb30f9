"""What somebody is working on, and what waits for them, in lists."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partnerships.services import start_new_version
from reviews.services import actors_of
from reviews.workflow import perform
from tests import factories
from tests.api.writing import Program
from tests.reviews.moves import put_in


@pytest.fixture
def draft(version, author):
    return start_new_version(version.partnership, author)


@pytest.fixture
def report(version):
    return factories.ReportVersionFactory(partnership=version.partnership)


def titles(answer):
    return [line["title"] for line in answer.json()["results"]]


def test_drafts_are_those_that_somebody_may_open(client, draft, report, author, reviewer, stranger):
    address = reverse("api:drafts")
    lines = Program(client, author).get(address).json()["results"]
    assert [(line["entry"], line["report"]) for line in lines] == [("report", report.report_id), ("partnership", None)]
    assert [step["action"] for step in lines[1]["next_steps"]] == ["submit", "discard"]
    assert lines[1]["etag"] == f'"partnershipversion-{draft.pk}-{draft.revision}"'
    assert Program(client, reviewer).get(address).json()["count"] == 0
    perform(draft, "submit", by=author)
    assert Program(client, reviewer).get(address).json()["count"] == 1
    assert Program(client, stranger).get(address).json()["count"] == 0


@pytest.mark.parametrize(
    ("query", "count"), [("kind=report", 1), ("kind=partnership", 1), ("state=draft", 2), ("state=submitted", 0)]
)
def test_drafts_are_filtered(client, draft, report, author, query, count):
    assert Program(client, author).get(f"{reverse('api:drafts')}?{query}").json()["count"] == count


@pytest.mark.parametrize("name", ["drafts", "queue"])
@pytest.mark.parametrize("query", ["kind=diary", "colour=red", "page=99", "page_size=1000"])
def test_an_impossible_question_is_told(client, draft, author, reviewer, name, query):
    perform(draft, "submit", by=author)
    answer = Program(client, reviewer).get(f"{reverse(f'api:{name}')}?{query}")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [query.split("=")[0]])


def test_the_queue_is_for_secretariats(client, draft, author, reviewer, stranger):
    perform(draft, "submit", by=author)
    address = reverse("api:queue")
    for somebody in (author, stranger):
        assert Program(client, somebody).get(address).status_code == 403
    [line] = Program(client, reviewer).get(address).json()["results"]
    assert (line["entry"], line["reference"]) == ("partnership", draft.partnership.reference)
    assert line["submitted_by"] == str(author)
    assert [step["action"] for step in line["next_steps"]] == ["request_changes", "publish", "reject"]


def test_the_queue_needs_the_second_factor_where_it_is_required(client, draft, author, reviewer, settings):
    perform(draft, "submit", by=author)
    settings.SECOND_FACTOR_REQUIRED = True
    assert Program(client, reviewer).get(reverse("api:queue")).status_code == 403


def test_the_queue_says_who_may_not_decide(client, draft, author, reviewer):
    factories.OrganisationMemberFactory(organisation=factories.mentee_of(draft), user=reviewer)
    perform(draft, "submit", by=author)
    [line] = Program(client, reviewer).get(reverse("api:queue")).json()["results"]
    assert "takes part in it" in line["conflict"]
    assert not {"publish", "reject"} & {step["action"] for step in line["next_steps"]}


def test_a_narrow_token_sees_its_part_of_the_queue(client, draft, author, reviewer):
    perform(draft, "submit", by=author)
    platform = factories.SecretariatMemberFactory(user=reviewer).platform
    assert Program(client, reviewer, platform=platform).get(reverse("api:queue")).json()["count"] == 0
    wide = Program(client, reviewer, platform=draft.partnership.versions.first().reviewing_platform)
    assert wide.get(reverse("api:queue")).json()["count"] == 1


@pytest.mark.parametrize("name", ["drafts", "queue"])
def test_a_list_of_thirty_costs_as_many_queries_as_one_of_one(client, draft, report, author, reviewer, name):
    perform(draft, "submit", by=author)
    perform(report, "submit", by=author)
    program = Program(client, author if name == "drafts" else reviewer)
    address = f"{reverse(f'api:{name}')}?page_size=100"
    program.get(address)
    with CaptureQueriesContext(connection) as few:
        program.get(address)
    mentor = factories.mentor_of(draft)
    for _place in range(15):
        more = factories.draft_version()
        more.partnership.participants.update(organisation=mentor)
        put_in(more, "submitted")
        put_in(factories.ReportVersionFactory(partnership=factories.published_version(
            partnership__entered_by=None).partnership), "submitted")  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        answer = program.get(address)
    assert answer.json()["count"] > 15
    assert len(many) == len(few)


@pytest.mark.parametrize("state", ["draft", "submitted", "changes-requested", "published", "archived"])
def test_many_are_judged_as_one_is(draft, report, author, counterpart, reviewer, stranger, state):
    """Somebody of the secretariat who belongs to a party, and a plain reviewer."""
    conflicted = factories.SecretariatMemberFactory(platform=draft.partnership.versions.first().reviewing_platform).user
    factories.OrganisationMemberFactory(organisation=factories.mentee_of(draft), user=conflicted)
    if state in ("published", "archived"):
        put_in(draft.partnership.versions.get(number=1), "superseded")
    entries = [put_in(draft, state), put_in(report, state)]
    for person in (author, counterpart, reviewer, stranger, conflicted):
        found = actors_of(entries, person)
        assert found == {(type(entry), entry.pk): entry.roles_of(person) for entry in entries}, person
