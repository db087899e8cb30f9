"""Currencies as people write them: the code of ISO 4217, a name in a language of the portal, or a sign of one alone."""

from collections import defaultdict
from functools import cache

from babel import Locale
from babel.core import get_global
from babel.localedata import locale_identifiers
from babel.numbers import get_currency_name, get_currency_symbol, get_territory_currencies
from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from vocabularies.localised import LANGUAGE_CODES, active_language
from vocabularies.search import folded

currency_code = RegexValidator(r"^[A-Z]{3}$", _("Write the three letters of ISO 4217, for example USD."))
"""What a column must hold that holds a currency; a column with this validator is one."""


@cache
def codes():
    """Those that are money somewhere today."""
    return sorted({code for place in get_global("territory_currencies") for code in get_territory_currencies(place)})


def offered():
    """[(code, name in the active language)] by name; a few new ones have none yet."""
    named = [(code, get_currency_name(code, locale=active_language())) for code in codes()]
    return sorted((one for one in named if one[0] != one[1]), key=lambda one: folded(one[1]))


def currency_of(text):
    """The code that ``text`` means; in capitals where it means none, for the column to say what is right."""
    found = meanings(text)
    return next(iter(found)) if len(found) == 1 else text.strip().upper()


def meanings(text):
    """The codes of all currencies that ``text`` can mean: “$” and “peso” are several."""
    return _meanings().get(folded(text), set())


@cache
def _meanings():
    """{what people write: codes}"""
    meant = defaultdict(set, {folded(code): {code} for code in codes()})
    for language in LANGUAGE_CODES:
        for code in codes():
            for count in (None, 1, 2):
                meant[folded(get_currency_name(code, count, locale=language))].add(code)
    for place in map(Locale.parse, filter(_is_ours, locale_identifiers())):
        for code in get_territory_currencies(place.territory):
            meant[folded(get_currency_symbol(code, locale=place))].add(code)
    return meant | {folded("US$"): {"USD"}, "£": {"GBP"}}  # what they mean wherever no other is named


def _is_ours(identifier):
    language, _line, territory = identifier.rpartition("_")
    return language in LANGUAGE_CODES and len(territory) == 2


class CurrencyField(forms.CharField):
    """The browser completes it from the codes and names of ``offered``."""

    def widget_attrs(self, widget):
        return {"list": "currencies", "autocomplete": "off", "class": "is-date"}

    def to_python(self, value):
        value = super().to_python(value)
        return currency_of(value) if value else value
