"""The course of a partnership: what lasted several days, who took part in which phase, who signed what."""

from uuid import uuid4

import pytest
from django.utils.translation import override
from lxml.html import fromstring

from partnerships.models import Agreement, Milestone, PhasePartner
from partnerships.services import save_draft
from reviews.diffs import changes_between
from reviews.snapshots import at_revision, content_of
from reviews.workflow import perform
from tests import factories
from tests.partnerships.answering import section_url, typed
from tests.partnerships.saving import refused

THREE_DAYS = {"text": "First visit", "happened_on": "2014-06-03", "ended_on": "2014-06-05"}


def lines(client, version, heading):
    """What a list of the profile says under ``heading``, as pieces of text."""
    page = fromstring(client.get(version.get_absolute_url()).content.decode())
    items = page.xpath(f"//section[h2 = '{heading}']/ol/li")
    return [[text.strip() for text in item.itertext() if text.strip()] for item in items]


def public(**rows):
    """A published version with these rows."""
    version = factories.published_version()
    for relation, values in rows.items():
        for position, row in enumerate(values):
            getattr(version, relation).create(position=position, **row)
    return version


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "heading", "days"),
    [
        ("en", "Milestones", "3–5 June 2014"),
        ("es", "Hitos", "3–5 de junio de 2014"),
        ("fr", "Jalons", "3–5 juin 2014"),
        ("pt", "Marcos", "3–5 de junho de 2014"),
    ],
)
def test_what_lasted_several_days_says_so_in_the_readers_language(client, language, heading, days):
    version = public(milestones=[THREE_DAYS])
    with override(language):
        assert lines(client, version, heading) == [[days, "First visit"]]


@pytest.mark.django_db
def test_milestones_stand_by_their_first_day(client):
    version = public(
        milestones=[
            {"text": "Undated"},
            {"text": "Later", "happened_on": "2014-06-04"},
            THREE_DAYS,
            {"text": "That year", "happened_on": "2014"},
        ]
    )
    assert [line[-1] for line in lines(client, version, "Milestones")] == [
        "That year",
        "First visit",
        "Later",
        "Undated",
    ]


@pytest.mark.parametrize(
    ("row", "reasons"),
    [
        ({"ended_on": "2014-06-02"}, {"milestones-0-ended_on": ["The end lies before the start."]}),
        ({"happened_on": ""}, {"milestones-0-happened_on": ["Write the first day too."]}),
    ],
)
def test_a_last_day_needs_a_first_one_before_it(draft, author, row, reasons):
    assert refused(draft, author, rows={"milestones": [THREE_DAYS | row]}).message_dict == reasons


def test_whoever_types_both_days_into_one_field_is_told_where_each_goes(writer, draft):
    url = section_url(draft, "course")
    row = {"milestones-0-text": "First visit", "milestones-0-happened_on": "3-5 June 2014"}
    answer = writer.post(url, typed(writer, url, **row))
    words = "“3-5 June 2014” lasts from 3 June 2014 to 5 June 2014. Write 3 June 2014 here and 5 June 2014 where"
    assert words in answer.content.decode()
    both = {"milestones-0-happened_on": "3 June 2014", "milestones-0-ended_on": "5 June 2014"}
    writer.post(url, typed(writer, url, **row | both))
    assert Milestone.objects.values_list("happened_on", "ended_on").get() == ("2014-06-03", "2014-06-05")


def test_an_added_last_day_is_a_difference(draft, author):
    first = {"text": "First visit", "happened_on": "2014-06-03"}
    saved = save_draft(draft, by=author, revision=draft.revision, rows={"milestones": [first]})
    row = {"key": saved.milestones.get().key, "ended_on": "2014-06-05"}
    after = save_draft(saved, by=author, revision=saved.revision, rows={"milestones": [row]})
    [change] = changes_between(type(draft), at_revision(after, saved.revision), content_of(after))
    assert (change.field_label, change.after) == ("Last day", "5 June 2014")


# --- who took part in which phase, who signed what ------------------------------------------------------


