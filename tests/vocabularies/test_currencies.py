"""Currencies are understood as people write them, and never guessed."""

import pytest
from django.utils.translation import override

from vocabularies.currencies import CurrencyField, codes, currency_of, offered


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("usd", "USD"), (" EUR ", "EUR"), ("€", "EUR"), ("£", "GBP"), ("US$", "USD"), ("Gs.", "PYG"), ("R$", "BRL"),
        ("euros", "EUR"), ("Kenyan shillings", "KES"), ("guaraníes paraguayos", "PYG"), ("dólar estadounidense", "USD"),
        ("francs suisses", "CHF"), ("real brasileiro", "BRL"),
    ],
)  # fmt: skip
def test_is_understood(text, code):
    assert currency_of(text) == code


@pytest.mark.parametrize("text", ["$", "peso", "dollars", "ZZZZ", "?"])
def test_what_several_have_is_left_for_the_person(text):
    assert currency_of(text) == text.upper()


def test_each_is_offered_and_means_itself_in_every_language():
    assert {"USD", "EUR", "XCD", "KES", "BRL"} <= set(codes())
    for language in ("en", "es", "fr", "pt"):
        with override(language):
            assert [code for code, _name in offered() if currency_of(code) != code] == []
            assert len(offered()) > 140


def test_a_form_takes_the_name():
    assert CurrencyField(max_length=60).clean("Euros") == "EUR"
