"""Every text of the interface in four languages (`make messages` collects them)."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import gettext, ngettext, override
from django.utils.translation.template import templatize

from partnerships.models import Status
from vocabularies.localised import labelled

ROOT = settings.BASE_DIR
APPS = {app for app in settings.INSTALLED_APPS if (ROOT / app).is_dir()}
TEMPLATE_CALL = re.compile(r"\b(n?p?gettext|_)\((u?'(\\.|[^'\\])*'|u?\"(\\.|[^\"\\])*\"|[ ,]|count)+\)")
LANGUAGES = [code for code, _name in settings.LANGUAGES if code != "en"]


def catalogue(language):
    with Path(settings.LOCALE_PATHS[0], language, "LC_MESSAGES/django.po").open("rb") as file:
        return read_po(file, locale=language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_in_all_its_plural_forms(language):
    open_texts = [
        message.id
        for message in catalogue(language)
        if message.id
        and (message.fuzzy or not all([message.string] if message.id == str(message.id) else message.string))
    ]
    assert open_texts == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_survive_translation(language):
    broken = [(error.args[0], message.id) for message, errors in catalogue(language).check() for error in errors]
    assert broken == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_marks_within_a_text_survive_translation(language):
    """A word that is code stays code, and whatever is opened is closed."""
    changed = []
    for message in catalogue(language):
        sources = message.id if isinstance(message.id, tuple) else (message.id,)
        translations = message.string if isinstance(message.string, tuple) else (message.string,)
        allowed = [marks_of(source) for source in sources]
        changed += [text for text in translations if message.id and marks_of(text) not in allowed]
    assert changed == []


def marks_of(text):
    return sorted(re.findall(r"</?[a-z]+", text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogues_know_the_same_texts(language):
    assert {message.id for message in catalogue(language)} == {message.id for message in catalogue("es")}


@pytest.mark.parametrize(
    ("language", "one", "many"),
    [
        ("es", "1 hermanamiento", "2 hermanamientos"),
        ("fr", "1 partenariat", "2 partenariats"),
        ("pt", "1 parceria", "2 parcerias"),
    ],
)
def test_the_compiled_catalogue_is_in_use(language, one, many):
    with override(language):
        counted = [ngettext("%(count)s partnership", "%(count)s partnerships", n) % {"count": n} for n in (1, 2)]
        assert counted == [one, many]
        assert gettext("Where are WOPs happening?") != "Where are WOPs happening?"
        assert str(Status.UNDER_WAY.label) != "Under way"


def test_each_language_has_its_own_page(client, version):
    pages = {language: client.get(f"/{language}/").content.decode() for language in ("en", *LANGUAGES)}
    assert all(f'<html lang="{language}"' in page for language, page in pages.items())
    assert len(set(pages.values())) == 4


def texts_of_the_code():
    """(context, text) of every text that the code and the templates mark for translation."""
    keywords = DEFAULT_KEYWORDS | {"_": None, "gettext_lazy": None, "ngettext_lazy": (1, 2)}
    keywords |= {"pgettext_lazy": ((1, "c"), 2)}
    for path in ROOT.glob("*/**/*.py"):
        if path.relative_to(ROOT).parts[0] in APPS:
            yield from ((found[3], found[1]) for found in extract("python", path.open("rb"), keywords))
    for path in [path for ending in ("html", "txt") for path in (ROOT / "templates").rglob(f"*.{ending}")]:
        calls = "\n".join(call[0] for call in TEMPLATE_CALL.finditer(templatize(path.read_text())))
        source = BytesIO(calls.encode())
        yield from ((found[3], found[1]) for found in extract("python", source, keywords))


def test_no_marked_text_is_missing_from_the_catalogues():
    known = {(message.context, message.id) for message in catalogue("es")}
    assert {(context, text) for context, text in texts_of_the_code() if text} - known == set()


TRANSLATED = re.compile(r"{% blocktrans.*?{% endblocktrans.*?%}", re.DOTALL)


def test_every_label_goes_through_what_sets_its_colon():
    """In French a space stands before it, and a question has no colon."""
    bare = re.compile(r"\}\}: ")
    templates = {path: path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.*")}
    assert [path.name for path, text in templates.items() if bare.search(TRANSLATED.sub("", text))] == []
    with override("fr"):
        assert labelled("Pays", "Pérou") == "Pays\u00a0: Pérou"
        assert labelled("Que faites-vous\u202f?", "Choisissez.") == "Que faites-vous\u202f? Choisissez."


OTHER_SPELLINGS = {
    "en": r"emails?",
    "es": r"e-?mails?|mails?",
    "fr": r"emails?|mails?|courriels?|m[ée]ls?",
    "pt": r"emails?|mails?|correios? ele\w+",
}
"""Of what the catalogue calls e-mail or mail, correo electrónico, e-mail and e-mail."""


@pytest.mark.parametrize("language", OTHER_SPELLINGS)
def test_an_e_mail_is_spelt_in_one_way(language):
    other = re.compile(rf"(?<![\w%(-])({OTHER_SPELLINGS[language]})(?![\w)-])", re.IGNORECASE)
    wrong = []
    for message in catalogue("fr" if language == "en" else language):
        said = message.id if language == "en" else message.string
        wrong += [text for text in (said if isinstance(said, tuple) else (said,)) if message.id and other.search(text)]
    assert wrong == []


COUNTED = re.compile(r"(?<!most )(?<!About )%\((?:number|count|pages|total|days|hours)\)[sd] [a-z]{3,}s\b")
SEVERAL = {"%(days)s days"}
"""Never said of one. Nor is a limit: “At most %(number)s rows fit here.”"""


def test_what_may_be_one_has_words_for_one():
    single = {text for _context, text in texts_of_the_code() if isinstance(text, str)}
    assert {text for text in single if COUNTED.search(text)} == SEVERAL


BEFORE_A_SIGN = re.compile(r"(?<![\u00a0\u202f])[:;!?»](?=[\s.,)]|$)|«(?![\u00a0\u202f])")
"""A French sign that a line end could part from its word."""
CODE = ("Authorization:",)


def test_french_signs_stand_behind_a_space_that_does_not_break():
    wrong = []
    for message in catalogue("fr"):
        for text in message.string if isinstance(message.string, tuple) else (message.string,):
            words = re.sub("|".join(CODE), "", re.sub(r"<[^>]*>", "", text))
            wrong += [text] if message.id and BEFORE_A_SIGN.search(words) else []
    assert wrong == []
