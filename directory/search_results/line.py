"""One entry that a search found, and why."""

from dataclasses import dataclass, field, replace

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.mentor_mentee import Pair
from search.marking import SYNONYM, Sight, reasons

FORMER, THEN, PLACE, TOPIC, TEXT = "former", "then", "place", "topic", "text"
"""What an entry was found by where it is not in sight; a reader is told in this order."""
ABOUT = 240
AROUND = 90
"""Letters of a text in a list, and on each side of what was found in one that is not shown."""


@dataclass
class Line:
    """``title`` is empty where the ``pair`` stands for it."""

    url: str
    title: SafeString | str = ""
    pair: Pair | None = None
    label: str = ""
    facts: list = field(default_factory=list)
    text: SafeString | str = ""
    topics: list = field(default_factory=list)
    reasons: list = field(default_factory=list)


def told(question, in_sight, behind):
    """Why an entry was found, in words a reader does not see otherwise."""
    texts = [str(text) for text in in_sight if text]
    hidden = ((code, str(text)) for code, text in behind if text)
    return [_in_words(question, reason) for reason in reasons(question, texts, hidden)]


def marked_pair(pair, sight):
    """``pair`` with what was looked for marked in its names and places."""
    left, right = (
        [replace(end, name=sight.marked(end.name), where=sight.marked(end.where)) for end in side]
        for side in (pair.left, pair.right)
    )
    return replace(pair, left=left, right=right)


def shortened(text):
    return Truncator(text).chars(ABOUT)


def named(former):
    """“Office National de l'Eau Potable (ONEP)”."""
    return f"{former.name} ({former.acronym})" if former.acronym else former.name


def _in_words(question, reason):
    sight = Sight(question)
    if reason.as_what == SYNONYM:
        about = {"typed": reason.typed, "found": reason.found}
        return _("“%(found)s”: means the same as “%(typed)s”") % about
    found = sight.marked(_around(sight, reason))
    return format_html(LABELS[reason.as_what], found=found)


LABELS = {
    FORMER: gettext_lazy("Former name: {found}"),
    THEN: gettext_lazy("Name used then: {found}"),
    PLACE: gettext_lazy("Place: {found}"),
    TOPIC: gettext_lazy("Topic: {found}"),
    TEXT: "{found}",
}


def _around(sight, reason):
    """What stands around the found word, cut at words."""
    text = reason.found
    start, end = next((start, end) for start, end, group, _rank in sight.found(text) if group == reason.group)
    first = text.find(" ", start - AROUND) + 1 if start > AROUND else 0
    last = text.rfind(" ", end, end + AROUND) if len(text) > end + AROUND else len(text)
    return f"{'… ' if first else ''}{text[first : max(last, end)]}{' …' if last < len(text) else ''}"
