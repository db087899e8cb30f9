"""Words that nobody wrote: what was probably meant, among the words that the register holds."""

from bisect import bisect_left
from collections import defaultdict
from functools import lru_cache
from itertools import islice, takewhile

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from search.words import stem

SHORTEST = 5
"""Below it a word is an acronym, and one letter more or less another one."""
LONG = 8
"""From so many letters on two mistakes are forgiven, before that one."""
MOST_BEGUN = 12


class KnownWords:
    """The words of the register, with how often each stands there: ``KnownWords({"wasco": 4, "water": 310})``."""

    def __init__(self, counts):
        self._counts = dict(counts)
        self._stems = {stem(word) for word in self._counts}
        self._by_length = defaultdict(list)
        self._in_order = sorted(self._counts)
        for word in self._in_order:
            self._by_length[len(word)].append(word)
        self.nearest = lru_cache(1000)(self._nearest)

    def holds(self, token):
        """Whether the register has ``token`` in any form."""
        return token in self._counts or stem(token) in self._stems

    def words(self):
        return self._counts.keys()

    def begun(self, beginning):
        """The words that begin so, the most frequent first."""
        start = bisect_left(self._in_order, beginning)
        begun = list(takewhile(lambda word: word.startswith(beginning), islice(self._in_order, start, None)))
        return sorted(begun, key=lambda word: (-self._counts[word], word))[:MOST_BEGUN]

    def completion(self, token):
        """The most frequent word that begins with ``token``, where it is long enough to mean something; else ""."""
        begun = self.begun(token) if len(token) >= SHORTEST else []
        return begun[0] if begun else ""

    def _nearest(self, token):
        """The word that somebody meant who typed ``token``; "" where none is near enough.

        Letters swapped, left out, doubled or replaced; among equals one that begins alike, then one in which none was
        replaced, as fingers miss a letter more often than they take another one, then the most frequent.
        """
        allowed = mistakes_forgiven(token)
        if not allowed:
            return ""
        lengths = range(len(token) - allowed, len(token) + allowed + 1)
        words = [word for length in lengths for word in self._by_length.get(length, ()) if word.isalpha()]
        near = extract(token, words, scorer=OSA.distance, score_cutoff=allowed, limit=None)
        likely = [
            (far, word[0] != token[0], _is_replaced(word, token), -self._counts[word], word)
            for word, far, _place in near
        ]
        # Two mistakes, one of them in the first letter, make another word.
        likely = [one for one in likely if not (one[0] > 1 and one[1])]
        return min(likely)[-1] if likely else ""


def _is_replaced(word, token):
    return len(word) == len(token) and sorted(word) != sorted(token)


def mistakes_forgiven(token):
    """How many letters of a word of this length may be wrong; none of acronyms and of what holds figures."""
    if len(token) < SHORTEST or not token.isalpha():
        return 0
    return 2 if len(token) >= LONG else 1
