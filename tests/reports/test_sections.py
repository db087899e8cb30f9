"""The questions of a report: nothing of the model is forgotten, nothing changes by looking at it."""

import pytest
from django.urls import reverse

from partnerships.drafting.draft_data import DraftData
from partnerships.models import Partnership
from partnerships.services import save_draft
from reports.forms.sections import QUESTIONNAIRE
from reports.models import CHOICE_LISTS, Report, ReportVersion
from reports.models.content import YES_NO
from reports.services import start_new_version
from reviews.cloning import clone, row_models
from reviews.models import NonAnswer
from reviews.schema import schema_of
from reviews.snapshots import fingerprint
from reviews.workflow import perform
from tests import factories
from tests.api.writing import Program, base_of
from tests.everything import everything
from tests.partnerships.answering import typed
from tests.registered import put_register
from tests.reports.answering import SECTIONS, now, section_url, send

NOT_ASKED = {"unanswered"}
"""Why a question has no answer is asked beside each of them."""


def test_every_field_and_every_kind_of_row_is_in_one_section():
    kinds = {kind._meta.get_field("version").remote_field.get_accessor_name() for kind in row_models(ReportVersion)}
    lists = {str(name) for name in CHOICE_LISTS}
    asked = [name for section in QUESTIONNAIRE.sections for name in section.names]
    wanted = (kinds - NOT_ASKED - {"choices"}) | set(schema_of(ReportVersion).fields) | lists
    assert sorted(asked) == sorted(wanted)


def test_every_field_of_every_row_is_a_column():
    for section in SECTIONS:
        for question in section.questions:
            if not hasattr(question, "columns"):
                continue
            kind = ReportVersion._meta.get_field(question.name).related_model
            fields = {field.name for field in kind._meta.concrete_fields} - {"id", "version", "key", "position"}
            # The title of a track is noted with the chosen track.
            assert {column.name for column in question.columns} == fields - {"track_title"}, question.name


def test_every_question_has_its_honest_ways_out(writer, draft):
    """Yes/no questions have them among their answers, all others beside them; each can be left open besides."""
    for section in SECTIONS:
        page = writer.get(section_url(draft, section.code)).content.decode()
        for question in section.questions:
            if question.neutral:
                continue
            name = question.names[0]
            place = page.index(f'name="open-{name}"')
            if name in YES_NO:
                assert 'type="checkbox"' in page[place - 100 : place + 100]
                place = page.index(f'name="{name}"')
            for reason in set(NonAnswer) - ({NonAnswer.LEFT_OPEN} if name in YES_NO else set()):
                assert f'value="{reason}"' in page[place : place + 3000], (name, reason)


def test_every_question_can_be_left_open_on_purpose_and_the_report_submitted(writer, author, draft):
    save_draft(draft, by=author, revision=draft.revision, fields={"cost_amount": None}, rows={"results": []})
    names = {}
    for section in SECTIONS:
        for question in section.questions:
            if question.may_stay_open and not question.is_answered(DraftData(now(draft))):
                names[question.names[0]] = section.code
    for name, code in names.items():
        assert send(writer, draft, code, **{f"open-{name}": "left-open"}).status_code == 302, name
    assert {*YES_NO, "activity", "cost_amount", "overall_results"} <= set(names)
    assert dict(now(draft).unanswered.values_list("question", "reason")) == dict.fromkeys(names, "left-open")
    assert (now(draft).code_of_conduct, now(draft).formal_agreement) == ("", "")
    assert perform(now(draft), "submit", by=author).state == "submitted"


