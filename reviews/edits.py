"""Pages that change at once, without a review: what was changed is kept, shown and taken back.

What a page says is plain data as of an entry (``reviews.snapshots.content_of``): {kind: {key: {field: value}}}. An
``Edit`` keeps the parts that changed as they were before and after, and is told by the same differences as two versions
of an entry. Parts are the fields of the page, and each kind of its rows as a whole
(docs/decisions/0013-pages-that-change-at-once.md).
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from reviews.diffs import changes_of
from reviews.snapshot_display import shown_snapshots
from reviews.snapshots import ITSELF


@dataclass(frozen=True)
class Rows:
    """Rows of a page, which have neither a key nor an order of their own: one that reads the same is the same.

    ``check(row)`` raises ValidationError for a new row that cannot be. ``order(values)``: of a list that is written
    anew as a whole, in this order.
    """

    fields: tuple
    check: Callable | None = None
    order: Callable | None = None


@dataclass(frozen=True)
class Page:
    """``model`` counts writes in its column ``revision``, names its ``rows`` in ``page_rows``, and has ``page_edits``.

    ``labels`` and ``replaced`` say of some fields what their columns do not: what they are called on the page; in
    words, (what was there before, what came instead) of values that say nothing to a reader.
    """

    model: type
    fields: tuple
    rows: dict
    labels: dict = field(default_factory=dict)
    replaced: dict = field(default_factory=dict)
    written: Callable = lambda thing: None

    def read(self, thing):
        """What the page of ``thing`` says."""
        content = {ITSELF: {ITSELF: plain(thing, self.fields)}}
        for kind, rows in self.rows.items():
            content[kind] = keyed(plain(row, rows.fields) for row in getattr(thing, kind).all())
        return content

    def row(self, kind, values):
        """What ``values`` say as a row of ``kind``, in the shape of ``read``; columns that are not named are empty."""
        model = self.model._meta.get_field(kind).related_model
        return {name: _plain(model._meta.get_field(name), values.get(name)) for name in self.rows[kind].fields}


@dataclass(frozen=True)
class DescribedEdit:
    """One edit and what it changed. ``changes``: [(label, [(op, text)])] with op "same", "out" or "in"."""

    edit: object
    changes: list


# --- plain data -----------------------------------------------------------------------------------------


def plain(thing, names):
    """{field: value} of a page or a row of it."""
    fields = (thing._meta.get_field(name) for name in names)
    return {field.name: _plain(field, getattr(thing, field.attname)) for field in fields}


def _plain(field, value):
    if isinstance(field, models.ForeignKey | models.IntegerField):
        return value
    if isinstance(field, models.DecimalField):
        return format(Decimal(value).normalize(), "f")
    return text(value)


def text(value):
    """As it is stored: one kind of line end, no space around."""
    return str(value or "").replace("\r\n", "\n").strip()


def keyed(rows):
    """{key: row}: rows that read the same have the same key on every page."""
    found = {}
    for row in rows:
        key = hashlib.sha256(json.dumps(row, sort_keys=True).encode()).hexdigest()[:16]
        again = sum(one == row for one in found.values())
        found[f"{key}-{again + 1}" if again else key] = row
    return found


def in_order(rows):
    """Rows have no order of their own: the same rows are the same page."""
    return sorted(rows, key=lambda row: [str(value or "") for value in row.values()])


# --- recorded and taken back ----------------------------------------------------------------------------


@transaction.atomic
def save(page, thing, *, by, revision, content, reverts=None):
    """Write the parts of the page that ``content`` names, and their Edit, which is returned; None when nothing differs.

    ``revision`` is the one that the writer saw: ValidationError with code ``stale`` when it is not the present one.
    """
    stored = page.model._base_manager.select_for_update().get(pk=thing.pk)
    if stored.revision != revision:
        raise _stale()
    before = page.read(stored)
    changed = _differing(content, before)
    if not changed:
        return None
    if not page.model._base_manager.filter(pk=stored.pk, revision=revision).update(revision=revision + 1):
        raise _stale()
    stored.revision = revision + 1
    _write(page, stored, changed, before)
    after = page.read(stored)
    return stored.page_edits.create(
        by=by,
        revision=stored.revision,
        before=_differing(_parts(before, changed), after),
        after=_differing(_parts(after, changed), before),
        reverts=reverts,
    )


@transaction.atomic
def revert(page, edit, *, by):
    """Put back what stood there before ``edit``; ValidationError (``changed_since``) where a later edit changed it."""
    stored = page.model._base_manager.select_for_update().get(pk=edit.object_id)
    if _differing(edit.after, page.read(stored)):
        message = _("This was changed again since. Take the later change back first, or write it anew.")
        raise ValidationError(message, code="changed_since")
    return save(page, stored, by=by, revision=stored.revision, content=edit.before, reverts=edit)


def _differing(content, other):
    """The parts of ``content`` that ``other`` has otherwise."""
    fields = content.get(ITSELF, {}).get(ITSELF, {})
    known = other[ITSELF][ITSELF]
    fields = {name: value for name, value in fields.items() if known.get(name) != value}
    rows = {kind: rows for kind, rows in content.items() if kind != ITSELF and other[kind] != rows}
    return ({ITSELF: {ITSELF: fields}} if fields else {}) | rows


def _parts(content, named):
    """The parts of ``content`` that ``named`` has too."""
    fields = {name: content[ITSELF][ITSELF][name] for name in named.get(ITSELF, {}).get(ITSELF, {})}
    return {ITSELF: {ITSELF: fields}} | {kind: content[kind] for kind in named if kind != ITSELF}


def _write(page, thing, content, before):
    for name, value in content.get(ITSELF, {}).get(ITSELF, {}).items():
        setattr(thing, name, value)
    thing.full_clean()
    thing.save()
    for kind, rows in page.rows.items():
        if kind in content:
            _write_rows(getattr(thing, kind), rows, kind, content[kind], before[kind])
    page.written(thing)


def _write_rows(relation, rows, kind, wanted, before):
    """Rows that stay as they are keep their date; the others go, and new ones come."""
    stored = dict(zip(before, relation.all(), strict=True))
    staying = set() if rows.order else stored.keys() & wanted.keys()
    for key in stored.keys() - staying:
        stored[key].delete()
    new = [values for key, values in wanted.items() if key not in staying]
    for values in sorted(new, key=rows.order) if rows.order else new:
        row = _new_row(relation, values)
        if rows.check:
            rows.check(row)
        try:
            row.full_clean()
        except ValidationError as error:
            raise ValidationError({kind: error.messages}) from error
        row.save()


def _new_row(relation, values):
    row = relation.model(**{relation.field.name: relation.instance})
    for name, value in values.items():
        column = row._meta.get_field(name)
        setattr(row, column.attname, value if isinstance(column, models.ForeignKey) else column.to_python(value))
    return row


def _stale():
    message = _("Somebody changed this page meanwhile. Look at what changed, then save again.")
    return ValidationError(message, code="stale")


# --- shown ----------------------------------------------------------------------------------------------


def describe(page, edits):
    """The edits of a page in words, as DescribedEdit; what they name is fetched once for all of them."""
    edits = list(edits)
    sides = iter(shown_snapshots(page.model, *(content for edit in edits for content in (edit.before, edit.after))))
    return [DescribedEdit(edit, _lines(page, next(sides), next(sides))) for edit in edits]


def _lines(page, old, new):
    lines = []
    for kind, changes in groupby(changes_of(page.model, old, new), key=lambda change: change.kind):
        if kind == ITSELF:
            lines += [_line(page, change) for change in changes]
        else:
            lines.append(_of_rows(kind, list(changes), old, new))
    return lines


def _line(page, change):
    pieces = change.pieces
    if words := page.replaced.get(change.field):
        pieces = [(op, str(words[op == "in"])) for op, _text in pieces]
    return str(page.labels.get(change.field, change.field_label)), pieces


def _of_rows(kind, changes, old, new):
    """The rows that went, then those that came, each in a line."""
    what = {change.key: change.what for change in changes}
    gone = [old.in_words(kind, key) for key in what if what[key] == "removed"]
    come = [new.in_words(kind, key) for key in what if what[key] == "added"]
    if set(gone) != set(come):  # rows that only moved are told where nothing else is
        gone, come = [one for one in gone if one not in come], [one for one in come if one not in gone]
    return str(changes[0].kind_label), [*(("out", one) for one in gone), *(("in", one) for one in come)]
