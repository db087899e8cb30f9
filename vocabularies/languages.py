"""Languages of the world by their codes in ISO 639: of two letters where the standard has such a one, else of three."""

import difflib
from functools import cache

from babel import Locale
from django.conf.locale import LANG_INFO
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from iso639 import ALL_LANGUAGES

from vocabularies.localised import LANGUAGE_CODES, active_language
from vocabularies.search import folded

NO_LANGUAGE = "S"
"""The scope of codes for several languages, none, or one that is not known."""


@cache
def iso_names():
    """{code: name in English} of every language that has a code today."""
    return {language.part1 or language.part3: language.name for language in _languages()}


def known_language(code):
    """Validator: a code in the form in which the portal keeps it."""
    if code not in iso_names():
        raise ValidationError(_("“%(value)s” is not an ISO 639 code we know."), params={"value": code})


def code_of(text):
    """The code of the language that ``text`` means, a code or a name in a language of the portal; "" for none."""
    return _codes(active_language()).get(folded(text), "")


def likeliest(text):
    """The code of the language whose name or code is nearest to ``text``; "" where none is near."""
    known = _codes(active_language())
    near = difflib.get_close_matches(folded(text), known, n=1, cutoff=0.75)
    return known[near[0]] if near else ""


def all_names(code):
    """Every name under which somebody may look for a language, in the languages of the portal."""
    names = [Locale(one).languages.get(code) for one in LANGUAGE_CODES]
    return list(dict.fromkeys(name for name in (*names, iso_names().get(code)) if name))


def _languages():
    return (language for language in ALL_LANGUAGES if language.status == "A" and language.scope != NO_LANGUAGE)


@cache
def _codes(first):
    """{folded name or code: code}; where two languages share a name, the one that it means in ``first`` counts."""
    known = {}
    for language in _languages():
        code = language.part1 or language.part3
        for one in (code, language.part3, language.part2b, language.part2t):
            known.setdefault(one, code)
    for interface in dict.fromkeys([first, *LANGUAGE_CODES]):
        for code, name in Locale(interface).languages.items():
            if code in iso_names():
                known.setdefault(folded(name), code)
    for code in iso_names().keys() & LANG_INFO.keys():
        known.setdefault(folded(LANG_INFO[code].get("name_local", "")), code)
    for language in _languages():
        for name in (language.name, *(other.print for other in language.other_names or ())):
            known.setdefault(folded(name), language.part1 or language.part3)
    known.pop("", None)
    known.pop(None, None)
    return known
