"""A word is the same word in capitals, without its accents, after an article and in the plural."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.words import folded, spans, stem, stems, tokens


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Rivière-Salée", ["riviere", "salee"]),
        ("Œuvre à Århus, Đà Nẵng, Łódź", ["oeuvre", "a", "arhus", "da", "nang", "lodz"]),
        ("l'Eau, l’eau, d'água, qu’il", ["eau", "eau", "agua", "il"]),
        ("Côte d'Ivoire", ["cote", "ivoire"]),
        ("the utility's pipes", ["the", "utility", "pipes"]),
        ("WOP-0001", ["wop", "0001"]),
        ("m³/day, 2,500 O&M", ["m3", "day", "2", "500", "o", "m"]),
        ("“NRW”: 39 → 26 %", ["nrw", "39", "26"]),
        ("a_b", ["a", "b"]),
        ("Водоканал 水道", ["водоканал", "水道"]),
        (" …!? ", []),
    ],
)
def test_a_text_is_cut_into_words(text, words):
    assert tokens(text) == words


@pytest.mark.parametrize(
    "forms",
    [
        "partnership partnerships",
        "utility utilities",
        "city cities",
        "loss losses",
        "leak leaks leaking leaked",
        "train trains training trainings trained",
        "plan plans planning planned",
        "bill bills billing billed",
        "meter meters metering",
        "crisis crises crise",
        "analysis analyses",
        "pérdida pérdidas perdida",
        "medidor medidores",
        "operación operaciones operacion",
        "país países",
        "perte pertes",
        "réseau réseaux reseau",
        "municipal municipaux municipales municipais",
        "formation formations",
        "parceria parcerias",
        "operação operações operacao",
        "sustentável sustentáveis",
    ],
)
def test_the_forms_of_a_word_share_a_stem(forms):
    assert len({stem(word) for word in tokens(forms)}) == 1


@pytest.mark.parametrize(
    "others",
    [
        "operator operation",
        "meter metro",
        "partner partnership",
        "water waste",
        "status state",
        "bus busy",
        "need",
        "pais pai",
        "cost costa",
        "plan plant",
        "2013 2014",
        "wasco wasca",
    ],
)
def test_other_words_keep_their_own(others):
    words = tokens(others)
    assert len({stem(word) for word in words}) == len(words)


@given(st.text())
def test_folding_and_cutting_are_stable(text):
    assert folded(folded(text)) == folded(text)
    assert tokens(" ".join(tokens(text))) == tokens(text)


@pytest.mark.parametrize("text", ["L’eau d'Évian, the utility's O&M: WOP-0001 Œuvre Dji'i", "qu'il s'agit", "m³ ½"])
def test_words_are_found_where_they_stand(text):
    assert [token for _start, _end, token in spans(text)] == tokens(text)
    assert all(token in tokens(text[start:end]) for start, end, token in spans(text))


@given(st.text(alphabet="aeiouàéœlds'’ -3LQ"))
def test_a_text_has_the_same_words_in_every_place(text):
    assert [token for _start, _end, token in spans(text)] == tokens(text)


@given(st.from_regex(r"[a-z0-9]{1,15}", fullmatch=True))
def test_a_stem_is_never_empty(token):
    assert stem(token)
    assert stems(token) == {stem(token)}
