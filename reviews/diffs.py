"""What changed between two states of an entry: rows matched by key, long texts compared word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from reviews.schema import type_of
from reviews.snapshot_display import fields_of, kind_label, kinds_of, shown_snapshots
from reviews.snapshots import ITSELF

ORDER = "position"
TOKENS = re.compile(r"\s+|\w+(?:[.,'’/:@-]\w+)*|[^\w\s]")
LINES = re.compile(r"[^\n]*\n|[^\n]+")
COMPARABLE = 4_000_000
"""Words on one side times words on the other: beyond it whole lines are compared, or a request would hang."""

ALIKE, FEW = 0.4, 12
"""Texts of more than so many words (and signs) that share less than this are another text, not a changed one."""


@dataclass(frozen=True)
class Change:
    """One field that reads differently. ``what`` is about the row: "added", "removed" or "changed".

    ``before`` and ``after`` are texts for readers, "" for nothing. ``pieces`` puts both together:
    (op, text) with op "same", "out" or "in".
    """

    kind: str
    kind_label: str
    key: str
    row_label: str
    field: str
    field_label: str
    what: str
    before: str
    after: str
    pieces: tuple

    @property
    def anchor(self):
        """The id of this change in a page."""
        return f"change-{self.key or self.kind or 'entry'}-{self.field}"


def changes_between(model, before, after):
    """The list of Change that leads from ``before`` to ``after``, what ``content_of`` returned, None for nothing."""
    if not before or not after:
        before, after = _with_the_entry_itself(before), _with_the_entry_itself(after)
    return changes_of(model, *shown_snapshots(model, before, after))


def changes_of(model, old, new):
    """The same of two Sides of such contents."""
    changes = []
    for kind in kinds_of(model):
        changes += _moved(model, kind, old, new)
        for key in _keys(kind, old, new):
            changes += _changes_of_row(model, kind, key, old, new)
    return changes


def _with_the_entry_itself(content):
    """The entry always exists: without content all its fields are empty, and none of them was added."""
    return content or {ITSELF: {ITSELF: {}}}


def _keys(kind, old, new):
    """Every row of either side, each at its place; what is gone stands where it stood."""
    keys = new.ordered(kind)
    for place, key in enumerate(old.ordered(kind)):
        if key not in new.rows[kind]:
            keys.insert(min(place, len(keys)), key)
    return keys


def _changes_of_row(model, kind, key, old, new):
    """Changes of the fields that differ; a row without words is told by one Change without a field."""
    what = _what(kind, key, old, new)
    fields = fields_of(kinds_of(model)[kind])
    if what == "changed":
        fields = [field for field in fields if _differs(kind, key, field, old, new)]
    changes = []
    for field in fields:
        texts = old.text(kind, key, field), new.text(kind, key, field)
        if texts[0] != texts[1]:
            changes.append(_change(model, kind, key, field, what, texts, old, new))
    if not changes and what != "changed":
        changes.append(_change(model, kind, key, None, what, ("", ""), old, new))
    return changes


def _what(kind, key, old, new):
    if key not in old.rows[kind]:
        return "added"
    return "changed" if key in new.rows[kind] else "removed"


def _differs(kind, key, field, old, new):
    """A field that one side did not have yet when it was kept is not a change of the entry."""
    was, now = old.rows[kind][key], new.rows[kind][key]
    known = field.name in was and field.name in now
    return was.get(field.name) != now.get(field.name) and (known or not was or not now)


def _change(model, kind, key, field, what, texts, old, new):
    side = new if what != "removed" else old
    return Change(
        kind=kind,
        kind_label=kind_label(model, kind),
        key=key,
        row_label=side.label(kind, key),
        field=field.name if field else "",
        field_label=capfirst(str(field.verbose_name)) if field else "",
        what=what,
        before=texts[0],
        after=texts[1],
        pieces=_pieces(field, *texts),
    )


def _moved(model, kind, old, new):
    """One Change when rows that both sides have stand in another order."""
    was = [key for key in old.ordered(kind) if key in new.rows[kind]]
    now = [key for key in new.ordered(kind) if key in old.rows[kind]]
    if was == now:
        return []
    texts = ["; ".join(side.label(kind, key) for key in keys) for side, keys in ((old, was), (new, now))]
    label = kind_label(model, kind)
    pieces = (("out", texts[0]), ("in", texts[1]))
    return [Change(kind, label, "", "", ORDER, _("Order changed"), "changed", *texts, pieces)]


def _pieces(field, before, after):
    """Words for what people write; what is chosen, dated or counted is replaced as a whole."""
    if before and after and type_of(field).is_prose:
        return pieces_of(before, after)
    return tuple((op, text) for op, text in (("out", before), ("in", after)) if text)


def pieces_of(before, after):
    """Two texts as (op, text) of words: "same", "out", "in"."""
    old, new = _tokens(before, after)
    matcher, pieces = SequenceMatcher(None, old, new, autojunk=False), []
    if min(len(old), len(new)) > FEW and matcher.ratio() < ALIKE:
        return (("out", before), ("in", after))
    for op, a, b, c, d in matcher.get_opcodes():
        if op == "equal":
            pieces.append(("same", "".join(old[a:b])))
        else:
            pieces += [("out", "".join(old[a:b])), ("in", "".join(new[c:d]))]
    return _joined([(op, text) for op, text in pieces if text])


def _tokens(before, after):
    old, new = TOKENS.findall(before), TOKENS.findall(after)
    if len(old) * len(new) > COMPARABLE:
        old, new = LINES.findall(before), LINES.findall(after)
    return old, new


def _joined(pieces):
    """Words that only a blank parts are one change: “two of three” out, “four of five” in."""
    joined = []
    gone, come = "", ""
    for place, (op, text) in enumerate([*pieces, ("end", "")]):
        inside = op == "same" and not text.strip() and (gone or come) and place + 1 < len(pieces)
        if op == "out" or inside:
            gone += text
        if op == "in" or inside:
            come += text
        if op in {"same", "end"} and not inside:
            joined += [(kind, words) for kind, words in (("out", gone), ("in", come)) if words]
            joined += [(op, text)] if text else []
            gone, come = "", ""
    return tuple(joined)
