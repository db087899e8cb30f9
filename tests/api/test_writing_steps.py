"""Steps, remarks, answers and hands through the API."""

import pytest

from partnerships.services import start_new_version
from reviews.states import TRANSITIONS, Actor
from reviews.workflow import available, perform
from tests import factories
from tests.api.writing import Program, base_of
from tests.reviews.moves import put_in


@pytest.fixture
def draft(version, author):
    return start_new_version(version.partnership, author)


@pytest.fixture
def submitted(draft, author):
    return perform(draft, "submit", by=author)


def read_by(client, person, version, rest="draft/"):
    """A program of ``person`` that has read the entry."""
    program = Program(client, person)
    assert program.get(base_of(version) + rest).status_code == 200
    return program


# --- steps ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("action", ["withdraw", "publish", "request_changes", "reject", "restore"])
def test_an_impossible_step_is_a_conflict(client, draft, author, reviewer, action):
    program = Program(client, author if Actor.AUTHOR in TRANSITIONS[action].actors else reviewer)
    program.tag = program.get(f"{base_of(draft)}transitions/").json()[0]["etag"]
    answer = program.step(base_of(draft), action, "Because.")
    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")


def test_a_decision_on_what_is_decided_is_a_conflict(client, submitted, reviewer):
    program = read_by(client, reviewer, submitted)
    assert program.step(base_of(submitted), "publish").status_code == 200
    answer = program.step(base_of(submitted), "reject", "Late.")
    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")


def test_a_decision_on_words_that_have_changed_is_refused(client, submitted, author, reviewer):
    program = read_by(client, reviewer, submitted)
    perform(submitted, "withdraw", by=author)
    again = type(submitted).objects.get(pk=submitted.pk)
    perform(again, "submit", by=author)
    answer = program.step(base_of(submitted), "publish")
    assert (answer.status_code, answer.json()["code"]) == (412, "stale")


@pytest.mark.parametrize("action", ["publish", "request_changes", "reject"])
def test_authors_do_not_decide(client, submitted, author, action):
    answer = read_by(client, author, submitted).step(base_of(submitted), action, "Because.")
    assert answer.status_code == 403


@pytest.mark.parametrize("action", ["admit", "load", "supersede", "nonsense"])
def test_only_steps_that_people_take_are_there(client, draft, author, action):
    assert read_by(client, author, draft).step(base_of(draft), action).status_code == 404


def test_a_misspelt_step_is_told_which_steps_there_are(client, draft, author):
    answer = read_by(client, author, draft).step(base_of(draft), "sumbit")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert answer.json()["detail"].startswith("“sumbit” is not possible; possible are submit, ")
    assert "supersede" not in answer.json()["detail"]


@pytest.mark.django_db
def test_of_an_entry_that_may_not_be_seen_no_steps_are_told(client):
    unpublished, stranger = factories.draft_version(), Program(client, factories.UserFactory())
    answers = [stranger.step(base_of(unpublished), action) for action in ("sumbit", "submit")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].json() == answers[1].json()


def test_a_step_needs_if_match(client, draft, author):
    program = Program(client, author)
    assert program.step(base_of(draft), "submit").status_code == 428


def test_what_is_missing_is_told_by_field(client, version, author):
    organisation = factories.mentor_of(version)
    program = Program(client, author)
    begun = program.post("/api/v1/partnerships/", {"organisation": organisation.key, "role": "mentor"}).json()
    answer = program.step(f"/api/v1/partnerships/{begun['reference']}/", "submit")
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == {gap["name"] for gap in begun["missing"]}


def test_what_is_public_is_archived_and_restored(client, version, reviewer):
    program = Program(client, reviewer)
    base = base_of(version)
    [standing] = program.get(f"{base}transitions/").json()
    assert [step["action"] for step in standing["next_steps"]] == ["archive"]
    assert standing["next_steps"][0]["needs_comment"] is True
    program.tag = standing["etag"]
    assert program.step(base, "archive", "It never took place.").json()["state"]["code"] == "archived"
    assert client.get(base).status_code == 410
    assert program.step(base, "restore", "It did.").json()["state"]["code"] == "published"
    assert client.get(base).status_code == 200


@pytest.mark.parametrize("state", ["draft", "submitted", "changes-requested"])
def test_next_steps_are_the_buttons_of_the_page(client, draft, author, reviewer, state):
    entry = put_in(draft, state)
    for person in (author, reviewer):
        answer = Program(client, person).get(f"{base_of(entry)}transitions/").json()
        shown = next((one for one in answer if one["version"] == entry.number), None)
        told = [step["action"] for step in shown["next_steps"]] if shown else []
        assert told == ([step.action for step in available(entry, person)] if shown else [])


# --- remarks --------------------------------------------------------------------------------------------


def test_remarks_are_for_authors_and_reviewers(client, submitted, author, reviewer, counterpart):
    address = f"{base_of(submitted)}draft/comments/"
    outsider = factories.OrganisationMemberFactory().user
    submitted.involvements.create(organisation=outsider.organisations.get().organisation, role="peer", position=9)
    for person in (author, reviewer):
        assert Program(client, person).get(address).json() == {"may_comment": True, "results": []}
    named = Program(client, outsider)
    assert named.get(f"{base_of(submitted)}draft/").status_code == 200
    assert named.get(address).status_code == 403
    assert named.post(address, {"text": "Hello"}).status_code == 403


