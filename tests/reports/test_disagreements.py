"""What a report and the entry of its WOP both tell is compared; what one leaves open is neither agreement nor not."""

from decimal import Decimal

import pytest

from partnerships.models import (
    Agreement,
    Involvement,
    Objective,
    PartnershipUnanswered,
    Role,
    Target,
    Track,
    TrackResult,
)
from reports.disagreements import Verdict, comparisons, differences
from reports.models import ReportChoice, ReportObjective, ReportResult, ReportSupporter
from tests import factories
from tests.reports.answering import term
from vocabularies.models import ImprovementArea, Indicator

pytestmark = pytest.mark.django_db

COST = {"cost_amount": Decimal(100), "cost_currency": "USD", "cost_kind": "budget", "cost_covers": "All of it"}


class Pair:
    """The entry of a WOP and a report about it, both silent but for its two sides."""

    def __init__(self):
        self.wop = factories.published_version()
        self.report = factories.ReportVersionFactory(partnership=self.wop.partnership, formal_agreement="")
        self.track = Track.objects.create(version=self.wop, title="Meters")
        self.indicator = Indicator.objects.first()

    def says(self, name, **more):
        """What the entry says of one point."""
        if name == "Total cost":
            vars(self.wop).update(COST | more)
        if name == "Formal agreement":
            Agreement.objects.create(version=self.wop, title="Memorandum")
        if name == "Supporting organisations":
            body = factories.OrganisationFactory(name="A fund")
            Involvement.objects.create(version=self.wop, organisation=body, role=Role.FUNDER, position=5)
        if name == "Objectives":
            Objective.objects.create(version=self.wop, text="Lose less water")
        if name == "Improvement areas":
            Track.objects.create(version=self.wop, area=ImprovementArea.objects.get(code="metering"))
        if name == "Results":
            measured = {"indicator": self.indicator, "baseline": Decimal(45), "unit": "%"} | more
            TrackResult.objects.create(version=self.wop, track=self.track, **measured)

    def reports(self, name, differing=False, **more):
        """What the report says of it."""
        if name == "Total cost":
            vars(self.report).update(COST | more | ({"cost_amount": Decimal(120)} if differing else {}))
        if name == "Formal agreement":
            self.report.formal_agreement = "no" if differing else "yes"
        if name == "Supporting organisations":
            known = self.wop.involvements.filter(role=Role.FUNDER).first()
            body = factories.OrganisationFactory() if differing or not known else known.organisation
            ReportSupporter.objects.create(version=self.report, organisation=body)
        if name == "Objectives":
            ReportObjective.objects.create(version=self.report, text="Sell more" if differing else "Lose less water")
        if name == "Improvement areas":
            code = "procurement" if differing else "metering"
            ReportChoice.objects.create(version=self.report, term=term("improvement_area", code))
        if name == "Results":
            measured = {"indicator": self.indicator, "baseline": Decimal(50 if differing else 45), "unit": "%"} | more
            ReportResult.objects.create(version=self.report, track_key=self.track.key, **measured)

    def verdict(self, name):
        return next(one.verdict for one in comparisons(self.report, self.wop) if one.label == name)


@pytest.fixture
def pair(db):
    return Pair()


POINTS = [
    "Total cost", "Formal agreement", "Supporting organisations", "Objectives", "Improvement areas", "Results",
]  # fmt: skip
WITHOUT_ENTRY = {"Formal agreement", "Supporting organisations"}
"""What the report names and the entry should, if it is so: named there by nobody, it is a difference."""


def test_every_point_is_compared(pair):
    assert [one.label for one in comparisons(pair.report, pair.wop)] == POINTS
    assert {one.verdict for one in comparisons(pair.report, pair.wop)} == {Verdict.OPEN}


@pytest.mark.parametrize("name", POINTS)
def test_the_same_is_agreement(pair, name):
    pair.says(name)
    pair.reports(name)
    assert pair.verdict(name) == Verdict.AGREES
    assert differences(pair.report, pair.wop) == []


@pytest.mark.parametrize("name", POINTS)
def test_what_both_tell_differently_differs_in_words(pair, name):
    pair.says(name)
    pair.reports(name, differing=True)
    (difference,) = differences(pair.report, pair.wop)
    assert (difference.label, pair.verdict(name)) == (name, Verdict.DIFFERS)
    assert difference.reported != difference.stated


@pytest.mark.parametrize("name", POINTS)
def test_what_the_entry_alone_tells_is_neither(pair, name):
    pair.says(name)
    assert pair.verdict(name) == Verdict.OPEN


