"""Found words are marked where they stand; where they do not, the page says why the entry was found."""

import pytest

from search.lexicon import Lexicon
from search.marking import SYNONYM, Reason, Sight, reasons
from search.questions import understood
from search.words import tokens
from vocabularies.models import SynonymSet

NRW = SynonymSet(code="nrw", language="en", words="non-revenue water; NRW; water losses")
LOST = SynonymSet(code="nrw", language="es", words="agua no contabilizada; ANC")
KNOWN = Lexicon(dict.fromkeys(tokens("non revenue water losses nrw anc kenya onee onep"), 1), [NRW, LOST])


def ask(text):
    return understood(text, known=KNOWN)


@pytest.mark.parametrize(
    ("question", "text", "marked"),
    [
        ("NRW", "Non-revenue water fell", "<mark>Non-revenue water</mark> fell"),
        ("non-revenue water", "NRW & water", "<mark>NRW</mark> &amp; water"),
        ("kenya", "Kenya’s <b>Kenyan</b> KENYA", "<mark>Kenya</mark>’s &lt;b&gt;Kenyan&lt;/b&gt; <mark>KENYA</mark>"),
        ("nrw kenya", "Water loss, Kenya", "<mark>Water loss</mark>, <mark>Kenya</mark>"),
        ("kenya", "", ""),
        ("", "Kenya", "Kenya"),
        ("réseaux", "Le réseau d’eau", "Le <mark>réseau</mark> d’eau"),
    ],
)
def test_words_are_marked(question, text, marked):
    assert Sight(ask(question)).marked(text) == marked


def test_a_word_in_sight_needs_no_reason():
    assert reasons(ask("Kenya"), ["From Uganda to Kenya"], []) == []


def test_what_stands_for_a_word_is_named():
    assert reasons(ask("ANC"), ["Water losses in Nakuru"], []) == [Reason("ANC", "Water losses", SYNONYM)]
    behind = [("former", "Office National de l’Eau Potable (ONEP)"), ("text", "ONEP came")]
    assert reasons(ask("onep"), ["ONEE"], behind) == [Reason("onep", behind[0][1], "former")]


def test_what_costs_something_is_read_only_for_words_without_a_reason():
    def behind():
        yield "former", "ONEP"
        raise AssertionError

    assert reasons(ask("Kenya"), ["Kenya"], behind()) == []
    assert len(reasons(ask("onep Kenya"), ["Kenya"], behind())) == 1


def test_each_word_has_its_own_reason():
    told = reasons(ask("NRW onep Kenya"), ["Kenya, water losses"], [("former", "ONEP")])
    assert told == [Reason("NRW", "water losses", SYNONYM), Reason("onep", "ONEP", "former", 1)]
    assert reasons(ask("zebra"), ["Kenya"], []) == []