def test_a_remark_on_a_row_says_where(client, submitted, reviewer):
    row = submitted.involvements.first()
    sent = {"text": "Is this its name?", "row_key": str(row.key), "field": "organisation"}
    thread = Program(client, reviewer).post(f"{base_of(submitted)}draft/comments/", sent).json()
    assert thread["place"] == f"Involved organisations: {row}, Organisation"


@pytest.mark.parametrize(
    ("sent", "name"),
    [({"text": "A", "answers": 999999}, "answers"), ({"text": "A", "answers": 2**70}, "answers"),
     ({"text": "A", "field": "Not a field"}, "field"), ({"text": "A", "row_key": "none"}, "row_key"), ({}, "text")],
)  # fmt: skip
def test_a_remark_that_makes_no_sense_is_refused(client, submitted, reviewer, sent, name):
    answer = Program(client, reviewer).post(f"{base_of(submitted)}draft/comments/", sent)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [name])


def test_a_remark_of_another_entry_is_neither_answered_nor_settled(client, submitted, author, reviewer):
    report = perform(factories.ReportVersionFactory(partnership=submitted.partnership), "submit", by=author)
    program = Program(client, reviewer)
    remark = program.post(f"{base_of(report)}draft/comments/", {"text": "Elsewhere"}).json()["id"]
    address = f"{base_of(submitted)}draft/comments/"
    assert program.post(address, {"text": "Here", "answers": remark}).status_code == 400
    assert program.post(f"{address}{remark}/resolve/").status_code == 404


# --- answers of organisations ---------------------------------------------------------------------------


def test_an_answer_about_a_draft_that_is_being_written_is_a_conflict(client, draft, counterpart):
    program = read_by(client, counterpart, draft)
    answer = program.post(f"{base_of(draft)}draft/confirmation/", {"answer": "confirms"})
    assert (answer.status_code, answer.json()["code"]) == (409, "not_frozen")


def test_public_words_are_confirmed_too(client, version, counterpart):
    address = f"{base_of(version)}confirmation/"
    program = Program(client, counterpart)
    assert program.get(address).json()["answers"] == []
    assert program.post(address, {"answer": "confirms"}).json()["answers"][0]["answer"] == "confirms"


def test_a_reviewer_reads_the_answers_and_gives_none(client, submitted, reviewer):
    program = read_by(client, reviewer, submitted, "draft/confirmation/")
    assert program.post(f"{base_of(submitted)}draft/confirmation/", {"answer": "confirms"}).status_code == 403


def test_who_belongs_to_two_parties_says_for_which(client, submitted, counterpart):
    mentor = factories.mentor_of(submitted)
    factories.OrganisationMemberFactory(organisation=mentor, user=counterpart)
    program = read_by(client, counterpart, submitted)
    address = f"{base_of(submitted)}draft/confirmation/"
    assert program.post(address, {"answer": "confirms"}).json()["errors"] == {
        "organisation": ["Choose one from the list “organisations”."]
    }
    assert program.post(address, {"answer": "confirms", "organisation": mentor.key}).status_code == 200


# --- hands ----------------------------------------------------------------------------------------------


def test_a_reviewer_takes_an_entry_into_their_hands(client, submitted, reviewer, author):
    address = f"{base_of(submitted)}draft/assignment/"
    program = Program(client, reviewer)
    me = {"id": reviewer.pk, "name": str(reviewer)}
    assert program.get(address).json() == {"to": None, "colleagues": [me]}
    assert program.send("put", address, {"to": reviewer.pk}).json()["to"] == me
    assert program.send("delete", address).status_code == 204
    assert program.get(address).json()["to"] is None
    for nobody in (author.pk, 999999):
        refused = program.send("put", address, {"to": nobody})
        assert refused.json()["errors"] == {"to": ["Choose one from the list “colleagues”."]}
    assert Program(client, author).get(address).status_code == 403


# --- links for people outside ---------------------------------------------------------------------------


def test_a_link_for_somebody_outside_is_made_and_taken_back(client, draft, author, stranger):
    address = f"{base_of(draft)}draft/previews/"
    program = Program(client, author)
    made = program.post(address, {"note": "Ms Charles"}).json()
    path = "/" + made["address"].split("/", 3)[3]
    assert client.get(path).status_code == 200
    [shown] = program.get(address).json()["results"]
    assert (shown["note"], shown["revoked_at"], "address" in shown) == ("Ms Charles", None, False)
    assert Program(client, stranger).post(address, {"note": "Me"}).status_code == 404
    assert program.send("delete", f"{address}{made['id']}/").status_code == 204
    assert client.get(path).status_code == 410
    assert program.post(address, {"note": " "}).json()["errors"] == {"note": ["Say for whom the link is."]}


def test_who_is_only_asked_to_confirm_shares_nothing(client, submitted):
    outsider = factories.OrganisationMemberFactory()
    submitted.involvements.create(organisation=outsider.organisation, role="peer", position=9)
    program = Program(client, outsider.user)
    assert program.get(f"{base_of(submitted)}draft/previews/").status_code == 403
    assert program.post(f"{base_of(submitted)}draft/previews/", {"note": "Me"}).status_code == 403
