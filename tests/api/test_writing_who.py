"""Who may do what through the API: the same people as on the pages, and never more than their token."""

import pytest
from django.test import Client
from django.urls import reverse

from partnerships.services import start_new_version
from reviews.workflow import perform
from tests import factories
from tests.api.people import bearer, token_for
from tests.api.writing import Program, base_of

UUID = "11111111-2222-4333-8444-555555555555"


@pytest.fixture
def draft(version, author):
    return start_new_version(version.partnership, author)


def in_state(draft, state, author, reviewer):
    if state != "draft":
        draft = perform(draft, "submit", by=author)
    if state == "changes-requested":
        draft = perform(draft, "request_changes", by=reviewer, comment="Name the source.")
    return draft


READ = ["draft/", "draft/attachments/", "draft/confirmation/", "transitions/"]
SEEN = {
    ("draft", "author"): 200,
    ("draft", "counterpart"): 200,
    ("draft", "reviewer"): 404,
    ("draft", "stranger"): 404,
    ("submitted", "author"): 200,
    ("submitted", "counterpart"): 200,
    ("submitted", "reviewer"): 200,
    ("submitted", "stranger"): 404,
    ("changes-requested", "author"): 200,
    ("changes-requested", "reviewer"): 200,
    ("changes-requested", "stranger"): 404,
}


@pytest.mark.parametrize("rest", READ)
@pytest.mark.parametrize(("state", "who"), SEEN)
def test_who_sees_a_draft_on_the_pages_sees_it_here(request, client, draft, author, reviewer, state, who, rest):
    version = in_state(draft, state, author, reviewer)
    person = request.getfixturevalue(who)
    expected = SEEN[state, who]
    if rest == "transitions/" and who == "reviewer":
        expected = 200
    assert Program(client, person).get(base_of(version) + rest).status_code == expected


@pytest.mark.parametrize("rest", [*READ, "draft/comments/", "draft/assignment/", "confirmation/"])
def test_without_a_token_everything_asks_for_one(client, draft, rest):
    for method in ("get", "post", "patch", "put", "delete"):
        answer = getattr(client, method)(base_of(draft) + rest)
        assert answer.status_code in (401, 405), (method, answer.content)
    answer = client.get(base_of(draft) + rest)
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")


@pytest.mark.parametrize("name", ["drafts", "queue"])
def test_lists_of_work_ask_for_a_token(client, db, name):
    assert client.get(reverse(f"api:{name}")).status_code == 401


@pytest.mark.parametrize("name", ["partnerships", "organisations"])
def test_nothing_is_begun_without_a_token(client, db, name):
    assert client.post(reverse(f"api:{name}"), {}, content_type="application/json").status_code == 401


CHANGES = [("patch", "draft/", {"title": "Mine"}), ("post", "draft/attachments/", {"description": "A", "url": "https://a.example/"}),
           ("delete", f"draft/attachments/{UUID}/", None)]  # fmt: skip


@pytest.mark.parametrize(("method", "rest", "sent"), CHANGES[:2])
def test_a_reviewer_reads_what_was_sent_back_but_does_not_write_it(client, draft, author, reviewer, method, rest, sent):
    version = in_state(draft, "changes-requested", author, reviewer)
    program = Program(client, reviewer)
    program.get(f"{base_of(version)}draft/")
    assert program.send(method, base_of(version) + rest, sent).status_code == 403


@pytest.mark.parametrize(("method", "rest", "sent"), CHANGES)
def test_a_stranger_changes_nothing(client, draft, stranger, method, rest, sent):
    program = Program(client, stranger)
    tag = f'"partnershipversion-{draft.pk}-{draft.revision}"'
    assert program.send(method, base_of(draft) + rest, sent, match=tag).status_code == 404


def test_a_stranger_begins_nothing(client, version, stranger):
    program = Program(client, stranger)
    sent = {"organisation": factories.mentor_of(version).key, "role": "mentor"}
    assert program.post(reverse("api:partnerships"), sent).status_code == 403
    assert program.post(f"{base_of(version)}draft/").status_code == 403
    assert program.post(f"{base_of(version)}reports/", {"kind": "final"}).status_code == 403


def test_a_secretariat_enters_for_operators_without_accounts(client, version, reviewer):
    answer = Program(client, reviewer).post(
        reverse("api:partnerships"), {"platform": version.reviewing_platform.key, "title": "For them"}
    )
    assert (answer.status_code, answer.json()["involvements"]) == (201, [])


@pytest.mark.parametrize(
    "sent", [{}, {"organisation": "a", "platform": "b"}, {"organisation": "no-such", "role": "peer"}]
)
def test_one_beginner_is_named(client, author, sent):
    answer = Program(client, author).post(reverse("api:partnerships"), sent)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["organisation"])


