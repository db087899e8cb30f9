"""The task list and the check of a report: what is done, what is missing, what was taken over."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partnerships.drafting.draft_data import DraftData, Progress
from partnerships.services import save_draft
from reports.forms.sections import QUESTIONNAIRE
from reports.models import CHOICE_LISTS
from reports.services import start_report
from tests import factories
from tests.reports.answering import SECTIONS, now, section_url, send, term
from vocabularies.models import Term


def progress(draft, code):
    return DraftData(now(draft)).progress(QUESTIONNAIRE.section(code))


def test_a_section_of_terms_is_begun_and_done(writer, draft):
    assert progress(draft, "motivations") == Progress.EMPTY
    send(writer, draft, "motivations", mentor_motivation=[term("mentor_motivation", "share-knowledge").pk])
    assert progress(draft, "motivations") == Progress.STARTED
    send(writer, draft, "motivations", **{"open-mentee_motivation": "prefer-not-to-say"})
    assert progress(draft, "motivations") == Progress.DONE


def test_the_check_shows_every_answer_and_every_gap(writer, author, draft):
    visits = {"term": term("activity", "site-visits").pk, "explanation": "Three of them"}
    draft = save_draft(draft, by=author, revision=draft.revision, rows={"choices": [visits]})
    # As it may have been loaded: nobody can write it so.
    draft.choices.create(term=term("activity", "other"), position=1)
    text = writer.get(reverse("reports:check", args=[draft.pk])).content.decode()
    assert "Site visits" in text
    assert "Three of them" in text
    assert "Types of activities: Where you chose “Other”, say which." in text
    assert f'href="{section_url(draft, "activities")}#id_activity"' in text
    assert f'href="{section_url(draft, "rules")}#id_code_of_conduct"' in text
    assert reverse("desk:step", args=["report", draft.pk, "submit"]) not in text


def test_a_complete_report_can_be_submitted(writer, author, draft):
    send(writer, draft, "rules", code_of_conduct="dont-know", formal_agreement="yes")
    text = writer.get(reverse("reports:check", args=[draft.pk])).content.decode()
    assert reverse("desk:step", args=["report", draft.pk, "submit"]) in text


def test_the_check_offers_a_new_version_where_report_and_entry_differ(writer, version, draft):
    check = reverse("reports:check", args=[draft.pk])
    new_version = reverse("partnerships:new-version", args=[version.partnership.reference])
    assert new_version not in writer.get(check).content.decode()
    send(writer, draft, "rules", code_of_conduct="yes", formal_agreement="yes")
    text = writer.get(check).content.decode()
    assert new_version in text
    assert "no agreement is listed" in text


def test_a_section_says_what_was_taken_over_until_it_is_changed(writer, version, author):
    factories.published_report(partnership=version.partnership, period="2015", code_of_conduct="yes")
    draft = start_report(author, partnership=version.partnership, kind="periodic", period="2016")
    url = section_url(draft, "rules")
    assert "Was the code of conduct followed?; " in writer.get(url).content.decode()
    send(writer, draft, "rules", code_of_conduct="no")
    assert "Was the code of conduct followed?; " not in writer.get(url).content.decode()


def queries(client, url):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize("page", ["draft", "check", *(one.code for one in SECTIONS)])
def test_many_answers_cost_no_more_queries_than_few(writer, author, draft, page):
    url = reverse(f"reports:{page}", args=[draft.pk]) if page in ("draft", "check") else section_url(draft, page)
    writer.get(url)

    def answered(number):
        terms = Term.objects.filter(list__in=[str(name) for name in CHOICE_LISTS]).exclude(code="other")[:number]
        rows = {
            "choices": [{"term": one.pk} for one in terms],
            "results": [{"text": f"Result {n}"} for n in range(number)],
            "objectives": [{"text": f"Objective {n}"} for n in range(number)],
        }
        complete = {"code_of_conduct": "yes", "formal_agreement": "yes"}  # a whole section: what is missing is asked
        save_draft(draft, by=author, revision=now(draft).revision, fields=complete, rows=rows)

    answered(15)
    few = queries(writer, url)
    answered(45)
    assert queries(writer, url) == few
