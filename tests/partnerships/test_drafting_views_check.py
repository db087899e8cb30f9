"""The page that checks a draft: what is missing, what was answered, what is not saved yet."""

import pytest
from django.urls import reverse

from partnerships.forms.sections import QUESTIONNAIRE
from partnerships.services import save_draft
from tests.partnerships.answering import section_url, typed
from tests.posting import fields_of


@pytest.fixture
def incomplete(draft, author):
    rows = {"involvements": [], "tracks": [{"area": None, "description": "Work"}]}
    return save_draft(draft, by=author, revision=draft.revision, fields={"title": "", "summary": ""}, rows=rows)


def test_everything_missing_is_said_at_once_with_links(writer, incomplete):
    page = writer.get(reverse("partnerships:check", args=[incomplete.pk])).content.decode()
    for code, name in (("basics", "title"), ("basics", "summary"), ("partners", "involvements")):
        assert f'href="{section_url(incomplete, code)}#id_{name}"' in page
        assert f'id="id_{name}"' in writer.get(section_url(incomplete, code)).content.decode()
    assert reverse("desk:step", args=["partnership", incomplete.pk, "submit"]) not in page


def test_the_check_asks_exactly_what_submission_asks(writer, incomplete, author):
    page = writer.get(reverse("partnerships:check", args=[incomplete.pk]))
    assert len(page.context["gaps"]) == len(incomplete.missing_for_submission()) == 3


def test_a_complete_draft_is_submitted_from_the_check(writer, draft):
    page = writer.get(reverse("partnerships:check", args=[draft.pk]))
    assert fields_of(page)["revision"] == [str(draft.revision)]
    assert reverse("desk:step", args=["partnership", draft.pk, "submit"]) in page.content.decode()


def test_the_check_shows_answers_reasons_and_silence(writer, draft, author):
    rows = {"unanswered": [{"question": "approach", "reason": "prefer-not-to-say"}]}
    save_draft(draft, by=author, revision=draft.revision, fields={"starts_on": "2014-12"}, rows=rows)
    page = writer.get(reverse("partnerships:check", args=[draft.pk])).content.decode()
    assert "December 2014" in page
    assert "Prefer not to say" in page
    assert "Not answered" in page
    for section in QUESTIONNAIRE.sections:
        assert QUESTIONNAIRE.url(draft, section) in page


def test_the_check_warns_of_words_that_are_not_saved(writer, draft):
    url = section_url(draft, "basics")
    writer.post(url, typed(writer, url, starts_on="spring"))
    page = writer.get(reverse("partnerships:check", args=[draft.pk])).content.decode()
    assert "You typed something in “The basics” that is not saved yet." in page
