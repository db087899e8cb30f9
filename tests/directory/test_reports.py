"""The page of a report: the whole form, with what was answered and what was not."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from partnerships.models import Confirmation
from reports.models import ReportChoice, ReportResult, ReportUnanswered
from reviews.cloning import clone
from reviews.snapshots import fingerprint
from reviews.workflow import perform
from tests import factories
from vocabularies.models import Term

QUERIES = 40
"""One for each kind of row of a partnership and of a report: 26 (docs/decisions/0008-rows-in-one-query.md)."""


@pytest.fixture
def draft(db):
    return factories.ReportVersionFactory()


def address(version):
    return reverse("directory:report", args=[version.report_id])


def page(client, version):
    answer = client.get(address(version))
    assert answer.status_code == 200
    return answer.content.decode()


def answer_to(question, html):
    """What stands beside a question."""
    return html[html.index(f"<dt>{question}</dt>") :].split("</dd>")[0]


def test_tells_kind_period_version_and_leads_back_to_the_partnership(client, draft):
    html = page(client, perform(draft, "load", by=None))
    partnership = draft.report.partnership
    assert "Periodic report, 2015" in html
    assert "version 1" in html
    assert f'href="/en/partnerships/{partnership.reference}/"' in html


def test_anonymous_answer_sets_no_cookie_and_does_not_depend_on_one(client, draft):
    answer = client.get(address(perform(draft, "load", by=None)))
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


def test_post_is_refused(client, draft):
    assert client.post(address(perform(draft, "load", by=None))).status_code == 405


def test_unknown_report_is_404(client, db):
    assert client.get("/en/reports/99999/").status_code == 404


def test_draft_report_is_404(client, draft):
    assert client.get(address(draft)).status_code == 404


def test_it_says_who_stands_behind_it_and_what_differs(client, draft):
    report = perform(draft, "load", by=None)
    assert "compiled from public sources" in page(client, report)
    both = report.parties()
    assert both.count() == 2
    for organisation in both:
        Confirmation.objects.create(
            entry=report, organisation=organisation, answer="confirms", fingerprint=fingerprint(report)
        )
    assert "confirmed by both sides" in page(client, report)
    partner = both.first()
    Confirmation.objects.of(report).filter(organisation=partner).update(
        answer="differs", text="It was nine wells.", may_be_shown=True
    )
    html = page(client, report)
    assert f"{escape(partner.short_name)} reports a difference" in html
    assert "It was nine wells." in html


def test_report_of_an_archived_partnership_is_gone(client, draft):
    version = perform(draft, "load", by=None).wop().versions.get()
    reviewer = factories.SecretariatMemberFactory(platform=version.reviewing_platform).user
    perform(version, "archive", by=reviewer, comment="Asked for.")
    answer = client.get(address(draft))
    assert answer.status_code == 410
    assert "Asked for." in answer.content.decode()


def test_archived_report_is_gone_with_the_reason_and_not_on_the_profile(client, draft):
    report = perform(draft, "load", by=None)
    reviewer = factories.SecretariatMemberFactory(platform=report.reviewing_platform).user
    perform(report, "archive", by=reviewer, comment="Asked for.")
    answer = client.get(address(report))
    assert answer.status_code == 410
    assert "Asked for." in answer.content.decode()
    assert address(report) not in client.get(report.wop().versions.get().get_absolute_url()).content.decode()


def test_older_and_newer_answers_leave_no_trace(client, draft):
    draft.overall_results = "Older words"
    draft.save()
    report = perform(draft, "load", by=None)
    newer = perform(clone(report, by=None, overall_results="Public words"), "load", by=None)
    clone(newer, by=None, overall_results="Words of a draft")
    html = page(client, report)
    assert "Public words" in html
    assert "Older words" not in html
    assert "Words of a draft" not in html


def test_every_question_stands_there_even_without_an_answer(client, draft):
    html = page(client, perform(draft, "load", by=None))
    for question in ("Motivations of mentors", "Facilitator", "Total cost", "Objectives", "Impeding factors"):
        assert "not answered" in answer_to(question, html)
    assert "None" not in html


def test_reason_for_silence_is_told_and_dont_know_is_an_answer(client, draft):
    ReportUnanswered.objects.create(version=draft, question="cost_amount", reason="not-yet")
    html = page(client, perform(draft, "load", by=None))
    assert "Not yet" in answer_to("Total cost", html)
    assert "not answered" not in answer_to("Total cost", html)
    assert escape("Don't know") in answer_to("Was the code of conduct followed?", html)


def test_open_question_that_the_form_does_not_know_is_not_lost(client, draft):
    ReportUnanswered.objects.create(version=draft, question="a-later-question", reason="not-yet")
    html = page(client, perform(draft, "load", by=None))
    assert "Not yet" in answer_to("a-later-question", html)


def test_chosen_term_stands_with_its_explanation_and_its_question(client, draft):
    term = Term.objects.of("success_factor").first()
    ReportChoice.objects.create(version=draft, term=term, explanation="Years of <trust>")
    answer = answer_to("Factors of success", page(client, perform(draft, "load", by=None)))
    assert str(term) in answer
    assert escape("Years of <trust>") in answer


def test_results_stand_together_by_track_and_those_of_the_whole_last(client, draft):
    for title, text in [("Meters", "Read"), ("", "Of the whole"), ("Pumps", "Repaired"), ("Meters", "Bought")]:
        ReportResult.objects.create(version=draft, track_title=title, text=text)
    answer = answer_to("Results of the improvement tracks", page(client, perform(draft, "load", by=None)))
    order = [answer.index(text) for text in ("Read", "Bought", "Repaired", "Overall", "Of the whole")]
    assert order == sorted(order)
    assert answer.count("Meters") == 1


@pytest.mark.parametrize("rows", [1, 30])
def test_the_number_of_queries_does_not_grow_with_the_rows(client, django_assert_num_queries, draft, rows):
    for number in range(rows):
        ReportResult.objects.create(version=draft, text=f"Result {number}")
        draft.supporters.create(organisation=factories.OrganisationFactory(), position=number)
    report = perform(draft, "load", by=None)
    client.get(address(report))
    with django_assert_num_queries(QUERIES):
        client.get(address(report))


def test_supporters_left_open_leave_the_facilitator_open(client, draft):
    ReportUnanswered.objects.create(version=draft, question="supporters", reason="left-open")
    html = page(client, perform(draft, "load", by=None))
    assert "Left open" in answer_to("Facilitator", html)
    assert "Left open" in answer_to("Supporting organisations", html)
