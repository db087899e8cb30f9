"""What a step asks for besides the right actor and state, and what it leaves behind."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import User
from operators.models import Organisation
from partnerships.models import PartnershipVersion
from reviews import workflow
from reviews.cloning import clone
from reviews.models import ReviewEvent
from reviews.states import ABANDONED_AFTER, Actor
from reviews.workflow import available, load_many, perform
from tests import factories
from tests.reviews.moves import abandon, code_of, leave_alone, outcome, put_in

COMMENTED = [
    ("submitted", "request_changes", "changes-requested"),
    ("submitted", "reject", "rejected"),
    ("published", "archive", "archived"),
    ("archived", "restore", "published"),
]


# --- why ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("state", "action", "target"), COMMENTED)
@pytest.mark.parametrize("comment", ["", "  \n\t "])
def test_a_reviewer_must_say_why(draft, cast, state, action, target, comment):
    entry = put_in(draft, state)
    assert outcome(entry, action, cast["reviewer"], comment=comment) == "comment_required"
    entry.refresh_from_db()
    assert entry.state == state
    assert not entry.events.exists()
    assert outcome(entry, action, cast["reviewer"], comment="The year is wrong.") == target


def test_the_refusal_points_at_the_comment_field(submitted, cast):
    with pytest.raises(ValidationError) as caught:
        perform(submitted, "reject", by=cast["reviewer"])
    assert caught.value.message_dict == {"comment": ["Say why."]}


def test_a_reviewer_must_say_why_an_abandoned_draft_goes_and_its_author_need_not(draft, cast):
    assert outcome(abandon(draft), "discard", cast["reviewer"], comment="") == "comment_required"
    assert outcome(draft, "discard", cast["author"], comment="") == "discarded"


@pytest.mark.parametrize(("days", "expected"), [(1, "denied"), (179, "denied"), (181, "discarded")])
def test_a_reviewer_discards_a_draft_only_after_180_days(draft, cast, days, expected):
    assert timedelta(days=180) == ABANDONED_AFTER
    assert outcome(leave_alone(draft, days), "discard", cast["reviewer"]) == expected


# --- what was seen --------------------------------------------------------------------------------------


def test_publishing_asks_for_the_revision_that_the_reviewer_saw(submitted, cast):
    assert outcome(submitted, "publish", cast["reviewer"], revision=None) == "stale"
    assert outcome(submitted, "publish", cast["reviewer"], revision=submitted.revision - 1) == "stale"
    assert outcome(submitted, "publish", cast["reviewer"], revision=submitted.revision + 1) == "stale"
    assert outcome(submitted, "publish", cast["reviewer"], revision=submitted.revision) == "published"


def test_what_was_withdrawn_and_submitted_again_is_no_longer_what_the_reviewer_saw(submitted, cast):
    seen = submitted.revision
    perform(submitted, "withdraw", by=cast["author"])
    perform(submitted, "submit", by=cast["author"])
    assert outcome(submitted, "publish", cast["reviewer"], revision=seen) == "stale"


def test_any_step_may_carry_the_revision_and_fails_when_it_is_old(submitted, cast):
    assert outcome(submitted, "withdraw", cast["author"], revision=submitted.revision + 5) == "stale"
    assert outcome(submitted, "withdraw", cast["author"], revision=None) == "draft"


@pytest.mark.parametrize("written", [{"state": "draft"}, {"revision": 7}])
def test_a_write_that_slips_in_between_reading_and_writing_wins(submitted, cast, monkeypatch, written):
    """SQLite has no row locks: what the later writer has read must refuse it."""

    def another_writer(entry, action, by):
        PartnershipVersion.objects.filter(pk=entry.pk).update(**written)

    monkeypatch.setattr(PartnershipVersion, "before_transition", another_writer)
    assert outcome(submitted, "publish", cast["reviewer"]) == "stale"
    assert not submitted.events.exists()


def test_an_action_that_does_not_exist_is_refused(draft, cast):
    assert outcome(draft, "vanish", cast["author"]) == "unknown_action"


# --- what is missing ------------------------------------------------------------------------------------


def test_submitting_names_every_field_that_is_missing(draft, cast):
    PartnershipVersion.objects.filter(pk=draft.pk).update(title="", summary="")
    draft.involvements.all().delete()
    with pytest.raises(ValidationError) as caught:
        perform(draft, "submit", by=cast["author"])
    assert caught.value.message_dict.keys() == {"title", "summary", "involvements"}
    assert code_of(caught.value) == "incomplete"
    draft.refresh_from_db()
    assert (draft.state, draft.revision) == ("draft", 1)


def test_publishing_looks_for_what_is_missing_once_more(submitted, cast):
    PartnershipVersion.objects.filter(pk=submitted.pk).update(summary="")
    assert outcome(submitted, "publish", cast["reviewer"]) == "incomplete"


def test_an_incomplete_draft_may_be_discarded(draft, cast):
    PartnershipVersion.objects.filter(pk=draft.pk).update(title="")
    assert outcome(draft, "discard", cast["author"]) == "discarded"


def test_a_refused_submission_leaves_no_trace_of_the_routing(draft, cast):
    PartnershipVersion.objects.filter(pk=draft.pk).update(title="")
    with pytest.raises(ValidationError):
        perform(draft, "submit", by=cast["author"])
    draft.refresh_from_db()
    assert draft.reviewing_platform is None


# --- room for one published version ---------------------------------------------------------------------


@pytest.fixture
def newer(draft, cast):
    """A second version that waits for the reviewer, while the first one is public."""
    put_in(draft, "published")
    return perform(clone(draft, by=cast["author"]), "submit", by=cast["author"])


def test_publishing_supersedes_the_older_version(draft, newer, cast):
    perform(newer, "publish", by=cast["reviewer"], revision=newer.revision)
    draft.refresh_from_db()
    assert draft.state == "superseded"
    event = draft.events.get(action="supersede")
    assert (event.from_state, event.to_state, event.by) == ("published", "superseded", cast["reviewer"])


def test_the_older_version_stays_public_until_the_newer_one_is_published(draft, newer):
    draft.refresh_from_db()
    assert draft.state == "published"


def test_nothing_is_published_over_an_archived_version(draft, newer, cast):
    put_in(draft, "archived")
    assert outcome(newer, "publish", cast["reviewer"]) == "archived"
    draft.refresh_from_db()
    assert draft.state == "archived"


def test_an_archived_version_is_not_restored_beside_a_newer_published_one(draft, newer, cast):
    put_in(draft, "archived")
    put_in(newer, "published")
    assert outcome(draft, "restore", cast["reviewer"]) == "wrong_state"
    newer.refresh_from_db()
    assert newer.state == "published"


def test_versions_of_other_partnerships_are_left_alone(submitted, cast):
    other = factories.published_version()
    perform(submitted, "publish", by=cast["reviewer"], revision=submitted.revision)
    other.refresh_from_db()
    assert other.state == "published"


# --- the history ----------------------------------------------------------------------------------------


def test_every_transition_leaves_one_event_with_who_when_why(submitted, cast):
    entry = perform(submitted, "request_changes", by=cast["reviewer"], comment="  The year is wrong. ")
    event = entry.events.get()
    assert (event.action, event.from_state, event.to_state) == ("request_changes", "submitted", "changes-requested")
    assert (event.by, event.comment, event.revision) == (cast["reviewer"], "The year is wrong.", entry.revision)
    assert event.created_at


def test_every_transition_counts_as_a_revision(submitted, cast):
    before = submitted.revision
    assert perform(submitted, "withdraw", by=cast["author"]).revision == before + 1


def test_what_the_system_does_is_done_by_nobody(draft):
    assert perform(draft, "load", by=None).events.get().by is None


def test_the_history_cannot_be_rewritten(submitted, cast):
    perform(submitted, "withdraw", by=cast["author"])
    event = submitted.events.get()
    event.comment = "Something else."
    for rewrite in (event.save, event.delete):
        with pytest.raises(ValidationError, match="never rewritten"):
            rewrite()
    assert ReviewEvent.objects.get(pk=event.pk).comment == ""


@pytest.mark.parametrize("rewrite", [lambda events: events.update(comment="else"), lambda events: events.delete()])
def test_the_history_cannot_be_rewritten_in_bulk(submitted, cast, rewrite):
    perform(submitted, "withdraw", by=cast["author"])
    with pytest.raises(ValidationError, match="never rewritten"):
        rewrite(submitted.events.all())
    assert submitted.events.get().comment == ""


def test_the_history_stays_when_a_person_leaves(submitted, cast):
    perform(submitted, "withdraw", by=cast["author"])
    User.objects.get(pk=cast["author"].pk).delete()
    assert submitted.events.get().by is None


# --- many at once ---------------------------------------------------------------------------------------


def left_behind(version):
    version.refresh_from_db()
    return {
        "state": (version.state, version.revision, version.reviewing_platform),
        "events": list(version.events.values_list("action", "from_state", "to_state", "by", "revision")),
        "participants": version.partnership.participants.count(),
        "words": len(version.search_text.split()),
    }


@pytest.mark.parametrize("together", [1, 200])
def test_many_are_loaded_as_if_one_by_one(draft, cast, monkeypatch, together):
    monkeypatch.setattr(workflow, "READ_TOGETHER", together)
    alone, *others = [factories.draft_version() for _ in range(3)]
    perform(alone, "load", by=None)
    load_many(others)
    assert [left_behind(other) for other in others] == [left_behind(alone)] * 2
    assert left_behind(alone)["state"] == ("published", 2, factories.global_platform())


def test_one_of_many_that_cannot_be_loaded_keeps_back_all(draft):
    with pytest.raises(ValidationError) as caught:
        load_many([draft, factories.VersionFactory()])
    assert caught.value.message_dict.keys() == {"involvements"}
    assert left_behind(draft)["state"][0] == "draft"
    assert not ReviewEvent.objects.exists()


@pytest.mark.django_db
def test_who_becomes_public_with_one_of_many_is_found_with_all_of_them():
    named = factories.OrganisationFactory(name="Aguas Nuevas", state="draft")
    Organisation.objects.filter(pk=named.pk).update(search_text="")
    versions = [factories.draft_version() for _ in range(2)]
    for version in versions:
        factories.InvolvementFactory(version=version, organisation=named)
    load_many(versions)
    assert PartnershipVersion.objects.filter(search_text__contains="aguas nuevas").count() == 2


# --- the same rules for organisations --------------------------------------------------------------------


@pytest.mark.django_db
def test_an_organisation_is_loaded_by_the_system_with_a_source_and_by_nobody_else():
    organisation = factories.OrganisationFactory(state="draft", source="")
    assert outcome(organisation, "load", None) == "incomplete"
    type(organisation).objects.filter(pk=organisation.pk).update(source="A register")
    assert outcome(organisation, "load", factories.UserFactory()) == "denied"
    assert outcome(organisation, "load", None) == "published"


@pytest.mark.django_db
def test_members_submit_their_organisation():
    organisation = factories.OrganisationFactory(state="draft")
    member = factories.OrganisationMemberFactory(organisation=organisation).user
    assert {step.action for step in available(organisation, member)} == {"submit", "discard"}
    assert organisation.roles_of(member) == {Actor.AUTHOR}
    with pytest.raises(PermissionDenied):
        perform(organisation, "submit", by=factories.UserFactory())
