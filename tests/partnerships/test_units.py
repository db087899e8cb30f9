"""Amounts and results on the pages, typed together with their currency or unit."""

from decimal import Decimal

import pytest

from partnerships.models import Involvement, Role
from tests.partnerships.answering import now, section_url, typed


@pytest.mark.parametrize(
    ("amount", "currency", "meant"),
    [
        ("£ 250,000.5", "", "GBP"), ("250 000,5 EUR", "", "EUR"), ("US$ 250.000,50", "usd", "USD"),
        ("$ 250 000.5", "mxn", "MXN"),
    ],
)  # fmt: skip
def test_the_currency_comes_out_of_the_amount(writer, draft, amount, currency, meant):
    url = section_url(draft, "money")
    assert writer.post(url, typed(writer, url, cost_amount=amount, cost_currency=currency)).status_code == 302
    assert (now(draft).cost_amount, now(draft).cost_currency) == (Decimal("250000.5"), meant)


def test_a_contradiction_names_both(writer, draft):
    url = section_url(draft, "money")
    page = writer.post(url, typed(writer, url, cost_amount="£ 250 000", cost_currency="USD")).text
    assert "“£ 250 000” says “£”, but beside it stands “USD”. Take one of the two away." in page
    assert now(draft).cost_amount is None


def test_a_sign_of_many_currencies_is_asked_back_at_the_currency(writer, draft):
    url = section_url(draft, "money")
    page = writer.post(url, typed(writer, url, cost_amount="$ 250 000")).text
    assert 'href="#id_cost_currency"' in page
    assert 'href="#id_cost_amount"' not in page


def test_what_can_mean_two_numbers_or_nothing_is_asked_with_a_currency_too(writer, draft):
    url = section_url(draft, "money")
    page = writer.post(url, typed(writer, url, cost_amount="£ 2,500")).text
    assert "two thousand five hundred (2,500)" in page
    writer.post(url, typed(writer, url, cost_amount="£ 2,500", cost_amount_reading="2500"))
    assert (now(draft).cost_amount, now(draft).cost_currency) == (2500, "GBP")
    assert "it is really 0" in writer.post(url, typed(writer, url, cost_amount="£ 0")).text


def test_in_rows_too(writer, draft):
    funder = Involvement.objects.create(version=draft, organisation=None, description="A fund", role=Role.FUNDER)
    url = section_url(draft, "money")
    row = {"payments-0-involvement": str(funder.key), "payments-0-amount": "5000 €", "payments-0-share": "25 %"}
    assert writer.post(url, typed(writer, url, **row)).status_code == 302
    payment = draft.payments.get()
    assert (payment.amount, payment.currency, payment.share) == (5000, "EUR", 25)


def test_a_result_brings_its_unit(writer, draft):
    url = section_url(draft, "results")
    row = {"results-0-text": "Fewer losses", "results-0-baseline": "45 %", "results-0-latest": "30%"}
    assert writer.post(url, typed(writer, url, **row)).status_code == 302
    result = draft.results.get()
    assert (result.baseline, result.latest, result.unit) == (45, 30, "%")
    again = writer.post(url, typed(writer, url, **{"results-0-latest": "20 m³"})).text
    assert "“20 m³” says “m³”, but beside it stands “%”." in again


def test_a_target_brings_its_unit(writer, draft):
    url = section_url(draft, "plan")
    row = {"targets-0-text": "Fewer losses", "targets-0-value": "20 %", "targets-0-due_on": "12/2027"}
    assert writer.post(url, typed(writer, url, **row)).status_code == 302
    target = draft.targets.get()
    assert (target.value, target.unit, target.due_on) == (20, "%", "2027-12")
    again = writer.post(url, typed(writer, url, **{"targets-0-value": "20 m³"})).text
    assert "“20 m³” says “m³”, but beside it stands “%”." in again
