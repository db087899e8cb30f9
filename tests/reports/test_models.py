"""Reports: one per partnership, kind and period; what an answer is; who decides; what is public."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from partnerships.models import PartnershipVersion
from reports.models import Report, ReportChoice, ReportResult, ReportSupporter, ReportUnanswered, ReportVersion
from reviews.cloning import clone
from reviews.states import Actor
from reviews.workflow import perform
from tests import factories
from tests.reports.answering import term
from tests.reviews.moves import outcome, put_in
from vocabularies.models import Term
from vocabularies.search import matching

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(version):
    return factories.ReportVersionFactory(partnership=version.partnership)


# --- identity -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("period", ["2015", "2015-H1", "2015-H2", "2015-Q4", "2015-12", "final", "unknown"])
def test_a_period_is_one_of(version, period):
    Report(partnership=version.partnership, period=period).full_clean()


@pytest.mark.parametrize(
    "period", ["", "15", "2015-H3", "2015-Q5", "2015-7", "Final", "2015-00", "2015-13", "x2015", "2015\n", "２０１５"]
)
def test_a_period_is_none_of(version, period):
    with pytest.raises(ValidationError) as caught:
        Report(partnership=version.partnership, period=period).full_clean()
    assert caught.value.message_dict.keys() == {"period"}


@pytest.mark.parametrize("period", ["2015", "unknown", "final"])
def test_there_is_one_report_of_a_kind_for_a_period(version, period):
    Report.objects.create(partnership=version.partnership, period=period)
    again = Report(partnership=version.partnership, period=period)
    with pytest.raises(ValidationError, match="already a report of this kind"):
        again.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()


def test_other_kinds_periods_and_partnerships_have_reports_of_their_own(version):
    for kind, period in [("periodic", "2015"), ("periodic", "2016"), ("final", "2016"), ("follow-up", "2016")]:
        Report.objects.create(partnership=version.partnership, kind=kind, period=period)
    Report.objects.create(partnership=factories.PartnershipFactory(), period="2015")
    assert Report.objects.count() == 5


def test_reports_sort_by_what_they_cover(version):
    order = [
        ("periodic", "unknown"), ("periodic", "2015"), ("periodic", "2016"), ("final", "final"), ("follow-up", "2018")
    ]  # fmt: skip
    for kind, period in reversed(order):
        Report.objects.create(partnership=version.partnership, kind=kind, period=period)
    found = sorted(Report.objects.all(), key=lambda report: report.recency)
    assert [(report.kind, report.period) for report in found] == order


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [("published", "published", "already a published version"), ("draft", "submitted", "already working")],
)
def test_a_report_has_one_published_and_one_open_version(draft, first, second, message):
    put_in(draft, first)
    again = ReportVersion(report=draft.report, state=second)
    with pytest.raises(ValidationError, match=message):
        again.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()


def test_a_cost_in_a_report_needs_its_currency(draft):
    draft.cost_amount = Decimal(5)
    with pytest.raises(ValidationError, match="needs its currency"):
        draft.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        draft.save()


# --- answers --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", ["code_of_conduct", "formal_agreement"])
def test_a_report_answers_yes_no_questions_and_dont_know_is_an_answer(draft, question):
    setattr(draft, question, "")
    assert draft.missing_for_submission().keys() == {question}
    for answer in ("yes", "no", "dont-know", "not-yet", "prefer-not-to-say"):
        setattr(draft, question, answer)
        draft.full_clean()
        assert draft.missing_for_submission() == {}


def test_other_asks_which(draft):
    choice = ReportChoice.objects.create(version=draft, term=term("activity", "other"))
    assert draft.missing_for_submission().keys() == {"activity"}
    choice.explanation = "Theatre"
    choice.save()
    assert draft.missing_for_submission() == {}


def test_an_answer_is_chosen_once(draft):
    ReportChoice.objects.create(version=draft, term=term("activity", "site-visits"))
    again = ReportChoice(version=draft, term=term("activity", "site-visits"))
    with pytest.raises(ValidationError, match="already chosen"):
        again.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()


def test_a_term_of_a_list_that_the_form_does_not_ask_is_refused(draft):
    with pytest.raises(ValidationError) as caught:
        ReportChoice(version=draft, term=Term.objects.filter(list="sdg").first()).full_clean()
    assert caught.value.message_dict.keys() == {"term"}


def test_why_there_is_no_answer_is_said_once_per_question(draft):
    ReportUnanswered.objects.create(version=draft, question="cost_amount", reason="not-yet")
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportUnanswered.objects.create(version=draft, question="cost_amount", reason="dont-know")
    with pytest.raises(ValidationError):
        ReportUnanswered(version=draft, question="mentors", reason="no").full_clean()


def test_a_measured_result_needs_its_unit(draft):
    with pytest.raises(ValidationError, match="needs its unit"):
        ReportResult(version=draft, latest=Decimal(0)).full_clean()


def test_what_is_loaded_needs_a_source_and_no_answers(draft):
    draft.code_of_conduct = draft.formal_agreement = ""
    assert draft.missing_for_loading() == {}
    draft.sources.all().delete()
    assert draft.missing_for_loading().keys() == {"sources"}


# --- who ------------------------------------------------------------------------------------------------


def test_the_participants_of_the_partnership_write_its_reports(draft, author, counterpart, stranger):
    assert draft.roles_of(author) == draft.roles_of(counterpart) == {Actor.AUTHOR}
    assert draft.roles_of(stranger) == set()


def test_a_report_goes_where_its_partnership_goes(draft, author, reviewer):
    entry = perform(draft, "submit", by=author)
    assert entry.reviewing_platform == entry.wop().versions.get().reviewing_platform
    assert outcome(entry, "publish", reviewer) == "published"


def decider(version):
    """A secretariat member who also belongs to some organisation; returns both."""
    organisation = factories.OrganisationFactory()
    user = factories.SecretariatMemberFactory(platform=version.reviewing_platform).user
    factories.OrganisationMemberFactory(organisation=organisation, user=user)
    return user, organisation


def test_who_supported_the_report_does_not_decide_on_it(version, draft):
    user, organisation = decider(version)
    assert draft.roles_of(user) == {Actor.REVIEWER}
    ReportSupporter.objects.create(version=draft, organisation=organisation)
    assert draft.roles_of(user) == set()


def test_who_supports_the_published_report_does_not_decide_on_its_next_version(version, draft):
    user, organisation = decider(version)
    ReportSupporter.objects.create(version=draft, organisation=organisation)
    newer = clone(perform(draft, "load", by=None), by=None)
    newer.supporters.all().delete()
    assert newer.roles_of(user) == set()


def test_who_is_involved_in_the_partnership_does_not_decide_on_its_reports(version, draft):
    user, organisation = decider(version)
    factories.InvolvementFactory(version=version, organisation=organisation, role="funder")
    assert draft.roles_of(user) == set()


# --- public ---------------------------------------------------------------------------------------------


def test_a_report_is_public_while_its_partnership_is(version, draft):
    report = draft.report
    assert not Report.objects.published().exists()
    perform(draft, "load", by=None)
    assert list(Report.objects.published()) == [report]
    assert ReportVersion.objects.published().exists()
    PartnershipVersion.objects.filter(pk=version.pk).update(state="archived")
    assert not Report.objects.published().exists()
    assert not ReportVersion.objects.published().exists()


def test_a_report_is_published_once_in_a_list_however_many_versions_it_has(version, draft):
    clone(perform(draft, "load", by=None), by=None)
    factories.VersionFactory(partnership=version.partnership)
    assert Report.objects.published().count() == 1


def test_a_published_report_is_found_by_its_words_and_its_terms_in_every_language(draft):
    draft.overall_results = "Fewer bursts"
    draft.save()
    ReportChoice.objects.create(version=draft, term=term("activity", "site-visits"), explanation="By boat")
    perform(draft, "load", by=None)
    for query in ("bursts", "by boat", term("activity", "site-visits").label_es):
        assert matching(ReportVersion.objects.published(), "search_text", query).count() == 1


def test_a_second_version_of_a_report_supersedes_the_first(draft, author, reviewer):
    first = perform(draft, "load", by=None)
    entry = perform(clone(first, by=author), "submit", by=author)
    assert outcome(entry, "publish", reviewer) == "published"
    first.refresh_from_db()
    assert first.state == "superseded"
