"""A text is found however it is typed, and the same on both databases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from operators.models import Organisation
from tests import factories
from vocabularies.search import ByLetters, folded, matching


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Rivière-Salée", "riviere-salee"),
        ("São Tomé", "sao tome"),
        ("AÑO Ñandú", "ano nandu"),
        ("Straße", "strasse"),
        ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
        ("Dji’i Tiaman", "dji'i tiaman"),
        ("l'Eau", "l'eau"),
        ("  two \t spaces\n", "two spaces"),
        ("m³", "m3"),
        ("ﬁlter", "filter"),
        ("ProMinent™ ᴬᴮ", "prominenttm ab"),
        ("", ""),
    ],
)
def test_a_text_is_folded(text, words):
    assert folded(text) == words


def test_accents_count_for_nothing_however_they_are_encoded():
    assert folded("e\u0301") == folded("\u00e9") == folded("E") == "e"


def test_several_texts_become_one_line_and_empty_ones_leave_no_gap():
    assert folded("Ana", "", None, " López ") == "ana lopez"


@given(st.text(), st.text())
def test_folding_is_stable_and_blind_to_case(first, second):
    words = folded(first, second)
    assert folded(words) == words
    assert words == " ".join(words.split())


@given(st.text(alphabet="aàéîõüçñßAÀÉÎÕÜÇÑ ’'-"))
def test_capitals_and_small_letters_are_the_same(text):
    assert folded(text.upper()) == folded(text.lower()) == folded(text)


# --- in the database ------------------------------------------------------------------------------------


def found(query):
    names = matching(Organisation.objects.all(), "search_text", query).values_list("name", flat=True)
    return sorted(names)


@pytest.fixture
def organisations(db):
    for name in ("Régie de l’Eau", "Agua y Saneamiento", "100% Water_Works"):
        factories.OrganisationFactory(name=name, acronym="")


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("regie", ["Régie de l’Eau"]),
        ("RÉGIE L'EAU", ["Régie de l’Eau"]),
        ("eau regie", ["Régie de l’Eau"]),
        ("saneam", ["Agua y Saneamiento"]),
        ("regie saneamiento", []),
        ("%", ["100% Water_Works"]),
        ("_", ["100% Water_Works"]),
        ("\\", []),
        ("'; --", []),
    ],
)
def test_every_word_is_looked_for_and_no_sign_has_a_meaning(organisations, query, names):
    assert found(query) == names


def test_no_words_find_everything(organisations):
    assert len(found("  ")) == 3


@pytest.mark.django_db
def test_names_sort_by_their_letters_on_both_databases():
    for word in ("b-a", "b a", "ba", "a", "B", "é"):
        factories.OrganisationFactory(name=word)
    names = Organisation.objects.order_by(ByLetters("name")).values_list("name", flat=True)
    assert list(names) == ["B", "a", "b a", "b-a", "ba", "é"]