# --- scopes ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scopes", "expected"),
    [([], (403, 403, 403)), (["read"], (200, 403, 403)), (["write"], (403, 200, 200)), (["review"], (403, 403, 403))],
)
def test_an_authors_token_does_what_its_scopes_name(client, draft, author, scopes, expected):
    program = Program(client, author, scopes=scopes)
    tag = f'"partnershipversion-{draft.pk}-{draft.revision}"'
    read = program.get(f"{base_of(draft)}draft/").status_code
    written = program.patch(f"{base_of(draft)}draft/", {"title": draft.title}, match=tag).status_code
    discarded = program.post(f"{base_of(draft)}transitions/discard/", match=tag).status_code
    assert (read, written, discarded) == expected


@pytest.mark.parametrize(("scopes", "status"), [(["read", "write"], 403), (["review"], 200)])
def test_a_decision_needs_the_scope_of_a_reviewer(client, draft, author, reviewer, scopes, status):
    entry = perform(draft, "submit", by=author)
    program = Program(client, reviewer, scopes=scopes)
    tag = f'"partnershipversion-{entry.pk}-{entry.revision}"'
    assert program.post(f"{base_of(entry)}transitions/publish/", {}, match=tag).status_code == status


def test_next_steps_are_those_that_the_token_may_take(client, draft, author):
    steps = Program(client, author, scopes=["read"]).get(f"{base_of(draft)}draft/").json()["next_steps"]
    assert steps == []
    steps = Program(client, author, scopes=["read", "write"]).get(f"{base_of(draft)}draft/").json()["next_steps"]
    assert [step["action"] for step in steps] == ["submit", "discard"]


# --- reach ----------------------------------------------------------------------------------------------


@pytest.fixture
def elsewhere(author):
    """Another organisation of the author, with a partnership of its own."""
    other = factories.published_version()
    factories.OrganisationMemberFactory(organisation=factories.mentor_of(other), user=author)
    return other


def test_a_token_kept_to_an_organisation_reaches_its_entries_only(client, author, draft, elsewhere):
    program = Program(client, author, organisation=factories.mentor_of(elsewhere))
    assert program.get(f"{base_of(draft)}draft/").status_code == 404
    assert program.post(f"{base_of(draft)}draft/").status_code == 404
    assert program.post(f"{base_of(draft)}reports/", {"kind": "final"}).status_code == 404
    assert program.post(f"{base_of(draft)}transitions/submit/").status_code == 404
    assert program.get(reverse("api:drafts")).json()["count"] == 0
    assert program.post(f"{base_of(elsewhere)}draft/").status_code == 201


def test_a_token_kept_to_an_organisation_begins_nothing_for_another(client, author, version, elsewhere):
    program = Program(client, author, organisation=factories.mentor_of(elsewhere))
    for one, status in ((factories.mentor_of(version), 403), (factories.mentor_of(elsewhere), 201)):
        answer = program.post(reverse("api:partnerships"), {"organisation": one.key, "role": "peer"}, match=None)
        assert answer.status_code == status


def test_a_token_kept_to_a_platform_begins_for_it_only(client, version, reviewer):
    platform = version.reviewing_platform
    other = factories.SecretariatMemberFactory(user=reviewer).platform
    program = Program(client, reviewer, platform=other)
    assert program.post(reverse("api:partnerships"), {"platform": platform.key}).status_code == 403
    assert program.post(reverse("api:partnerships"), {"platform": other.key}).status_code == 201


def test_who_left_the_organisation_reaches_nothing_by_its_token(client, author, draft):
    program = Program(client, author, organisation=factories.mentor_of(draft))
    assert program.get(f"{base_of(draft)}draft/").status_code == 200
    author.organisations.all().delete()
    assert program.get(f"{base_of(draft)}draft/").status_code == 404


# --- sessions and caches --------------------------------------------------------------------------------


def test_a_session_has_all_scopes_and_needs_its_csrf_token(author, draft):
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(author)
    address = f"{base_of(draft)}draft/"
    read = careful.get(address)
    sent = {"data": {"title": "Mine"}, "content_type": "application/json"}
    headers = {"if-match": read.headers["ETag"]}
    assert careful.patch(address, headers=headers, **sent).status_code == 403
    careful.cookies["csrftoken"] = "a" * 32
    headers |= {"x-csrftoken": "a" * 32}
    assert careful.patch(address, headers=headers, **sent).status_code == 200


def test_a_token_needs_no_csrf_token(author, draft):
    careful = Client(enforce_csrf_checks=True)
    secret = token_for(author)[1]
    headers = bearer(secret) | {"if-match": f'"partnershipversion-{draft.pk}-{draft.revision}"'}
    answer = careful.patch(
        f"{base_of(draft)}draft/", {"title": "Mine"}, content_type="application/json", headers=headers
    )
    assert answer.status_code == 200


def test_nobodys_cache_keeps_a_draft(client, author, draft):
    answer = Program(client, author).get(f"{base_of(draft)}draft/")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert {"Authorization", "Accept-Language"} <= set(answer.headers["Vary"].split(", "))


def test_reading_what_is_public_at_the_same_address_stays_public(client, version):
    answer = client.get(reverse("api:partnerships"))
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "public, no-cache")
    assert "Cookie" not in answer.headers["Vary"]
    assert not answer.cookies
