"""Numbers as people write them: both conventions are read, and what can mean two is asked."""

from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import override

from vocabularies.forms import NumberField
from vocabularies.numbers import Ambiguous, in_words, parse_number, written


class CostForm(forms.Form):
    cost = NumberField(required=False, max_digits=12, decimal_places=4)


def cost(text, reading="", **options):
    data = QueryDict(mutable=True)
    data.update({"cost": text} | ({"cost_reading": reading} if reading else {}))
    return CostForm(data, **options)


@pytest.mark.parametrize("language", ["en", "es", "fr", "pt"])
@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2500", "2500"), ("2.5", "2.5"), ("2,5", "2.5"), ("2.50", "2.50"), ("0.500", "0.5"), ("0,125", "0.125"),
        ("1,234,567", "1234567"), ("1.234.567", "1234567"), ("1,234.5", "1234.5"), ("1.234,567", "1234.567"),
        ("1.234.567,891", "1234567.891"), ("2 500", "2500"), ("2\u202f500,75", "2500.75"), ("2'500", "2500"),
        ("1234.567", "1234.567"), ("2500.", "2500"), (" 7 ", "7"), ("0", "0"), ("-3", "-3"), ("−3,5", "-3.5"),
    ],
)  # fmt: skip
def test_both_conventions_are_read_in_every_language(text, number, language):
    assert parse_number(text, language) == Decimal(number)


@pytest.mark.parametrize("text", ["2.500", "2,500", "12.345", "999,999", "-2.500"])
@pytest.mark.parametrize("language", ["en", "es", "fr", "pt"])
def test_what_can_mean_two_is_never_guessed(text, language):
    with pytest.raises(Ambiguous) as caught:
        parse_number(text, language)
    assert set(caught.value.readings) == {
        Decimal(text.replace(",", "").replace(".", "")),
        Decimal(text.replace(",", ".")),
    }


@pytest.mark.parametrize(("language", "first"), [("en", "2.5"), ("es", "2500"), ("fr", "2500"), ("pt-br", "2500")])
def test_the_likelier_reading_comes_first(language, first):
    with pytest.raises(Ambiguous) as caught:
        parse_number("2.500", language)
    assert caught.value.readings[0] == Decimal(first)


@pytest.mark.parametrize("text", ["", "about 5", "1.23.456", "1,234,56", "12.34,567.8", "--2", "1e5", "NaN", "٣", ".5"])
def test_what_is_no_number_is_refused_with_an_example(text):
    with pytest.raises(ValidationError, match=r"is not a number\. Write digits, for example 2500"):
        parse_number(text, "en")


@pytest.mark.parametrize(
    ("language", "whole", "part"),
    [
        ("en", "two thousand five hundred (2,500)", "two point five (2.5)"),
        ("es", "dos mil quinientos (2\u202f500)", "dos punto cinco (2,5)"),
        ("fr", "deux mille cinq cents (2\u202f500)", "deux virgule cinq (2,5)"),
        ("pt", "dois mil e quinhentos (2.500)", "dois vírgula cinco (2,5)"),
    ],
)
def test_a_number_is_read_back_in_words(language, whole, part):
    with override(language):
        assert in_words(Decimal(2500)).replace("\xa0", "\u202f") == whole
        assert in_words(Decimal("2.500")) == part


@pytest.mark.parametrize(("number", "words"), [(21721, "veintiún mil"), (31000, "treinta y un mil")])
def test_spanish_says_un_before_mil(number, words):
    assert in_words(Decimal(number), "es").startswith(words)


@pytest.mark.parametrize("language", ["en", "es", "fr", "pt"])
@pytest.mark.parametrize("number", ["2500", "2.5", "2.125", "1234567.891", "100", "0", "0.125"])
def test_what_the_form_shows_is_read_as_the_same_number_without_a_question(number, language):
    with override(language):
        assert parse_number(written(Decimal(number)), language) == Decimal(number)


def test_a_number_that_can_mean_two_is_asked_and_not_saved():
    form = cost("2.500")
    assert not form.is_valid()
    page = str(form["cost"])
    assert 'value="2.500"' in page
    assert "two point five (2.5)" in page
    assert "two thousand five hundred (2,500)" in page
    assert "can mean two point five (2.5) or two thousand five hundred (2,500)" in form.errors["cost"][0]


@pytest.mark.parametrize(("reading", "meant"), [("2500", 2500), ("2.500", Decimal("2.5")), ("2.5", Decimal("2.5"))])
def test_the_chosen_reading_counts(reading, meant):
    form = cost("2.500", reading)
    assert form.is_valid()
    assert form.cleaned_data["cost"] == meant


@pytest.mark.parametrize("reading", ["25", "nonsense", "NaN"])
def test_a_reading_of_another_number_is_asked_again(reading):
    assert not cost("2.500", reading).is_valid()


def test_a_reading_left_over_from_an_earlier_text_does_no_harm():
    form = cost("2600", "2500")
    assert form.is_valid()
    assert form.cleaned_data["cost"] == 2600


def test_the_choice_stays_chosen_when_the_page_comes_again():
    assert 'value="2500" checked' in str(cost("2.500", "2500")["cost"])


def test_unknown_stays_unknown_and_never_becomes_nothing():
    form = cost("  ")
    assert form.is_valid()
    assert form.cleaned_data["cost"] is None


@pytest.mark.parametrize(
    ("text", "message"),
    [("-1", "0 or more"), ("1.23456", "4 decimal places"), ("1234567890123", "12 digits"), ("many", "not a number")],
)
def test_a_number_that_cannot_be_is_refused(text, message):
    form = cost(text)
    assert not form.is_valid()
    assert message in form.errors["cost"][0]


@pytest.mark.parametrize(("text", "changed"), [("2500", False), ("2 500", False), ("2501", True), ("", True)])
def test_the_same_number_written_otherwise_is_no_change(text, changed):
    assert cost(text, initial={"cost": Decimal("2500.0000")}).has_changed() == changed


@pytest.mark.parametrize("number", [0, 18, 600, 1000])
def test_a_stored_whole_number_is_shown_as_it_is(number):
    assert f'value="{number}"' in str(CostForm(initial={"cost": number})["cost"])


def test_a_stored_number_is_shown_by_the_locale():
    with override("es"):
        assert 'value="2,5"' in str(CostForm(initial={"cost": Decimal("2.5000")})["cost"])
    assert 'value="2.1250"' in str(CostForm(initial={"cost": Decimal("2.125")})["cost"])
