"""Saving drafts: what is written, what is refused, what changes nothing."""

import uuid
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnerships.models import Participant, PartnershipVersion, Payment, Phase, Role, Track, TrackResult
from partnerships.services import save_draft
from reviews.cloning import clone, row_models
from reviews.snapshots import at_revision, content_of, fingerprint
from reviews.workflow import perform
from tests import factories
from tests.everything import everything
from tests.partnerships.saving import refused, rows_given

# --- saving ---------------------------------------------------------------------------------------------


def test_a_save_writes_fields_and_counts_the_revision(draft, author):
    saved = save_draft(draft, by=author, revision=1, fields={"title": "New title", "starts_on": "2014-12"})
    assert (saved.title, saved.starts_on, saved.revision) == ("New title", "2014-12", 2)
    assert at_revision(draft, 2)[""][""]["title"] == "New title"
    assert draft.snapshots.get(revision=2).by == author


def test_a_currency_may_be_typed_in_small_letters(draft, author):
    saved = save_draft(draft, by=author, revision=1, fields={"cost_amount": Decimal(5), "cost_currency": "usd"})
    assert saved.cost_currency == "USD"


def test_rows_are_added_changed_and_removed_by_their_keys(draft, author):
    draft = save_draft(draft, by=author, revision=1, rows={"objectives": [{"text": "One"}, {"text": "Two"}]})
    one, two = draft.objectives.all()
    rows = [{"key": two.key, "text": "Two, better"}, {"text": "Three"}]
    draft = save_draft(draft, by=author, revision=2, rows={"objectives": rows})
    assert [row.text for row in draft.objectives.all()] == ["Two, better", "Three"]
    assert draft.objectives.first().key == two.key
    assert not draft.objectives.filter(key=one.key).exists()


def test_rows_stand_in_the_order_given(draft, author):
    texts = ["One", "Two", "Three"]
    draft = save_draft(draft, by=author, revision=1, rows={"objectives": [{"text": text} for text in texts]})
    rows = rows_given(draft, "objectives")
    draft = save_draft(draft, by=author, revision=2, rows={"objectives": [rows[2], rows[0], rows[1]]})
    assert [row.text for row in draft.objectives.all()] == ["Three", "One", "Two"]


def test_a_row_links_to_another_one_of_the_same_save(draft, author):
    key = uuid.uuid4()
    rows = {
        "tracks": [{"key": key, "title": "Meters"}],
        "results": [{"track": str(key), "text": "300 meters were fitted"}],
    }
    draft = save_draft(draft, by=author, revision=1, rows=rows)
    assert draft.results.get().track == draft.tracks.get(key=key)


def test_a_link_to_a_row_that_is_gone_is_refused(draft, author):
    rows = {"results": [{"track": uuid.uuid4(), "text": "Orphaned"}]}
    assert list(refused(draft, author, rows=rows).message_dict) == ["results-0-track"]


def test_a_row_that_others_belong_to_is_not_removed_under_them(draft, author):
    track = Track.objects.create(version=draft, title="Meters")
    result = TrackResult.objects.create(version=draft, track=track, text="300 meters")
    reasons = refused(draft, author, rows={"tracks": []}).message_dict
    assert "1 entry under “results”" in reasons["tracks"][0]
    save_draft(draft, by=author, revision=1, rows={"tracks": [], "results": [{"key": result.key, "track": None}]})
    assert draft.results.get().track is None
    assert not draft.tracks.exists()


def test_a_result_moves_to_a_track_that_replaces_its_own(draft, author):
    track = Track.objects.create(version=draft, title="Meters")
    result = TrackResult.objects.create(version=draft, track=track, text="300 meters")
    key = str(uuid.uuid4())
    rows = {"tracks": [{"key": key, "title": "Metering"}], "results": [{"key": result.key, "track": key}]}
    saved = save_draft(draft, by=author, revision=1, rows=rows)
    assert (saved.results.get().track.title, saved.results.get().pk) == ("Metering", result.pk)


def test_a_partner_is_replaced_by_a_new_row_of_the_same_organisation(draft, author):
    rows = [{name: value for name, value in row.items() if name != "key"} for row in rows_given(draft, "involvements")]
    saved = save_draft(draft, by=author, revision=1, rows={"involvements": rows})
    assert [row.organisation_id for row in saved.involvements.all()] == [row["organisation"] for row in rows]


def test_a_row_is_meant_by_its_key_in_whatever_letters(draft, author):
    phase = Phase.objects.create(version=draft, title="First")
    rows = {"agreements": [{"title": "Memorandum", "phase": str(phase.key).upper()}]}
    assert save_draft(draft, by=author, revision=1, rows=rows).agreements.get().phase == phase


def test_an_agreement_outlives_its_phase(draft, author):
    phase = Phase.objects.create(version=draft, title="First")
    draft.agreements.create(title="Memorandum", phase=phase)
    draft = save_draft(draft, by=author, revision=1, rows={"phases": []})
    assert draft.agreements.get().phase is None


