"""A word that nobody uses is taken for the nearest one that somebody does."""

import pytest

from search.spelling import KnownWords, mistakes_forgiven

KNOWN = KnownWords(
    {
        "wasco": 4,
        "management": 30,
        "saneamiento": 5,
        "onee": 3,
        "onea": 4,
        "leakage": 7,
        "linkage": 1,
        "mombasa": 2,
        "metering": 3,
        "partnerships": 9,
        "2013": 8,
    }
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("waskco", "wasco"),
        ("wacso", "wasco"),
        ("wascoo", "wasco"),
        ("managment", "management"),
        ("mangaement", "management"),
        ("mombassa", "mombasa"),
        ("linkege", "linkage"),
        ("lenkage", "leakage"),
        ("onep", ""),
        ("2014", ""),
        ("m3terin", ""),
        ("xyzzy", ""),
        ("elephant", ""),
    ],
)
def test_the_nearest_word_is_meant(typed, meant):
    assert KNOWN.nearest(typed) == meant


def test_a_form_of_a_word_is_that_word():
    assert KNOWN.holds("partnership")
    assert KNOWN.holds("meters")
    assert not KNOWN.holds("partner")


def test_of_equals_the_more_frequent_one_that_begins_alike_is_meant():
    known = KnownWords({"caster": 1, "master": 9, "castor": 5})
    assert known.nearest("castar") == "castor"
    assert KnownWords({"house": 1, "horse": 2}).nearest("hovse") == "horse"


def test_a_beginning_is_completed_by_the_most_frequent_word():
    assert KNOWN.completion("saneam") == "saneamiento"
    assert KNOWN.completion("sane") == KNOWN.completion("xsane") == ""


@pytest.mark.parametrize(
    ("word", "mistakes"), [("anc", 0), ("wasco", 1), ("leakage", 1), ("metering", 2), ("a2345678", 0)]
)
def test_longer_words_may_hold_more_mistakes(word, mistakes):
    assert mistakes_forgiven(word) == mistakes
