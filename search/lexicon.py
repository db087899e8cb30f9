"""What questions may mean, in tables made once: the register's words, names in it, and synonyms of the sector."""

from collections import defaultdict
from typing import NamedTuple

from search.spelling import KnownWords
from search.words import stem, tokens


class Alternative(NamedTuple):
    """One way to say what was asked: the words to look for, and how people write them."""

    words: tuple[str, ...]
    text: str


class Lexicon:
    """``Lexicon(counts, synonyms=SynonymSet.objects.all(), names=["UN-Habitat"])``.

    ``counts`` says how often the register has each folded word; ``names`` are looked for as they stand, whatever
    their parts mean alone: *WOP-LAC* is no partnership in Latin America.
    """

    def __init__(self, counts, synonyms=(), names=()):
        self._sets = defaultdict(dict)
        self._meanings = defaultdict(dict)
        self._names = {tuple(tokens(name)) for name in names}
        for one in synonyms:
            for text in one.each():
                self._add(one.code, one.language, Alternative(tuple(tokens(text)), text))
        spoken = {
            word: 0 for same in self._sets.values() for alternative in same.values() for word in alternative.words
        }
        self._register = KnownWords(counts)
        self._known = KnownWords(spoken | dict(counts))
        self.longest = max(map(len, [*self._names, *self._meanings]), default=1)

    def _add(self, code, language, alternative):
        key = _key(alternative.words)
        if key:
            self._sets[code].setdefault(key, alternative)
            self._meanings[key].setdefault(code, set()).add(language)

    def holds(self, token):
        """Whether anybody uses this word: the register, or the synonyms."""
        return self._known.holds(token)

    def is_used(self, token):
        """Whether the register has it."""
        return self._register.holds(token)

    def words(self):
        return self._known.words()

    def begun(self, beginning):
        """The most frequent words of the register that begin so."""
        return self._register.begun(beginning)

    def meant(self, token):
        """What somebody meant who typed ``token``, which nobody uses; "" where it could be anything."""
        return self._known.nearest(token) or self._known.completion(token)

    def is_phrase(self, words):
        """Whether ``words`` mean something together, or one of them something else as well."""
        return words in self._names or (_key(words) in self._meanings)

    def alternatives(self, words, language=None):
        """What else to look for than ``words``: only what the register has, and nothing that holds a shorter one.

        A word that means several things means in ``language`` what it means there: *ANC* are losses in Spanish and
        septic tanks in French.
        """
        if words in self._names:
            return []
        meanings = self._meanings.get(_key(words), {})
        own = [code for code, languages in meanings.items() if language in languages]
        same = {key: other for code in own or meanings for key, other in self._sets[code].items()}
        kept = {
            key: other
            for key, other in same.items()
            if key != _key(words) and all(map(self._register.holds, other.words))
        }
        return [other for key, other in kept.items() if not any(_within(short, key) for short in kept)]


def _key(words):
    return tuple(map(stem, words))


def _within(short, key):
    """Whether the shorter phrase stands in the longer one."""
    size = len(short)
    return size < len(key) and any(key[start : start + size] == short for start in range(len(key) - size + 1))