def test_partners_may_swap_their_places_in_one_save(draft, author):
    mentor, mentee = rows_given(draft, "involvements")
    mentor["organisation"], mentee["organisation"] = mentee["organisation"], mentor["organisation"]
    mentor["role"] = mentee["role"] = Role.PEER
    draft = save_draft(draft, by=author, revision=1, rows={"involvements": [mentor, mentee]})
    mentor["organisation"], mentee["organisation"] = mentee["organisation"], mentor["organisation"]
    draft = save_draft(draft, by=author, revision=2, rows={"involvements": [mentor, mentee]})
    assert [row.organisation_id for row in draft.involvements.all()] == [mentor["organisation"], mentee["organisation"]]


def test_platforms_may_swap_their_places_in_one_save(draft, author):
    one, two = factories.PlatformFactory(), factories.PlatformFactory()
    draft = save_draft(
        draft, by=author, revision=1, rows={"named_platforms": [{"platform": one.pk}, {"platform": two.pk}]}
    )
    rows = rows_given(draft, "named_platforms")
    rows[0]["platform"], rows[1]["platform"] = two.pk, one.pk
    draft = save_draft(draft, by=author, revision=2, rows={"named_platforms": rows})
    assert [row.platform for row in draft.named_platforms.all()] == [two, one]
    assert [str(row.key) for row in draft.named_platforms.all()] == [row["key"] for row in rows]


# --- what changes nothing -------------------------------------------------------------------------------


def test_a_save_without_a_change_keeps_revision_and_fingerprint(draft, author):
    before, writes = fingerprint(draft), draft.snapshots.count()
    fields = {"title": f"  {draft.title} ", "summary": draft.summary.replace("\n", "\r\n")}
    saved = save_draft(draft, by=author, revision=1, fields=fields, rows={"sources": rows_given(draft, "sources")})
    assert (saved.revision, fingerprint(saved), draft.snapshots.count()) == (1, before, writes)


@pytest.mark.django_db
def test_saving_everything_again_changes_nothing_whatever_it_is():
    for version in everything():
        author = factories.OrganisationMemberFactory(organisation=version.wop().participants.first().organisation).user
        draft = clone(version, by=author)
        before = fingerprint(draft)
        content = content_of(draft)
        rows = {name: rows_given(draft, name) for name in content if name}
        fields = {name: value for name, value in content[""][""].items() if name != draft.identity_field}
        saved = save_draft(draft, by=author, revision=1, fields=fields, rows=rows)
        assert (saved.revision, fingerprint(saved)) == (1, before)


def test_a_stale_save_of_what_stands_there_is_no_conflict(draft, author):
    save_draft(draft, by=author, revision=1, fields={"title": "The same"})
    assert save_draft(draft, by=author, revision=1, fields={"title": "The same"}).revision == 2


# --- what is refused ------------------------------------------------------------------------------------


def test_a_stale_save_is_refused(draft, author):
    save_draft(draft, by=author, revision=1, fields={"title": "First"})
    with pytest.raises(ValidationError) as refusal:
        save_draft(draft, by=author, revision=1, fields={"title": "Second"})
    assert refusal.value.code == "stale"
    draft.refresh_from_db()
    assert (draft.title, draft.revision) == ("First", 2)


@pytest.mark.parametrize("somebody", ["counterpart", "reviewer", "stranger"])
def test_only_authors_save(request, draft, somebody):
    draft.partnership.participants.filter(organisation=factories.mentee_of(draft)).delete()
    with pytest.raises(PermissionDenied):
        save_draft(draft, by=request.getfixturevalue(somebody), revision=1, fields={"title": "Mine"})


def test_submitted_content_is_frozen(draft, author):
    draft = perform(draft, "submit", by=author)
    refusal = refused(draft, author, fields={"title": "Too late"})
    assert refusal.code == "wrong_state"
    assert draft.title != "Too late"


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"fields": {"title": "x" * 201}}, "title"),
        ({"fields": {"starts_on": "2014-13"}}, "starts_on"),
        ({"fields": {"starts_on": "2014", "ends_on": "2012"}}, "ends_on"),
        ({"fields": {"status": "finished"}}, "status"),
        ({"fields": {"cost_amount": "12"}}, "cost_currency"),
        ({"fields": {"state": "published"}}, "state"),
        ({"fields": {"search_text": "hidden"}}, "search_text"),
        ({"rows": {"events": []}}, "events"),
        ({"rows": {"links": [{"title": "Home", "url": "no address"}]}}, "links-0-url"),
        ({"rows": {"links": [{"title": "A", "url": "https://a.example/"}, {"title": "B"}]}}, "links-1-url"),
        ({"rows": {"phases": [{"title": "P", "starts_on": "2014", "ends_on": "2013"}]}}, "phases-0-ends_on"),
        ({"rows": {"quotations": [{"text": "Said without leave"}]}}, "quotations-0-source_url"),
        ({"rows": {"payments": [{"share": 20}]}}, "payments-0-involvement"),
        ({"rows": {"tracks": [{"area": 999999999}]}}, "tracks-0-area"),
        ({"rows": {"tracks": [{"colour": "red"}]}}, "tracks-0-colour"),
        ({"rows": {"tracks": [{"key": "no uuid"}]}}, "tracks-0"),
    ],
)
def test_what_is_wrong_is_said_where_it_stands(draft, author, change, place):
    assert list(refused(draft, author, **change).message_dict) == [place]
    assert draft.revision == 1


