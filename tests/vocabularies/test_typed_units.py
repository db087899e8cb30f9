"""A currency or a unit that is typed together with its number is understood, and asked back where it contradicts."""

import pytest

from vocabularies.typed_units import apart


@pytest.mark.parametrize(
    ("text", "number", "currency"),
    [
        ("£ 250,000", "250,000", "£"), ("250 000 EUR", "250 000", "EUR"), ("Gs. 1.200.000", "1.200.000", "Gs."),
        ("US$2.5", "2.5", "US$"), ("$ 500", "500", "$"), ("1.5 euros", "1.5", "euros"), ("-5 USD", "-5", "USD"),
    ],
)  # fmt: skip
def test_a_currency_is_taken_from_its_amount(text, number, currency):
    assert apart(text, is_money=True) == (number, currency)


@pytest.mark.parametrize("text", ["", "250,000", "about 250", "US$ 2.5 million", "EUR 5 EUR", "2.5 million", "spring"])
def test_what_is_no_currency_stays_with_the_amount(text):
    assert apart(text, is_money=True) == (text, "")


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [("25 %", "25", "%"), ("25%", "25", "%"), ("1 200 m3/day", "1 200", "m3/day"), ("7,5 m³/día", "7,5", "m³/día")],
)
def test_a_unit_is_taken_from_its_number(text, number, unit):
    assert apart(text, is_money=False) == (number, unit)


@pytest.mark.parametrize("text", ["-5", "about 25", "2.500.-", "12/2014"])
def test_what_is_no_unit_stays_with_the_number(text):
    assert apart(text, is_money=False) == (text, "")
