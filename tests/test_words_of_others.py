"""A text of ours takes over the same text of Django and the packages: it must mean the same there.

A short word that means something else here gets a context: ``{% translate "May" context "of a token" %}``.
"""

import gettext
from datetime import date
from pathlib import Path

import pytest
from babel.dates import get_day_names, get_month_names
from django import conf
from django.apps import apps
from django.conf import settings
from django.utils import dates
from django.utils.formats import date_format
from django.utils.translation import gettext as gettext_of
from django.utils.translation import override

from tests.test_translations import LANGUAGES
from vocabularies.formatting import MONTHS

SAME_MEANING = {
    "All": "agrees with what it stands beside",
    "Change": "a button says what it does",
    "Delete": "one word for it in the whole portal",
    "Download": "in Portugal and in Brazil two words, of which one was chosen",
    "File": "the word of European and Brazilian readers alike",
    "History": "one word for it in the whole portal",
    "Note": "French has two words for it",
    "Page not found": "as it reads on the page itself",
    "Passkey": "as browsers call it in these languages",
    "Password": "the word that readers in Brazil type",
    "Remove": "less than to delete: what is taken off a list goes on existing",
    "search": "the part of the portal, not what one does",
    "Save": "European and Brazilian readers understand it",
    "Search": "a button says what it does",
    "Sign in with a passkey": "as browsers call it in these languages",
    "user": "European and Brazilian readers understand it",
    "users": "European and Brazilian readers understand it",
}
"""{text: why it may be translated in other words than theirs}: the meaning is the same."""
OF_DJANGO = Path(conf.__file__).parent / "locale"
NAMES = {
    name: getattr(dates, name)
    for name in ("MONTHS", "MONTHS_3", "MONTHS_AP", "MONTHS_ALT", "WEEKDAYS", "WEEKDAYS_ABBR")
}  # fmt: skip
NEAR = {"pt": ["pt", "pt_BR"]}
"""{language: those that speak it, as packages call them}."""


def catalogue(folder, language):
    return gettext.translation("django", folder, [language], fallback=True)


def texts_of(found):
    """{text with its context, (text, number) for a plural: how it is translated}."""
    return {key: text for key, text in getattr(found, "_catalog", {}).items() if key and text}


def folders_of_others():
    ours = settings.BASE_DIR / "locale"
    own = [Path(app.path) / "locale" for app in apps.get_app_configs()]
    return [OF_DJANGO, *(folder for folder in own if folder.is_dir() and folder != ours)]


def differing(language):
    """{text of ours: {how others translate it}} as far as they do so in other words."""
    ours, found = texts_of(catalogue(settings.LOCALE_PATHS[0], language)), {}
    for folder in folders_of_others():
        for near in NEAR.get(language, [language]):
            for key, text in texts_of(catalogue(folder, near)).items():
                if ours.get(key, text) != text and key not in MONTHS:
                    found.setdefault(key, set()).add(text)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_of_ours_means_what_it_means_to_others(language):
    assert {key: texts for key, texts in differing(language).items() if key not in SAME_MEANING} == {}


def test_every_exception_is_one():
    """One that is none any more would hide the next one of that name."""
    assert set(SAME_MEANING) <= {key for language in LANGUAGES for key in differing(language)}


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
@pytest.mark.parametrize("kind", NAMES)
def test_months_and_days_are_called_as_django_calls_them(kind, language):
    of_django = catalogue(OF_DJANGO, language)
    context = {"MONTHS_AP": "abbrev. month", "MONTHS_ALT": "alt. month"}.get(kind)
    for number, name in NAMES[kind].items():
        with override(None):
            text = str(name)
        with override(language):
            shown = str(name)
        theirs = of_django.pgettext(context, text) if context else of_django.gettext(text)
        assert shown.casefold() == theirs.casefold(), number


@pytest.mark.parametrize("language", LANGUAGES)
def test_months_are_small_within_a_date(language):
    with override(language):
        assert all(str(gettext_of(name)).islower() for name in MONTHS)
        assert date_format(date(2014, 12, 3), "DATE_FORMAT").islower()


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_months_and_days_are_called_as_everybody_calls_them(language):
    """By the names that operating systems and browsers have for them, whatever catalogue they come from."""
    with override(language):
        for kind in ("MONTHS", "MONTHS_ALT"):
            assert [str(name).casefold() for name in NAMES[kind].values()] == list(
                map(str.casefold, get_month_names("wide", "format", language).values())
            )
        days = [str(name).casefold() for name in dates.WEEKDAYS.values()]
    assert days == [get_day_names("wide", "format", language)[day].casefold() for day in range(7)]