def test_a_question_left_open_is_so_until_the_tick_is_taken_back(writer, draft):
    send(writer, draft, "rules", **{"open-code_of_conduct": "left-open"})
    page = writer.get(section_url(draft, "rules")).text
    place = page.index('name="open-code_of_conduct"')
    assert "checked" in page[place : place + 200]
    answer = send(writer, draft, "rules", code_of_conduct="yes")
    assert answer.status_code == 200
    assert "You answered and also chose “Left open”. Take one of them back." in answer.text
    data = typed(writer, section_url(draft, "rules"), code_of_conduct="yes")
    del data["open-code_of_conduct"]
    assert writer.post(section_url(draft, "rules"), data).status_code == 302
    assert (now(draft).code_of_conduct, now(draft).unanswered.count()) == ("yes", 0)


def test_the_public_page_says_that_it_was_left_open(client, writer, author, draft):
    for name in YES_NO:
        send(writer, draft, "rules", **{f"open-{name}": "left-open"})
    draft.sources.create(title="A mission report")
    published = perform(now(draft), "load", by=None)
    page = client.get(published.get_absolute_url()).text
    assert page.count("Left open") >= len(YES_NO)
    assert "Don&#x27;t know" not in page


@pytest.mark.parametrize("name", YES_NO)
def test_programs_leave_a_question_open_too(client, author, draft, name):
    program, address = Program(client, author), f"{base_of(draft)}draft/"
    program.get(address)
    other = "formal_agreement" if name == "code_of_conduct" else "code_of_conduct"
    told = program.patch(address, {other: "yes", "unanswered": {name: "left-open"}})
    assert (told.status_code, told.json()[name], told.json()["missing"]) == (200, None, [])
    wrong = program.patch(address, {"unanswered": {name: "dont-know"}})
    words = "This reason is one of the answers: choose it there."
    assert (wrong.status_code, wrong.json()["errors"]) == (400, {f"open-{name}": [words]})


def unchanged(client, draft):
    """Save every section as it stands on its page; returns those that were refused or changed something."""
    wrong = []
    for section in SECTIONS:
        response = send(client, draft, section.code)
        if response.status_code != 302 or now(draft).revision != draft.revision:
            wrong.append((section.code, getattr(response, "context", None)))
    return wrong


def test_a_section_saved_as_it_stands_changes_nothing(client, db):
    version, report = everything()
    author = factories.OrganisationMemberFactory(
        organisation=version.partnership.participants.first().organisation
    ).user
    draft = clone(report, by=author)
    draft.unanswered.update(question="sources")
    draft.sources.all().delete()
    before = fingerprint(draft)
    client.force_login(author)
    assert unchanged(client, draft) == []
    assert fingerprint(draft) == before


def test_the_real_reports_open_and_save_without_a_change(client, db):
    put_register()
    for report in Report.objects.filter(partnership__reference__in=["WOP-0001", "WOP-0002"]):
        author = factories.OrganisationMemberFactory(
            organisation=report.partnership.participants.first().organisation
        ).user
        draft = start_new_version(report, by=author)
        before = fingerprint(draft)
        client.force_login(author)
        assert unchanged(client, draft) == []
        assert fingerprint(draft) == before


def test_the_next_report_of_sicsm_and_wasco_begins_with_what_is_known(client, db):
    put_register()
    wop = Partnership.objects.get(reference="WOP-0001")
    author = factories.OrganisationMemberFactory(organisation=wop.participants.first().organisation).user
    client.force_login(author)
    answer = client.post(reverse("reports:new", args=["WOP-0001"]), {"kind": "periodic", "period": "2016"})
    draft = ReportVersion.objects.get(report__partnership=wop, report__period="2016")
    assert answer.url == reverse("reports:draft", args=[draft.pk])
    published = wop.versions.published().get()
    assert [row.text for row in draft.objectives.all()] == [row.text for row in published.objectives.all()]
    assert [row.track_key for row in draft.results.all()] == [
        track.key for track in published.tracks.all() if track.title or track.description
    ]
    assert draft.code_of_conduct == "dont-know"
    assert draft.choices.filter(term__list="mentor_motivation", term__code="solidarity-principles").exists()
    assert unchanged(client, draft) == []
