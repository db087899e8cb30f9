"""What somebody looks for who types a few words."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from search.lexicon import Alternative, Lexicon
from search.words import STOP_WORDS, WORD, folded, spans, tokens

MOST_GROUPS = 8
"""Words and phrases that are looked for; what stands behind them is not read."""
MOST_WORDS = 40
NOTHING_KNOWN = Lexicon({})
WOP = "wop"
NUMBERED = re.compile(rf"{WOP}0*(\d{{1,5}})")
YEAR = re.compile(r"(19|20)\d\d")


class Corrected(NamedTuple):
    """“Showing *asset management*; search instead for *asset managment*.”"""

    shown: str
    typed: str


class Group(NamedTuple):
    """A word or phrase, as it was typed (``text``) and folded, and what else means the same. One has to be there."""

    text: str
    typed: tuple[str, ...]
    others: tuple[Alternative, ...] = ()

    @property
    def alternatives(self):
        """Tuples of folded words that stand side by side; what was typed comes first."""
        return [self.typed, *(other.words for other in self.others)]


@dataclass(frozen=True)
class Question:
    """All of the ``groups`` have to be there. ``corrected`` is None where the words were taken as they stand."""

    text: str
    groups: tuple[Group, ...] = ()
    corrected: Corrected | None = None

    def __bool__(self):
        return bool(self.groups)

    @property
    def synonyms(self):
        """The groups for which something else is looked for as well."""
        return [group for group in self.groups if group.others]

    @property
    def alternatives(self):
        """[[words side by side, or other words], and ...]: what the index looks for."""
        return [group.alternatives for group in self.groups]


def understood(text, language=None, *, known=NOTHING_KNOWN, exact=False):
    """The Question that ``text`` asks in the interface ``language``.

    ``known`` is the Lexicon of the register. Typing mistakes are put right only in words that nobody uses, and not at
    all when the person insists on them (``exact``).
    """
    corrections = {} if exact else _corrections(text, known)
    shown = _with(text, corrections)
    return Question(
        text,
        tuple(_groups(shown, known, language)),
        Corrected(shown, text) if corrections else None,
    )


def beginning(text, known):
    """The groups of words that somebody is still typing: the last one may be the beginning of several."""
    *whole, last = tokens(text)[-MOST_GROUPS:] or [""]
    begun = [(word,) for word in known.begun(last)]
    return [*([(word,)] for word in whole), [(last,), *begun]] if last else []


def _groups(text, known, language):
    placed = [*spans(text)][:MOST_WORDS]
    words = [token for _start, _end, token in placed]
    stop = STOP_WORDS - _shouted(text)
    if all(word in stop for word in words):
        stop = frozenset()
    place, found = 0, {}
    while place < len(words) and len(found) < MOST_GROUPS:
        size, typed, others = _reference(words, place) or _phrase(words, place, known, language)
        if size > 1 or words[place] not in stop:
            written = text[placed[place][0] : placed[place + size - 1][1]]
            found.setdefault(typed, Group(written, typed, others))
        place += size
    return found.values()


def _reference(words, place):
    """*wop 1*, *WOP-0001* and *wop0001* are one partnership; *wop 2014* is a year, *wop2014* is none."""
    word, following = words[place], words[place + 1 : place + 2]
    if numbered := NUMBERED.fullmatch(word):
        return 1, (WOP, f"{int(numbered[1]):04}"), ()
    if word == WOP and following and re.fullmatch(r"\d{1,5}", following[0]) and not YEAR.fullmatch(following[0]):
        return 2, (WOP, f"{int(following[0]):04}"), ()
    return None


def _phrase(words, place, known, language):
    """The longest run of words that mean something together; else the one word."""
    for size in range(min(known.longest, len(words) - place), 0, -1):
        together = tuple(words[place : place + size])
        if known.is_phrase(together):
            return size, together, tuple(known.alternatives(together, language))
    return 1, (words[place],), ()


def _corrections(text, known):
    """{typed: meant} of the words that nobody uses."""
    words = dict.fromkeys(tokens(text)[:MOST_WORDS])
    unknown = [word for word in words if word not in STOP_WORDS and not known.holds(word)]
    meant = {word: known.meant(word) for word in unknown[:MOST_GROUPS]}
    return {word: better for word, better in meant.items() if better}


def _shouted(text):
    """Words in capitals in a text that is not all in capitals: *WHO in Kenya* asks for an organisation."""
    return (
        frozenset()
        if text.isupper() and " " in text.strip()
        else {folded(word) for word in WORD.findall(text) if word.isupper() and len(word) > 1}
    )


def _with(text, corrections):
    """``text`` with its mistakes put right, the rest as it was typed."""
    return WORD.sub(lambda word: _like(word[0], corrections.get(folded(word[0]), "")), text) if corrections else text


def _like(typed, better):
    """``better`` in capitals where ``typed`` has them."""
    if typed.isupper():
        return better.upper()
    return (better.capitalize() if typed[0].isupper() else better) or typed
