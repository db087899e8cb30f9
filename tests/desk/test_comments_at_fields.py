"""What reviewers remark stands where authors answer it, is counted, and is asked about once before it is left open."""

import re

import pytest
from django.urls import reverse

from operators.models import OrganisationChange
from partnerships.forms.sections import QUESTIONNAIRE as ABOUT_A_WOP
from reports.forms.sections import QUESTIONNAIRE as REPORT
from reviews.cloning import clone, row_models
from reviews.models import Comment
from reviews.schema import schema_of
from reviews.states import State
from reviews.workflow import perform
from tests import factories
from tests.api.writing import Program, base_of
from tests.everything import everything
from tests.posting import fields_of

pytestmark = pytest.mark.django_db
SEEN = re.compile(r'name="remarks_seen" value="(\d+)"')


def commented(entry, by, **place):
    return Comment.objects.create(entry=entry, by=by, text=f"Remark number {Comment.objects.count() + 1}.", **place)


@pytest.fixture
def full(request, settings, tmp_path):
    """A draft of everything that an entry can say, its questionnaire, and an author."""
    settings.MEDIA_ROOT = tmp_path
    version, report = everything()
    entry, questionnaire = (report, REPORT) if request.param == "report" else (version, ABOUT_A_WOP)
    organisation = version.partnership.participants.first().organisation
    author = factories.OrganisationMemberFactory(organisation=organisation).user
    return clone(entry, by=author), questionnaire, author


both = pytest.mark.parametrize("full", ["partnership", "report"], indirect=True)


def places(draft, questionnaire):
    """(code of a section, place) of every field and every row that a section asks for."""
    for name in schema_of(type(draft)).fields:
        yield questionnaire.section_of(name).code, {"field": name}
    for kind in row_models(type(draft)):
        relation = kind._meta.get_field("version").remote_field.get_accessor_name()
        for row in kind._base_manager.filter(version=draft):
            asked = row.term.list if relation == "choices" else relation
            if section := questionnaire.section_of(asked):
                yield section.code, {"row_key": row.key}
                yield section.code, {"row_key": row.key, "field": kind._meta.concrete_fields[-1].name}


@both
def test_every_remark_stands_at_its_question_and_is_counted_there(client, full):
    draft, questionnaire, author = full
    reviewer = factories.UserFactory(name="Rita Reviewer")
    expected = {}
    for code, place in places(draft, questionnaire):
        expected.setdefault(code, []).append(commented(draft, reviewer, **place).text)
    assert len(expected) > 6
    general = commented(draft, reviewer).text
    settled = commented(draft, reviewer, field="title")
    Comment.objects.filter(pk=settled.pk).update(resolved_at=settled.created_at)
    client.force_login(author)
    for section in questionnaire.sections:
        page = client.get(questionnaire.url(draft, section), follow=True).text
        shown = [text for texts in expected.values() for text in texts if f"<p>{text}</p>" in page]
        assert shown == expected.get(section.code, []), section.code
        assert general not in page
        assert settled.text not in page
    tasks = client.get(questionnaire.draft_url(draft))
    counted = {
        section.code: task.comments
        for section, task in zip(questionnaire.sections, tasks.context["tasks"], strict=True)
    }
    assert counted == {section.code: len(expected.get(section.code, [])) for section in questionnaire.sections}
    assert f"<p>{general}</p>" in tasks.text
    assert f"{sum(counted.values()) + 1} remarks are not settled." in " ".join(tasks.text.split())


def test_a_remark_is_shown_with_its_answers_and_the_way_to_answer(client, version, author, reviewer):
    draft = clone(version, by=author)
    first = commented(draft, reviewer, field="summary")
    Comment.objects.create(entry=draft, by=author, text="We do not know.", field="summary", answers=first)
    client.force_login(author)
    page = client.get(reverse("partnerships:section", args=[draft.pk, "basics"])).text
    assert "We do not know." in page
    assert reverse("desk:comment", args=["partnership", draft.pk, f"re-{first.pk}"]) in page
    assert page.count("<form") == page.count("</form>")


def test_a_remark_on_a_row_that_is_gone_stands_on_the_task_list(client, version, author, reviewer):
    draft = clone(version, by=author)
    row = draft.sources.get()
    comment = commented(draft, reviewer, row_key=row.key)
    row.delete()
    client.force_login(author)
    page = client.get(reverse("partnerships:draft", args=[draft.pk])).text
    assert comment.text in page
    assert "A row that is no longer there" in page