def test_everything_wrong_is_said_at_once(draft, author):
    reasons = refused(draft, author, fields={"title": "x" * 201}, rows={"links": [{"title": "No address"}]})
    assert set(reasons.message_dict) == {"title", "links-0-url"}


def test_one_organisation_has_one_role_once(draft, author):
    row = {"organisation": factories.mentor_of(draft).pk, "role": "funder"}
    reasons = refused(draft, author, rows={"involvements": [row, dict(row)]})
    assert list(reasons.message_dict) == ["involvements-1-organisation"]


def test_a_question_is_answered_or_left_open_never_both(draft, author):
    row = {"question": "summary", "reason": "not-yet"}
    reasons = refused(draft, author, fields={"summary": "Words"}, rows={"unanswered": [row]})
    assert list(reasons.message_dict) == ["summary"]
    draft = save_draft(draft, by=author, revision=1, fields={"summary": ""}, rows={"unanswered": [row]})
    assert draft.unanswered.get().reason == "not-yet"
    reasons = refused(draft, author, fields={"summary": "Words after all"})
    assert list(reasons.message_dict) == ["summary"]


def test_rows_and_a_reason_for_having_none_exclude_each_other(draft, author):
    rows = {"tracks": [{"title": "Meters"}], "unanswered": [{"question": "tracks", "reason": "dont-know"}]}
    assert list(refused(draft, author, rows=rows).message_dict) == ["tracks"]


# --- who may write --------------------------------------------------------------------------------------


def test_adding_an_organisation_to_a_draft_does_not_hand_it_over(draft, author):
    joined = factories.OrganisationMemberFactory()
    rows = [*rows_given(draft, "involvements"), {"organisation": joined.organisation_id, "role": "mentee"}]
    draft = save_draft(draft, by=author, revision=1, rows={"involvements": rows})
    assert not draft.is_written_by(joined.user)
    assert not PartnershipVersion.objects.visible_to(joined.user).filter(pk=draft.pk).exists()


def test_deleting_ones_own_row_does_not_lock_one_out(draft, author):
    draft = save_draft(draft, by=author, revision=1, rows={"involvements": []})
    assert draft.is_written_by(author)
    assert save_draft(draft, by=author, revision=2, fields={"title": "Still mine"}).title == "Still mine"


# --- cost -----------------------------------------------------------------------------------------------


def test_saving_many_rows_without_a_change_costs_no_more_queries(draft, author):
    def queries():
        rows = {"tracks": rows_given(draft, "tracks")}
        with CaptureQueriesContext(connection) as captured:
            save_draft(draft, by=author, revision=1, rows=rows)
        return len(captured)

    Track.objects.create(version=draft, title="One")
    of_one = queries()
    Track.objects.bulk_create(Track(version=draft, title=f"Track {n}", position=n) for n in range(1, 40))
    assert queries() == of_one


def test_every_kind_of_row_can_be_written(db):
    """``everything`` fills every kind: written into an empty draft, all of it stands there again."""
    for version in everything():
        author = factories.OrganisationMemberFactory(organisation=version.wop().participants.first().organisation).user
        content = content_of(version)
        draft = clone(version, by=author)
        for kind in reversed(row_models(type(draft))):
            kind._base_manager.filter(version=draft).delete()
        rows = {name: rows_given(version, name) for name in content if name}
        rows["unanswered"][0]["question"] = content["unanswered"][rows["unanswered"][0]["key"]]["question"] = (
            "approaches"
        )
        saved = save_draft(draft, by=author, revision=1, rows=rows)
        after = content_of(saved)
        assert {name: set(kind) for name, kind in after.items()} == {name: set(kind) for name, kind in content.items()}
        assert saved.revision == 2


def test_amounts_are_kept_exactly(draft, author):
    save_draft(draft, by=author, revision=1, fields={"cost_amount": Decimal("0.10"), "cost_currency": "USD"})
    draft.refresh_from_db()
    assert draft.cost_amount == Decimal("0.10")
    assert not Payment.objects.filter(version=draft).exists()
    assert Participant.objects.filter(partnership=draft.partnership).exists()