@pytest.mark.parametrize("name", POINTS)
def test_what_the_report_alone_tells_is_neither_unless_the_entry_should_name_it(pair, name):
    pair.reports(name)
    assert pair.verdict(name) == (Verdict.DIFFERS if name in WITHOUT_ENTRY else Verdict.OPEN)


@pytest.mark.parametrize("answer", ["", "dont-know", "not-yet", "prefer-not-to-say"])
def test_an_unknown_agreement_is_neither_beside_those_that_are_listed(pair, answer):
    pair.says("Formal agreement")
    pair.says("Formal agreement")
    pair.report.formal_agreement = answer
    assert pair.verdict("Formal agreement") == Verdict.OPEN


def test_agreements_that_the_entry_leaves_open_contradict_nothing(pair):
    PartnershipUnanswered.objects.create(version=pair.wop, question="agreements", reason="dont-know")
    pair.reports("Formal agreement")
    assert pair.verdict("Formal agreement") == Verdict.OPEN


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ({"cost_kind": "actual"}, Verdict.DIFFERS),
        ({"cost_currency": "EUR"}, Verdict.DIFFERS),
        ({"cost_covers": "Travel"}, Verdict.DIFFERS),
        ({"cost_kind": "", "cost_covers": ""}, Verdict.AGREES),
        ({"cost_amount": None}, Verdict.OPEN),
    ],
)
def test_a_cost_is_compared_in_all_that_both_say_of_it(pair, said, verdict):
    pair.says("Total cost")
    pair.reports("Total cost", **said)
    assert pair.verdict("Total cost") == verdict


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ({"baseline": None}, Verdict.OPEN),
        ({"unit": "m³"}, Verdict.DIFFERS),
        ({"baseline": None, "latest": Decimal(30)}, Verdict.OPEN),
        ({"latest": Decimal(30)}, Verdict.AGREES),
        ({"baseline_on": "2014"}, Verdict.DIFFERS),
        ({"baseline_on": ""}, Verdict.AGREES),
        ({"baseline_on": "2010-06"}, Verdict.AGREES),
    ],
)
def test_results_are_compared_in_what_does_not_change_with_the_period(pair, said, verdict):
    pair.says("Results", latest=Decimal(40), baseline_on="2010")
    pair.reports("Results", **said)
    assert pair.verdict("Results") == verdict


@pytest.mark.parametrize(
    ("stated", "verdict"),
    [
        ({"value": Decimal(30)}, Verdict.AGREES),
        ({"value": Decimal(20)}, Verdict.DIFFERS),
        ({"value": Decimal(30), "due_on": "2021"}, Verdict.DIFFERS),
        ({"value": Decimal(30), "due_on": "2020-12"}, Verdict.AGREES),
        ({"value": None}, Verdict.OPEN),
    ],
)
def test_a_target_of_the_entry_is_what_a_report_is_held_against(pair, stated, verdict):
    measure = {"track": pair.track, "indicator": pair.indicator, "unit": "%"}
    Target.objects.create(version=pair.wop, **measure, **stated)
    pair.reports("Results", baseline=None, target=Decimal(30), target_on="2020")
    assert pair.verdict("Results") == verdict
    Target.objects.create(version=pair.wop, **measure, value=Decimal(10), due_on="2030")
    assert pair.verdict("Results") == Verdict.OPEN


@pytest.mark.parametrize("twice", ["says", "reports"])
def test_of_two_measurements_of_a_track_neither_is_taken_for_the_other(pair, twice):
    pair.says("Results")
    pair.reports("Results")
    getattr(pair, twice)("Results", baseline=Decimal(60))
    assert pair.verdict("Results") == Verdict.OPEN


def test_other_is_a_different_thing_each_time(pair):
    Track.objects.create(version=pair.wop, title="Billing software", area=ImprovementArea.objects.get(code="other"))
    choice = ReportChoice.objects.create(
        version=pair.report, term=term("improvement_area", "other"), explanation="Solar pumps"
    )
    assert pair.verdict("Improvement areas") == Verdict.OPEN
    choice.delete()
    pair.reports("Improvement areas", differing=True)
    assert pair.verdict("Improvement areas") == Verdict.DIFFERS


def test_a_supporter_that_is_only_described_is_not_called_agreed(pair):
    pair.says("Supporting organisations")
    pair.reports("Supporting organisations")
    ReportSupporter.objects.create(version=pair.report, description="A bank that nobody else named", position=1)
    assert pair.verdict("Supporting organisations") == Verdict.OPEN
