"""A report is begun with what is known, once for a period; begun anew from what is public."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import override

from partnerships.models import Agreement, Involvement, Objective, Role, Track
from partnerships.services import save_draft
from reports.disagreements import differences
from reports.forms.sections import QUESTIONNAIRE
from reports.models import Report, ReportChoice, ReportSupporter
from reports.prefilling import still_as_taken_over
from reports.services import start_new_version, start_report
from reviews.snapshots import at_revision, content_of
from reviews.states import State
from reviews.workflow import perform
from tests import factories
from tests.reports.answering import term
from vocabularies.models import ImprovementArea

pytestmark = pytest.mark.django_db


def begun(version, by, kind="periodic", period="2016"):
    return start_report(by, partnership=version.partnership, kind=kind, period=period)


@pytest.fixture
def rich(version):
    """``version`` with a cost, an objective, tracks, and a funder, a broker and a signatory beside it."""
    type(version).objects.filter(pk=version.pk).update(
        title="Mentor – Mentee", cost_amount=Decimal(49500), cost_currency="USD", cost_kind="budget"
    )
    version.refresh_from_db()
    Objective.objects.create(version=version, text="Lose less water", language="fr")
    other = ImprovementArea.objects.get(code="other")
    metering = ImprovementArea.objects.get(code="metering")
    Track.objects.create(version=version, title="Meters in the north", area=metering, position=1)
    Track.objects.create(version=version, title="Rain barrels", area=other, position=2)
    Track.objects.create(version=version, title="Given up", area=metering, state="dropped", position=3)
    Track.objects.create(version=version, area=ImprovementArea.objects.get(code="procurement"), position=4)
    for role in (Role.FUNDER, Role.BROKER, Role.SIGNATORY):
        Involvement.objects.create(
            version=version, organisation=factories.OrganisationFactory(), role=role, contribution=f"As {role}"
        )
    return version


@pytest.fixture
def earlier(version):
    """A published report for 2015."""
    report = factories.ReportVersionFactory(
        partnership=version.partnership,
        code_of_conduct="yes",
        code_of_conduct_url="https://conduct.example/",
        formal_agreement="not-yet",
        other_themes="Rain",
        activities_description="Two visits in 2015",
    )
    for position, (name, code) in enumerate(
        [("mentor_motivation", "solidarity-principles"), ("activity", "site-visits")]
    ):
        ReportChoice.objects.create(version=report, term=term(name, code), explanation="So it is", position=position)
    ReportSupporter.objects.create(version=report, organisation=factories.OrganisationFactory(), support="Coffee")
    return perform(report, "load", by=None)


# --- beginning ------------------------------------------------------------------------------------------


def test_a_report_is_begun_by_those_who_take_part(version, author):
    draft = begun(version, author)
    assert (draft.state, draft.number, draft.created_by) == (State.DRAFT, 1, author)
    assert (draft.report.partnership, draft.report.kind, draft.report.period) == (
        version.partnership,
        "periodic",
        "2016",
    )
    assert at_revision(draft, draft.revision) == content_of(draft)


def test_nobody_else_begins_one(version, author, stranger, reviewer):
    for person in (stranger, reviewer):
        with pytest.raises(PermissionDenied):
            begun(version, person)
    assert not Report.objects.exists()


def test_a_secretariat_reports_for_operators_whose_wop_it_entered(version, reviewer):
    type(version.partnership).objects.filter(pk=version.partnership_id).update(entered_by=version.reviewing_platform)
    assert begun(version, reviewer).created_by == reviewer


def test_a_secretariat_reports_where_nobody_has_an_account(version, reviewer):
    assert begun(version, reviewer).created_by == reviewer
    version.partnership.refresh_from_db()
    assert version.partnership.entered_by == version.reviewing_platform


def test_what_the_wop_says_is_taken_over(rich, author):
    draft = begun(rich, author)
    assert draft.title == "Mentor – Mentee: Periodic report, 2016"
    assert (draft.cost_amount, draft.cost_currency, draft.cost_kind) == (49500, "USD", "budget")
    assert [(row.text, row.language) for row in draft.objectives.all()] == [("Lose less water", "fr")]
    tracks = rich.tracks.in_bulk(field_name="pk")
    assert [(row.track_key, row.track_title) for row in draft.results.all()] == [
        (track.key, track.title) for track in tracks.values() if track.title in ("Meters in the north", "Rain barrels")
    ]
    assert [(row.role, row.support) for row in draft.supporters.order_by("role")] == [
        ("facilitator", "As broker"),
        ("supporter", "As funder"),
    ]
    areas = [(row.term.code, row.explanation) for row in draft.choices.all()]
    assert areas == [("metering", ""), ("other", "Rain barrels"), ("procurement", "")]


def test_the_title_says_which_report_it_is_in_the_language_of_the_report(rich, author):
    with override("es"):
        draft = begun(rich, author, "final", "final")
    assert (draft.language, draft.title) == ("es", "Mentor – Mentee: Informe final")


def test_what_the_last_report_says_is_taken_over_where_it_lasts(version, earlier, author):
    draft = begun(version, author)
    assert (draft.code_of_conduct, draft.code_of_conduct_url) == ("yes", "https://conduct.example/")
    assert (draft.formal_agreement, draft.other_themes) == ("not-yet", "Rain")
    assert [(row.term.code, row.explanation) for row in draft.choices.all()] == [("solidarity-principles", "So it is")]
    assert draft.supporters.get().support == "Coffee"


def test_what_was_done_in_another_period_is_not_taken_over(version, earlier, author):
    draft = begun(version, author)
    assert draft.activities_description == ""
    assert not draft.choices.filter(term__list="activity").exists()
    assert not draft.sources.exists()
    assert not draft.attachments.exists()


def test_the_latest_report_counts(version, earlier, author):
    newer = factories.published_report(partnership=version.partnership, period="2018", code_of_conduct="no")
    assert begun(version, author, period="2019").code_of_conduct == newer.code_of_conduct


def test_what_is_not_public_is_not_taken_over(version, author):
    factories.ReportVersionFactory(partnership=version.partnership, code_of_conduct="yes")
    assert begun(version, author).code_of_conduct == ""


def test_a_bare_wop_gives_an_empty_report(version, author):
    draft = begun(version, author)
    assert not draft.results.exists()
    assert draft.cost_amount is None
    assert draft.snapshots.exists()


# --- once for a period ----------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["draft", "submitted", "changes-requested", "published", "archived"])
def test_the_same_period_is_reported_once(version, author, state):
    draft = begun(version, author)
    type(draft)._base_manager.filter(pk=draft.pk).update(state=state)
    with pytest.raises(ValidationError) as refused:
        begun(version, author)
    assert refused.value.code == "exists"
    assert Report.objects.count() == 1


@pytest.mark.parametrize("state", ["discarded", "rejected"])
def test_what_was_dropped_can_be_begun_again(version, author, state):
    draft = begun(version, author)
    type(draft)._base_manager.filter(pk=draft.pk).update(state=state)
    again = begun(version, author)
    assert (again.report, again.number) == (draft.report, 2)


def test_other_kinds_and_periods_are_other_reports(version, author):
    for kind, period in [("periodic", "2016"), ("periodic", "2016-H1"), ("final", "final"), ("follow-up", "2018")]:
        begun(version, author, kind, period)
    assert Report.objects.count() == 4


@pytest.mark.parametrize("period", ["", "16", "2016-H3", "next year"])
def test_a_period_that_is_none_is_refused(version, author, period):
    with pytest.raises(ValidationError) as refused:
        begun(version, author, period=period)
    assert refused.value.message_dict.keys() == {"period"}
    assert not Report.objects.exists()


def test_an_archived_wop_takes_no_report(version, author, reviewer):
    perform(version, "archive", by=reviewer, comment="Entered twice")
    with pytest.raises(ValidationError) as refused:
        begun(version, author)
    assert refused.value.code == "archived"


# --- a new version --------------------------------------------------------------------------------------


def test_a_published_report_is_changed_in_a_new_version(version, earlier, author):
    draft = start_new_version(earlier.report, by=author)
    assert (draft.number, draft.state, draft.activities_description) == (2, State.DRAFT, "Two visits in 2015")
    assert start_new_version(earlier.report, by=author) == draft
    earlier.refresh_from_db()
    assert earlier.is_published


def test_only_authors_begin_a_new_version(earlier, author, stranger, reviewer):
    for person in (stranger, reviewer):
        with pytest.raises(PermissionDenied):
            start_new_version(earlier.report, by=person)


# --- submitting -----------------------------------------------------------------------------------------


def test_a_track_of_which_nothing_is_said_is_asked_about(rich, author):
    draft = begun(rich, author)
    assert "results" in draft.missing_for_submission()
    rows = [{"key": row.key, "text": "Done"} for row in draft.results.all()]
    draft = save_draft(draft, by=author, revision=draft.revision, rows={"results": rows})
    assert "results" not in draft.missing_for_submission()


def test_a_report_goes_to_the_platform_of_its_wop(rich, author):
    draft = begun(rich, author)
    fields = {"code_of_conduct": "yes", "formal_agreement": "dont-know"}
    draft = save_draft(draft, by=author, revision=draft.revision, fields=fields, rows={"results": []})
    assert perform(draft, "submit", by=author).reviewing_platform == rich.reviewing_platform


# --- what is still as it was taken over -----------------------------------------------------------------


def labels(draft):
    return {section.code: still_as_taken_over(draft, section) for section in QUESTIONNAIRE.sections}


def test_the_page_can_say_what_was_taken_over(rich, earlier, author):
    found = labels(begun(rich, author))
    assert "Was the code of conduct followed?" in found["rules"]
    assert found["motivations"] == ["Motivations of the mentor"]
    assert {"Facilitator and supporting organisations", "Total cost"} <= set(found["support"])
    assert set(found["themes"]) == {"Themes", "Other themes", "Objectives"}
    assert found["results"] == ["Results of the improvement tracks"]
    assert found["activities"] == []


def test_what_was_changed_is_no_longer_as_taken_over(rich, earlier, author):
    draft = begun(rich, author)
    draft = save_draft(draft, by=author, revision=draft.revision, rows={"objectives": [{"text": "Another"}]})
    assert "Objectives" not in labels(draft)["themes"]
    assert "Themes" in labels(draft)["themes"]


def test_a_later_version_took_nothing_over(version, earlier, author):
    draft = start_new_version(earlier.report, by=author)
    assert not any(labels(draft).values())


# --- where report and entry differ ----------------------------------------------------------------------


def said(report, wop):
    return {difference.label: (difference.reported, difference.stated) for difference in differences(report, wop)}


def test_a_report_as_it_was_taken_over_differs_in_nothing(rich, author):
    assert said(begun(rich, author), rich) == {}


def test_another_cost_is_a_difference(rich, author):
    draft = begun(rich, author)
    draft = save_draft(
        draft, by=author, revision=draft.revision, fields={"cost_amount": "52000", "cost_kind": "actual"}
    )
    assert said(draft, rich) == {"Total cost": ("USD 52,000 (Actual cost)", "USD 49,500 (Budget)")}


def test_an_unknown_cost_is_none(rich, author):
    draft = begun(rich, author)
    draft = save_draft(draft, by=author, revision=draft.revision, fields={"cost_amount": None})
    assert said(draft, rich) == {}


@pytest.mark.parametrize(
    ("answer", "signed", "differs"),
    [("yes", True, False), ("yes", False, True), ("no", True, True), ("no", False, False), ("dont-know", True, False)],
)
def test_a_formal_agreement_is_compared_with_those_that_are_listed(version, author, answer, signed, differs):
    if signed:
        Agreement.objects.create(version=version, title="Memorandum of 2012")
    draft = begun(version, author)
    draft = save_draft(draft, by=author, revision=draft.revision, fields={"formal_agreement": answer})
    assert ("Formal agreement" in said(draft, version)) == differs


def test_a_supporter_that_the_entry_does_not_name_is_a_difference(rich, author):
    donor = factories.OrganisationFactory(name="A new donor")
    draft = begun(rich, author)
    rows = [{"key": row.key} for row in draft.supporters.all()] + [{"organisation": donor.pk}]
    draft = save_draft(draft, by=author, revision=draft.revision, rows={"supporters": rows})
    assert said(draft, rich) == {
        "Supporting organisations": ("A new donor", "not among the partners of the entry"),
    }


def test_other_objectives_are_a_difference(rich, author):
    draft = begun(rich, author)
    draft = save_draft(draft, by=author, revision=draft.revision, rows={"objectives": [{"text": "Another"}]})
    assert said(draft, rich) == {"Objectives": ("Another", "Lose less water")}
