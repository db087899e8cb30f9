"""What people type is understood: synonyms, names, references, mistakes, and nothing more than they can mean."""

import csv

import pytest
from django.conf import settings

from search.lexicon import Lexicon
from search.questions import MOST_GROUPS, understood
from search.words import tokens
from vocabularies.models import SynonymSet

ISSUE = {
    "NRW": "non-revenue water; water losses; leakage; unaccounted-for water; UFW; agua no contabilizada; ANC; ANR; "
    "agua no facturada; pérdidas; eau non facturée; ENF; pertes; rendement; água não faturada; ANF; perdas",
    "sewerage": "sanitation; alcantarillado; saneamiento; assainissement; esgoto",
    "WOP": "twinning; hermanamiento; jumelage; partenariat; geminação; partnership; parceria",
    "metering": "micromedición; comptage; micromedição",
}
"""What the sector calls the same."""


def delivered():
    with (settings.DATA_DIR / "synonyms.csv").open(encoding="utf-8") as file:
        return [SynonymSet(**row) for row in csv.DictReader(file)]


def lexicon(text, names=()):
    counts = dict.fromkeys(tokens(text), 1)
    return Lexicon(counts, delivered(), names)


@pytest.fixture(scope="module")
def everything():
    """A register that has every word there is."""
    return lexicon(" ".join(one.words for one in delivered()), ["UN-Habitat", "WOP-LAC", "Manila Water Company"])


def asked(question):
    return [" ".join(group.typed) for group in question.groups]


def also(question):
    return {folded for group in question.groups for other in group.others for folded in [" ".join(other.words)]}


@pytest.mark.parametrize(("first", "others"), ISSUE.items())
def test_words_of_the_sector_mean_each_other(first, others):
    words = [first, *others.split("; ")]
    for word in words:
        known = lexicon("; ".join(words))
        found = also(understood(word, known=known)) | {" ".join(tokens(word))}
        assert {" ".join(tokens(one)) for one in words if len(tokens(one)) == 1} <= found, word


def test_every_set_has_words_in_every_language_and_each_is_understood(everything):
    sets = {(one.code, one.language): one.each() for one in delivered()}
    codes = {code for code, _language in sets}
    assert len(codes) >= 60
    assert set(sets) == {(code, language) for code in codes for language in ("en", "es", "fr", "pt")}
    for (_code, language), words in sets.items():
        assert words
        for word in words:
            (group,) = understood(word, language, known=everything).groups
            assert group.typed == tuple(tokens(word))


def test_only_words_that_the_register_has_are_looked_for():
    question = understood("pertes", known=lexicon("Non-revenue water fell"))
    assert question.alternatives == [[("pertes",), ("non", "revenue", "water")]]


def test_a_phrase_that_holds_another_adds_nothing():
    assert also(understood("perdas", known=lexicon("pérdidas de agua, pérdidas"))) == {"perdidas"}


def test_the_longest_phrase_counts(everything):
    question = understood("agua no contabilizada en el Caribe", known=everything)
    assert asked(question) == ["agua no contabilizada", "caribe"]


def test_acronyms_mean_in_a_language_what_they_mean_there(everything):
    assert "septic tank" in also(understood("ANC", "fr", known=everything))
    assert "septic tank" not in also(understood("ANC", "es", known=everything))
    assert {"septic tank", "nrw"} <= also(understood("ANC", "en", known=everything))


@pytest.mark.parametrize("text", ["partnership", "partnerships", "PARTNERSHIPS", "Partnership’s"])
def test_forms_of_a_word_mean_the_same(everything, text):
    assert "jumelage" in also(understood(text, known=everything))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("wop 1", ["wop 0001"]),
        ("WOP-0001", ["wop 0001"]),
        ("wop0012", ["wop 0012"]),
        ("#wop 12 Kenya", ["wop 0012", "kenya"]),
        ("wop 2014", ["wop", "2014"]),
        ("wop2014", ["wop 2014"]),
        ("1", ["1"]),
        ("WOP-LAC", ["wop lac"]),
        ("UN-Habitat in Kenya", ["un habitat", "kenya"]),
        ("Manila Water Company", ["manila water company"]),
    ],
)
def test_references_and_names_are_looked_for_as_a_whole(everything, text, words):
    assert asked(understood(text, known=everything)) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("water losses in the Caribbean", ["water losses", "caribbean"]),
        ("pertes d'eau dans les Caraïbes", ["pertes eau", "caraibes"]),
        ("which mentee became a mentor?", ["mentee", "mentor"]),
        ("who is in it", ["who", "is", "in", "it"]),
        ("WHO in Kenya", ["who", "kenya"]),
        ("WATER IN KENYA", ["water", "kenya"]),
        ("water water WATER", ["water"]),
        ("", []),
        ("?!", []),
    ],
)
def test_words_between_the_words_are_not_looked_for(everything, text, words):
    assert asked(understood(text, known=everything)) == words


def test_a_mistake_is_put_right_and_said():
    known = lexicon("asset management WASCO")
    question = understood("Asset managment, Waskco", known=known)
    assert asked(question) == ["asset management", "wasco"]
    assert question.corrected == ("Asset management, Wasco", "Asset managment, Waskco")


@pytest.mark.parametrize(("typed", "shown"), [("waskco", "wasco"), ("WASKCO", "WASCO"), ("Waskco’s", "Wasco’s")])
def test_what_is_put_right_keeps_its_capitals(typed, shown):
    assert understood(typed, known=lexicon("WASCO")).corrected.shown == shown


def test_a_group_knows_how_it_was_typed(everything):
    question = understood("l’Eau non facturée, ANC & wop-1", known=everything)
    assert [group.text for group in question.groups] == ["Eau non facturée", "ANC", "wop-1"]


def test_nothing_is_put_right_when_somebody_uses_the_word_or_the_person_insists():
    known = lexicon("asset management managements linkage leakage")
    assert understood("linkage", known=known).corrected is None
    assert understood("comptage", known=known).corrected is None, "a synonym is a word"
    insisting = understood("managment", known=known, exact=True)
    assert (insisting.corrected, asked(insisting)) == (None, ["managment"])


def test_nonsense_stays_nonsense(everything):
    for text in ("blorptang", "xqzvw", "qwertyuiop asdfgh", "zzzz 99999", "ONEQ"):
        question = understood(text, known=everything)
        assert (asked(question), question.corrected) == (tokens(text), None)


def test_a_hundred_words_cost_what_eight_do(everything):
    many = understood(" ".join(f"leackage{'abcdefghij'[n % 10]}{n}" for n in range(100)), known=everything)
    assert len(many.groups) == MOST_GROUPS


def test_without_a_lexicon_words_are_words():
    question = understood("Régie de l’Eau")
    assert question.alternatives == [[("regie",)], [("eau",)]]
    assert not understood("   ")