class TestSubmittingAgain:
    @pytest.fixture
    def sent_back(self, version, author, reviewer):
        draft = perform(clone(version, by=author, summary="They go on."), "submit", by=author)
        commented(draft, reviewer, field="summary")
        return perform(draft, "request_changes", by=reviewer, comment="Say since when.")

    def test_the_page_asks_about_each_once(self, client, sent_back, author, reviewer):
        client.force_login(author)
        step = reverse("desk:step", args=["partnership", sent_back.pk, "submit"])
        asked = client.post(step, {"revision": sent_back.revision})
        assert asked.status_code == 200
        assert "1 remark is not settled" in " ".join(asked.text.split())
        assert "Remark number 1." in asked.text
        sent_back.refresh_from_db()
        assert sent_back.state == State.CHANGES_REQUESTED
        shown = {
            "revision": sent_back.revision,
            "remarks_seen": re.findall(r'name="remarks_seen" value="(\d+)"', asked.text),
        }
        commented(sent_back, reviewer, field="title")
        asked = client.post(step, shown)
        assert "2 remarks are not settled" in " ".join(asked.text.split())
        shown["remarks_seen"] = SEEN.findall(asked.text)
        assert client.post(step, shown).status_code == 302
        sent_back.refresh_from_db()
        assert sent_back.state == State.SUBMITTED

    def test_what_is_settled_is_not_asked_about(self, client, sent_back, author):
        client.force_login(author)
        client.post(reverse("desk:resolve", args=["partnership", sent_back.pk, Comment.objects.get().pk]))
        step = reverse("desk:step", args=["partnership", sent_back.pk, "submit"])
        assert client.post(step, {"revision": sent_back.revision}).status_code == 302

    def test_the_api_asks_once(self, client, sent_back, author):
        program, base = Program(client, author), base_of(sent_back)
        program.get(f"{base}draft/")
        words = "1 remark is not settled. Answer or settle it, or say that you leave it open."
        asked = program.step(base, "submit")
        assert (asked.status_code, asked.json()["errors"]) == (400, {"leave_remarks": [words]})
        told = program.post(f"{base}transitions/submit/", {"leave_remarks": True})
        assert (told.status_code, told.json()["state"]["code"]) == (200, "submitted")

    def test_a_decision_is_not_held_up(self, client, version, author, reviewer):
        submitted = perform(clone(version, by=author), "submit", by=author)
        commented(submitted, reviewer, field="summary")
        client.force_login(reviewer)
        step = reverse("desk:step", args=["partnership", submitted.pk, "publish"])
        assert client.post(step, {"revision": submitted.revision}).status_code == 302


@pytest.mark.parametrize("kind", ["registration", "change"])
def test_what_an_organisation_asks_for_is_asked_about_too(client, kind):
    factories.global_platform()
    manager = factories.OrganisationMemberFactory(
        role="manager", organisation__state="draft" if kind == "registration" else "published"
    )
    organisation = manager.organisation
    asked_for = organisation
    if kind == "change":
        asked_for = OrganisationChange.objects.create(
            organisation=organisation, name="Renamed", kind="operator", country_id="LC", reason="New law"
        )
    submitted = perform(asked_for, "submit", by=manager.user)
    reviewer = factories.SecretariatMemberFactory(platform=submitted.reviewing_platform).user
    commented(submitted, reviewer, field="acronym")
    perform(submitted, "request_changes", by=reviewer, comment="Please look again.")
    client.force_login(manager.user)
    url = reverse(f"operators:{kind}", args=[organisation.slug])
    page = client.get(url)
    assert "Remark number 1." in page.text
    sent = fields_of(page) | {"submit": "yes", "reason": "New law", "acronym": "NEW"}
    asked = client.post(url, sent)
    assert "1 remark is not settled" in " ".join(asked.text.split())
    assert 'value="NEW"' in asked.text
    asked_for.refresh_from_db()
    assert asked_for.state == State.CHANGES_REQUESTED
    assert client.post(url, fields_of(asked) | {"submit": "yes"}).status_code == 302
    asked_for.refresh_from_db()
    assert asked_for.state == State.SUBMITTED
