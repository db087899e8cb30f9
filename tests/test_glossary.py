"""The interface and the register say the terms of the field as the glossary has them (data/glossary.csv)."""

import csv
import re
from functools import cache

import pytest
from django.conf import settings

from tests.test_translations import LANGUAGES, catalogue

FILES = [path.stem for path in settings.DATA_DIR.glob("*.csv")]


def rows_of(name):
    with (settings.DATA_DIR / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def words(cell):
    return [one.strip() for one in cell.split(";") if one.strip()]


def says(text, word):
    """Whether ``text`` has ``word``, in one of its forms: endings of more or fewer are not looked at."""
    return re.search(rf"(?<!\w){re.escape(word)}", text.replace("'", "’"), re.IGNORECASE) is not None


def in_the_interface(language):
    """(English, translation) of the catalogue."""
    for message in catalogue(language):
        english = message.id if isinstance(message.id, str) else message.id[0]
        texts = (message.string,) if isinstance(message.string, str) else message.string
        yield from ((english, text) for text in texts if english)


def in_the_vocabularies(language):
    for row in rows_of("terms"):
        yield row["label_en"], row[f"label_{language}"]


@cache
def originals(name):
    """{reference: rows} of a file of the register, in file order."""
    found = {}
    for row in rows_of(name):
        found.setdefault(row["reference"], []).append(row)
    return found


def in_the_register(language):
    """The same of what the loader takes from the translations."""
    for row in rows_of(f"translations_{language}") if f"translations_{language}" in FILES else ():
        own = originals(f"{row['kind']}s")[row["reference"]]
        yield own[int(row["row"] or 1) - 1][row["field"]], row["text"]


PLACES = {"interface": in_the_interface, "vocabularies": in_the_vocabularies, "register": in_the_register}


def wrong_in(pairs, language):
    """[(term, English, translation)] of all that the glossary would say otherwise."""
    found = []
    for english, text in pairs:
        for term in rows_of_glossary():
            if not says(english, term["en"]) or any(says(english, word) for word in words(term["unless"])):
                continue
            avoided = any(says(text, word) for word in words(term[f"avoid_{language}"]))
            lacking = term["must"] and not any(says(text, word) for word in words(term[language]))
            if avoided or lacking:
                found.append((term["en"], english[:80], text[:120]))
    return found


@cache
def rows_of_glossary():
    return rows_of("glossary")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_terms_of_the_field_are_those_of_the_glossary(place, language):
    assert wrong_in(PLACES[place](language), language) == []


def test_another_word_would_be_found():
    pairs = [
        ("A partnership on non-revenue water", "Una asociación sobre agua no facturada"),
        ("A partnership on non-revenue water", "Un hermanamiento sobre pérdidas"),
        ("A partnership of an association", "Un hermanamiento de una asociación sobre agua"),
    ]
    assert [term for term, _english, _text in wrong_in(pairs, "es")] == ["partnership", "non-revenue water"]


def test_every_term_has_a_word_in_each_language():
    assert [row["en"] for row in rows_of_glossary() if not all(row[language] for language in LANGUAGES)] == []


def test_the_portal_says_what_a_wop_is_by_its_name_in_each_language():
    [term] = [row for row in rows_of_glossary() if row["en"] == "Water Operators’ Partnership"]
    for language in LANGUAGES:
        name = term[language].partition(" (")[0]
        assert any(says(text, name) for _english, text in in_the_interface(language)), language
