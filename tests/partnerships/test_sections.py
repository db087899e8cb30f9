"""The questions of a draft: nothing of the model is forgotten, nothing changes by looking at it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partnerships.drafting.draft_data import DraftData, Progress
from partnerships.forms.sections import QUESTIONNAIRE
from partnerships.models import Participant, Partnership, PartnershipVersion, Track, TrackResult
from partnerships.services import save_draft, start_new_version
from reviews.cloning import clone, row_models
from reviews.schema import schema_of
from reviews.snapshots import fingerprint
from tests import factories
from tests.everything import everything
from tests.posting import fields_of
from tests.registered import put_register

NOT_ASKED = {"unanswered"}
"""Why a question has no answer is asked beside each of them."""
SECTIONS = [section for section in QUESTIONNAIRE.sections if not section.address]


def member_of(partnership):
    return factories.OrganisationMemberFactory(organisation=partnership.participants.first().organisation).user


def test_every_field_and_every_kind_of_row_is_in_one_section():
    kinds = {
        kind._meta.get_field("version").remote_field.get_accessor_name() for kind in row_models(PartnershipVersion)
    }
    asked = [name for section in QUESTIONNAIRE.sections for name in section.names]
    assert sorted(asked) == sorted((kinds - NOT_ASKED) | set(schema_of(PartnershipVersion).fields))


def test_every_field_of_every_row_is_a_column():
    for section in SECTIONS:
        for question in section.questions:
            if not hasattr(question, "columns"):
                continue
            kind = PartnershipVersion._meta.get_field(question.name).related_model
            fields = {field.name for field in kind._meta.concrete_fields} - {"id", "version", "key", "position"}
            assert {column.name for column in question.columns} == fields, question.name


def test_every_question_that_may_stay_open_offers_the_reasons(client, version, author):
    draft = start_new_version(version.partnership, author)
    client.force_login(author)
    for section in SECTIONS:
        page = client.get(QUESTIONNAIRE.url(draft, section)).content.decode()
        for question in section.questions:
            assert (f'name="open-{question.name}"' in page) != (question.neutral or question.required)


def unchanged(client, draft):
    """Save every section as it stands on its page; returns those that were refused or changed something."""
    wrong = []
    for section in SECTIONS:
        url = QUESTIONNAIRE.url(draft, section)
        response = client.post(url, fields_of(client.get(url)))
        stored = PartnershipVersion.objects.get(pk=draft.pk)
        if response.status_code != 302 or stored.revision != draft.revision:
            wrong.append((section.code, stored.revision, getattr(response, "context", None) and [
                (problem.label, problem.errors) for problem in response.context["section_form"].problems
            ]))  # fmt: skip
    return wrong


def test_a_section_saved_as_it_stands_changes_nothing(client, db):
    version, _report = everything()
    author = member_of(version.partnership)
    version.unanswered.update(question="approach")
    PartnershipVersion.objects.filter(pk=version.pk).update(approach="")
    draft = clone(version, by=author)
    before = fingerprint(draft)
    client.force_login(author)
    assert unchanged(client, draft) == []
    assert fingerprint(draft) == before


def test_the_real_register_opens_and_saves_without_a_change(client, db):
    put_register()
    for reference in ("WOP-0002", "WOP-0001", "WOP-0005"):
        partnership = Partnership.objects.get(reference=reference)
        author = member_of(partnership)
        draft = start_new_version(partnership, author)
        before = fingerprint(draft)
        client.force_login(author)
        assert unchanged(client, draft) == []
        assert fingerprint(draft) == before


@pytest.fixture
def queries():
    """How many queries a page costs, as a function."""

    def count(client, url):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    return count


def many(draft, number):
    Track.objects.bulk_create(Track(version=draft, title=f"Track {n}", position=n) for n in range(number))
    tracks = list(draft.tracks.all())
    TrackResult.objects.bulk_create(
        TrackResult(version=draft, track=tracks[n % len(tracks)], text=f"Result {n}", position=n)
        for n in range(number * 3 // 2)
    )


@pytest.mark.parametrize("page", ["partnerships:draft", "partnerships:check", *(one.code for one in SECTIONS)])
def test_forty_tracks_and_sixty_results_cost_no_more_queries_than_two(client, version, author, page, queries):
    draft = start_new_version(version.partnership, author)
    client.force_login(author)
    url = reverse(page, args=[draft.pk]) if ":" in page else reverse("partnerships:section", args=[draft.pk, page])
    many(draft, 2)
    few = queries(client, url)
    many(draft, 38)
    assert draft.tracks.count() == 40
    assert queries(client, url) == few


# --- how far a section is -------------------------------------------------------------------------------


def progress(draft, code):
    draft = PartnershipVersion.objects.get(pk=draft.pk)
    return DraftData(draft).progress(QUESTIONNAIRE.section(code))


@pytest.fixture
def empty(db):
    member = factories.OrganisationMemberFactory()
    version = PartnershipVersion.objects.create(partnership=factories.PartnershipFactory())
    Participant.objects.create(partnership=version.partnership, organisation=member.organisation)
    version.member = member.user
    return version


def test_nothing_is_started_in_an_empty_draft(empty):
    assert {progress(empty, section.code) for section in QUESTIONNAIRE.sections} == {Progress.EMPTY}


def test_a_section_is_in_progress_until_every_question_has_an_answer_or_a_reason(empty):
    draft = save_draft(empty, by=empty.member, revision=1, fields={"title": "A", "summary": "B"})
    assert progress(draft, "basics") == Progress.STARTED
    rows = [{"question": name, "reason": "dont-know"} for name in ("starts_on", "ends_on", "lifecycle_step")]
    draft = save_draft(draft, by=empty.member, revision=2, rows={"unanswered": rows})
    assert progress(draft, "basics") == Progress.DONE


def test_a_section_that_submission_would_refuse_is_not_done(empty):
    row = {"description": "Somebody", "role": "mentor"}
    draft = save_draft(empty, by=empty.member, revision=1, rows={"involvements": [row]})
    assert progress(draft, "partners") == Progress.STARTED


def test_what_is_optional_does_not_hold_a_section_back(empty):
    draft = save_draft(empty, by=empty.member, revision=1, rows={"sources": [{"title": "A report"}]})
    assert progress(draft, "sources") == Progress.DONE


def test_a_file_makes_its_section_done(empty):
    empty.attachments.create(description="Slides", url="https://slides.example/")
    assert progress(empty, "files") == Progress.DONE
