"""Where the words of a question stand in a text, and why an entry was found where none of them is in sight."""

from typing import NamedTuple

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from search.words import spans, stem


class Sight:
    """Texts that a reader sees of an entry, with the places of a question's words in them."""

    def __init__(self, question):
        self.question = question
        self._wanted = {
            tuple(map(stem, words)): (place, rank)
            for place, group in reversed([*enumerate(question.groups)])
            for rank, words in reversed([*enumerate(group.alternatives)])
        }
        self._longest = max(map(len, self._wanted), default=0)

    def found(self, text):
        """[(start, end, number of the group, rank of the alternative; 0 is what was typed)] in ``text``, in order."""
        words = [(start, end, stem(token)) for start, end, token in spans(text)]
        place, found = 0, []
        while place < len(words):
            size = self._size_at(words, place)
            if size:
                key = tuple(word for _start, _end, word in words[place : place + size])
                found.append((words[place][0], words[place + size - 1][1], *self._wanted[key]))
            place += size or 1
        return found

    def _size_at(self, words, place):
        """How many words from ``place`` on are looked for together: the most."""
        for size in range(min(self._longest, len(words) - place), 0, -1):
            if tuple(word for _start, _end, word in words[place : place + size]) in self._wanted:
                return size
        return 0

    def marked(self, text) -> SafeString:
        """``text`` for a page, with what was looked for in ``<mark>``."""
        pieces, last = [], 0
        for start, end, _group, _rank in self.found(text):
            pieces += [("", text[last:start], ""), (MARK, text[start:end], UNMARK)]
            last = end
        return format_html_join("", "{}{}{}", [*pieces, ("", text[last:], "")])


MARK, UNMARK = SafeString("<mark>"), SafeString("</mark>")


class Reason(NamedTuple):
    """Why an entry was found: what was typed, and what stands for it there, and as what (a code of the caller)."""

    typed: str
    found: str
    as_what: str
    group: int = 0


SYNONYM = "synonym"


def reasons(question, in_sight, behind):
    """[Reason] for each word that is not ``in_sight`` as it was typed, as far as there is one.

    ``in_sight``: texts on the page; ``behind``: pairs (code, text) of what else the entry was found by, the most
    telling first. What comes later is not read when all words have their reason: it may cost something.
    """
    sight, groups = Sight(question), range(len(question.groups))
    shown, told = {}, {}
    for text in in_sight:
        for start, end, group, rank in sight.found(text):
            shown.setdefault(group, {}).setdefault(rank, text[start:end])
    told = {group: (SYNONYM, min(words.items())[1]) for group, words in shown.items() if 0 not in words}
    wanted = {group for group in groups if group not in shown}
    for code, text in behind if wanted else ():
        for group in {group for _start, _end, group, _rank in sight.found(text)} & wanted:
            told[group] = code, text
        wanted -= told.keys()
        if not wanted:
            break
    return [Reason(question.groups[group].text, told[group][1], told[group][0], group) for group in sorted(told)]