def with_links(draft, **more):
    """``rows`` for ``save_draft``: two phases and an agreement, the mentor in the first and as who signs."""
    mentor = draft.involvements.get(role="mentor").key
    first, second, agreement = (str(uuid4()) for _one in range(3))
    return {
        "phases": [{"key": first, "title": "Diagnosis"}, {"key": second, "title": "Work"}],
        "agreements": [{"key": agreement, "title": "Charter", "signatories": "Both mayors"}],
        "phase_partners": [{"phase": first, "involvement": mentor}],
        "signatures": [{"agreement": agreement, "involvement": mentor}],
    } | more


def test_the_profile_tells_who_took_part_in_which_phase_and_who_signed(draft, author, client):
    saved = save_draft(draft, by=author, revision=draft.revision, rows=with_links(draft))
    name = factories.mentor_of(saved).short_name
    perform(saved, "load", by=None)
    assert lines(client, saved, "Phases") == [
        ["date not known", "Diagnosis", f"with {name}"],
        ["date not known", "Work"],
    ]
    assert lines(client, saved, "Agreements") == [["date not known", "Charter", f"signed by {name} (Both mayors)"]]


def test_a_partner_in_two_roles_is_named_once(draft, author, client):
    rows = with_links(draft)
    again = draft.involvements.create(organisation=factories.mentor_of(draft), role="funder", position=9)
    rows["signatures"].append(rows["signatures"][0] | {"involvement": again.key})
    rows["agreements"][0]["signatories"] = ""
    saved = save_draft(draft, by=author, revision=draft.revision, rows=rows)
    perform(saved, "load", by=None)
    assert lines(client, saved, "Agreements")[0][-1] == f"signed by {factories.mentor_of(saved).short_name}"


@pytest.mark.parametrize(
    ("relation", "reason"),
    [
        ("phase_partners", {"phase_partners-1-phase": ["This partner is already named for the phase."]}),
        ("signatures", {"signatures-1-agreement": ["This partner is already named for the agreement."]}),
    ],
)
def test_nobody_is_named_twice_for_the_same(draft, author, relation, reason):
    """Also in a row that is as new as what it belongs to."""
    rows = with_links(draft)
    rows[relation] *= 2
    assert refused(draft, author, rows=rows).message_dict == reason


@pytest.mark.parametrize("relation", ["phases", "agreements", "involvements"])
def test_what_a_link_leads_to_is_not_taken_away_under_it(draft, author, relation):
    saved = save_draft(draft, by=author, revision=draft.revision, rows=with_links(draft))
    reasons = refused(saved, author, rows={relation: []}).message_dict
    assert "cannot be removed" in reasons[relation][0]
    assert PhasePartner.objects.count() == 1


def test_a_page_asks_who_took_part(writer, draft, author):
    save_draft(draft, by=author, revision=draft.revision, rows=with_links(draft, phase_partners=[], signatures=[]))
    url, mentor = section_url(draft, "agreements"), draft.involvements.get(role="mentor").key
    phase, agreement = draft.phases.last().key, draft.agreements.get().key
    links = {"phase_partners-0-phase": phase, "phase_partners-0-involvement": mentor}
    links |= {"signatures-0-agreement": agreement, "signatures-0-involvement": mentor}
    assert writer.post(url, typed(writer, url, **links)).status_code == 302
    assert [(str(row.phase), row.involvement.key) for row in draft.phase_partners.all()] == [("Work", mentor)]
    assert [str(row) for row in draft.signatures.all()] == [f"Charter: {factories.mentor_of(draft)}"]


def test_an_agreement_without_a_title_is_called_by_its_day_and_place():
    assert str(Agreement(signed_on="2014-12-03", place="Castries")) == "Agreement, 3 December 2014, Castries"
    assert str(Agreement()) == "Agreement"


def test_another_partner_in_a_phase_is_a_difference(draft, author):
    saved = save_draft(draft, by=author, revision=draft.revision, rows=with_links(draft, phase_partners=[]))
    row = {"phase": saved.phases.first().key, "involvement": saved.involvements.get(role="mentee").key}
    after = save_draft(saved, by=author, revision=saved.revision, rows={"phase_partners": [row]})
    changes = changes_between(type(draft), at_revision(after, saved.revision), content_of(after))
    assert {change.row_label for change in changes} == {f"Diagnosis: {factories.mentee_of(after)}"}
