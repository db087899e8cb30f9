"""What a WOP would cost: the rule of thumb, and published ones of that shape; kinds of amount are never mixed."""

from decimal import Decimal
from statistics import median

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.insights.costs import RULE_OF_THUMB, Shape, costs_of, grouped
from partnerships.models import PartnershipTranslation, PartnershipVersion
from tests import factories
from tests.registered import RegisterTestCase
from vocabularies.models import ImprovementArea

URL = "/en/costs/"


def costing(amount, *, tracks=2, currency="USD", kind="actual", **fields):
    dates = {"starts_on": "2015-01-01", "ends_on": "2015-12-31"} | fields
    version = factories.draft_version(cost_amount=amount, cost_currency=currency, cost_kind=kind, **dates)
    areas = ImprovementArea.objects.exclude(code="other")[:tracks]
    for area in areas:
        version.tracks.create(area=area)
    return factories.perform(version, "load", by=None).partnership.reference


def groups(response, place=0):
    return response.context["comparisons"][place][1]


@pytest.mark.parametrize(
    ("shape", "rule", "in_money"),
    [
        (Shape(), RULE_OF_THUMB, RULE_OF_THUMB),
        (Shape(years=3), 3 * RULE_OF_THUMB, 3 * RULE_OF_THUMB),
        (Shape(visits=4), 75_000, 75_000),
        (Shape(visits=0, tracks=1), 12_500, 12_500),
        (Shape(in_kind=40), RULE_OF_THUMB, 30_000),
        (Shape(in_kind=100), RULE_OF_THUMB, 0),
    ],
)
def test_the_rule_of_thumb_is_scaled_by_what_is_planned(shape, rule, in_money):
    assert (shape.rule, shape.in_money) == (rule, in_money)


@pytest.mark.django_db
def test_without_a_question_it_is_the_shape_of_the_rule(client):
    response = client.get(URL)
    assert response.context["shape"] == Shape()
    assert b"usually less than USD 50,000" in response.content
    assert b"That division is ours" not in response.content
    assert b"That division is ours" in client.get(URL, {"visits": "4"}).content


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "typed", "ends"),
    [("visits", "x", "0 to 24"), ("tracks", "0", "1 to 20"), ("years", "", "1 to 20"), ("in_kind", "101", "0 to 100"),
     ("years", "2.5", "1 to 20")],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_kept_as_typed(client, name, typed, ends):
    response = client.get(URL, {"visits": "3", name: typed})
    assert response.status_code == 400
    assert response.context["form"].errors == {name: [f"Write a whole number from {ends}."]}
    assert f'value="{typed}"' in str(response.context["form"][name]) or not typed
    assert name == "visits" or 'value="3"' in str(response.context["form"]["visits"])
    assert "comparisons" not in response.context


@pytest.mark.django_db
def test_only_what_has_nearly_as_many_tracks_and_years_is_of_the_shape(client):
    alike = [
        costing(10, tracks=1),
        costing(20, tracks=3),
        costing(30, ends_on="2016-12-31"),
        costing(40, duration_months=6),
    ]
    costing(50, tracks=4)
    costing(60, ends_on="2018-12-31")
    costing(70, tracks=0)
    costing(80, starts_on="", ends_on="")
    factories.published_version(starts_on="2015", ends_on="2015")
    response = client.get(URL)
    assert [cost.reference for _entry, cost in response.context["listed"]] == sorted(alike)
    assert (response.context["alike"], response.context["stated"], response.context["total"]) == (4, 8, 9)


@pytest.mark.django_db
def test_kinds_of_amount_are_never_mixed_and_few_have_no_median(client):
    for amount in (100, 200, 300, 400, 1000):
        costing(amount, kind="actual")
    for amount in (5, 6):
        costing(amount, kind="budget")
    actual, budget = groups(client.get(URL))
    assert (actual.kind_label, actual.n, actual.lowest, actual.median, actual.highest) == (
        "Actual cost",
        5,
        100,
        300,
        1000,
    )
    assert (budget.kind_label, budget.n, budget.lowest, budget.median, budget.highest) == ("Budget", 2, 5, None, 6)
    assert actual.years == ("2015", "2015")
    assert b"too few" in client.get(URL).content


@pytest.mark.django_db
def test_other_currencies_count_only_with_a_rate_of_their_own(client):
    rate = {"cost_usd_rate": Decimal("1.5"), "cost_usd_rate_on": "2015", "cost_usd_rate_source": "A bank"}
    costing(100, currency="EUR", **rate)
    costing(7, currency="EUR")
    response = client.get(URL)
    (group,) = groups(response)
    assert (group.n, group.lowest) == (1, 150)
    assert response.context["without_dollars"] == 1
    assert len(response.context["listed"]) == 2
    assert b"1 of that shape has no such rate." in response.content


@pytest.mark.django_db
def test_none_of_a_shape_says_what_to_do(client):
    assert b"None of that shape states its cost" in client.get(URL, {"tracks": "20"}).content


@pytest.mark.django_db
def test_the_list_costs_the_same_queries_however_long(client):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(URL)
        return len(captured)

    costing(10)
    few = queries()
    for amount in range(20, 30):
        costing(amount)
    assert queries() == few <= 8


class TestRegister(RegisterTestCase):
    def test_what_a_cost_covers_is_told_in_the_language_of_the_reader(self):
        rows = PartnershipTranslation.objects.filter(field="cost_covers", language="es", version__state="published")
        told = self.client.get("/es/insights/costs.csv").content.decode()
        assert rows
        assert [row.text for row in rows if row.text not in told] == []

    def test_medians_of_the_register_are_those_of_its_amounts(self):
        amounts = {}
        for one in PartnershipVersion.objects.published().exclude(cost_amount=None):
            if (dollars := one.cost_in_usd) is not None:
                amounts.setdefault(str(one.kind_of_cost), []).append(dollars)
        found = {group.kind_label: group for group in grouped(costs_of(PartnershipVersion.objects.published()))}
        assert found.keys() == amounts.keys()
        for kind, known in amounts.items():
            group = found[kind]
            assert (group.n, group.lowest, group.highest) == (len(known), min(known), max(known))
            assert group.median == (median(known) if len(known) >= 5 else None)
