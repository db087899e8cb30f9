"""What counts as a word: the same for what is written and for what is asked, in four languages at once."""

import re

from vocabularies.search import folded as folded_line

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "ʻ": "'", "ʼ": "'", "‘": "'"})
ELIDED = r"(?:[cdjlmnst]|qu|dell|nell|sull|all)"
ELISION = re.compile(rf"\b{ELIDED}'(?=\w)")
"""*l'eau*, *d'água*, *dell'acqua*: the article before the apostrophe is no word of its own."""
POSSESSIVE = re.compile(r"(?<=\w\w)'s\b")
WORD = re.compile(r"[^\W_]+")
WRITTEN = re.compile(rf"\b{ELIDED}['’](?=\w)|(?<=\w\w)['’]s\b|(?P<word>[^\W_]+)", re.IGNORECASE)
"""The same of a text as it was written: elisions and possessives are passed over."""

ENDINGS = [
    # Of plurals, each with what the singular has instead and how many letters must stay before it.
    ("sis", "s", 3),  # crisis, crises, crise
    ("ais", "al", 3),  # municipais
    ("eis", "el", 3),  # sustentáveis
    ("eaux", "eau", 0),  # réseaux
    ("aux", "al", 3),  # municipaux
    ("eux", "eu", 2),  # lieux
    ("cao", "co", 3),  # operação, since operações loses what it ends on
    ("s", "", 3),
]
NO_PLURAL = re.compile(r"(ss|us|is)$")
VERBS = ("ing", "ed")
STEM = 4
"""So many letters stay when a verb's ending goes, or an ``e`` as in *perte* and *medidore(s)*."""

BETWEEN_WORDS = {
    "en": (
        "a an and are as at be became become by did do does for from how in into is it its of on or that the "
        "their there to was were what when where which who whom whose why with"
    ),
    "es": (
        "a al ante como con cual cuales cuando de del desde donde el en entre es ha han la las lo los o para "
        "pero por que quien quienes se sin sobre son su sus un una unas unos y"
    ),
    "fr": (
        "a au aux avec ce ces comment dans de des du elle en est et la le les leur leurs ou par pas pour "
        "quand que quel quelle quelles quels qui sa ses son sont sur un une"
    ),
    "pt": (
        "a ao aos as com como da das de do dos e em entre na nas no nos o onde os ou para pela pelas pelo "
        "pelos qual quais quando que quem sao se sem seu seus sob sua suas um uma umas uns"
    ),
}
STOP_WORDS = frozenset(word for words in BETWEEN_WORDS.values() for word in words.split())
"""Words between the words: a question made of others as well is asked without them."""


def folded(text):
    """``text`` in one line of small letters without accents and ligatures: *Œuvre à Århus* is ``oeuvre a arhus``."""
    return folded_line(text).translate(LIGATURES)


def tokens(text):
    """The words of ``text`` in their order, folded: letters and digits without a sign between them."""
    return WORD.findall(POSSESSIVE.sub("", ELISION.sub("", folded(text))))


def stem(token):
    """What the forms of a folded word share: *partnerships*, *pérdidas* and *réseaux* are found by their singular.

    Only endings of number, and of English verbs: whoever asks for operators is not told of every operation. That is
    what usual stemmers do, and they need accents, which people leave out: decision 0031.
    """
    if not token.isalpha():
        return token
    word = _verb(_singular(token))
    word = word[:-1] if word.endswith("e") and len(word) > STEM else word
    return word[:-1] + "i" if word.endswith("y") and len(word) >= STEM else word


def stems(token):
    """The forms under which ``token`` is kept and looked for beside itself, as a set."""
    return {stem(token)}


def _singular(word):
    for ending, instead, rest in ENDINGS:
        if word.endswith(ending) and len(word) >= len(ending) + rest:
            return word if ending == "s" and NO_PLURAL.search(word) else word[: -len(ending)] + instead
    return word


def _verb(word):
    for ending in VERBS:
        if word.endswith(ending) and len(word) >= len(ending) + STEM:
            return _undoubled(word[: -len(ending)])
    return word


def _undoubled(word):
    """*planning* is *plan*, while *billing* stays with *bill*."""
    return word[:-1] if word[-1] == word[-2] and word[-1] not in "lsz" else word


def spans(text):
    """(start, end, token) of the words of ``text`` where they stand in it, for whoever marks them."""
    for found in WRITTEN.finditer(text):
        if found["word"]:
            yield from ((*found.span(), token) for token in tokens(found["word"]))
