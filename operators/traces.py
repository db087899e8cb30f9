"""Pages that change at once, with a trace: what stood there before and after, so that it can be taken back.

A page is described by one object with
    model    what has the page; its column ``revision`` counts every write
    read     function(thing) -> {name: plain JSON value} of all that the page says
    write    function(thing, {name: value}): writes these, checks them, raises ValidationError
    trace    function(thing) -> the manager of its edits
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Page:
    model: type
    read: Callable
    write: Callable
    trace: Callable


@transaction.atomic
def save(page, thing, *, by, revision, values, reverts=None):
    """Write ``values`` and their trace; the new edit, or None when nothing differs.

    ``revision`` is the one that the writer saw: ValidationError with code ``stale`` when it is not the present one.
    """
    stored = page.model._base_manager.select_for_update().get(pk=thing.pk)
    if stored.revision != revision:
        raise _stale()
    before = page.read(stored)
    changed = {name: value for name, value in values.items() if before[name] != value}
    if not changed:
        return None
    if not page.model._base_manager.filter(pk=stored.pk, revision=revision).update(revision=revision + 1):
        raise _stale()
    stored.revision = revision + 1
    page.write(stored, changed)
    after = page.read(stored)
    differing = [name for name in changed if before[name] != after[name]]
    return page.trace(stored).create(
        by=by,
        revision=stored.revision,
        before={name: before[name] for name in differing},
        after={name: after[name] for name in differing},
        reverts=reverts,
    )


@transaction.atomic
def revert(page, thing, edit, *, by):
    """Put back what stood there before ``edit``; ValidationError (``changed_since``) where a later edit changed it."""
    stored = page.model._base_manager.select_for_update().get(pk=thing.pk)
    now = page.read(stored)
    if any(now[name] != value for name, value in edit.after.items()):
        message = _("This was changed again since. Take the later change back first, or write it anew.")
        raise ValidationError(message, code="changed_since")
    return save(page, stored, by=by, revision=stored.revision, values=edit.before, reverts=edit)


def write_rows(rows, wanted, plain, new, name):
    """Rows that stay as they are keep their date; the others go, and new ones come: ``new(owner, values)``."""
    wanted = list(wanted)
    for row in rows.all():
        if plain(row) in wanted:
            wanted.remove(plain(row))
        else:
            row.delete()
    for values in wanted:
        row = new(rows.instance, values)
        try:
            row.full_clean()
        except ValidationError as error:
            raise ValidationError({name: error.messages}) from error
        row.save()


def in_order(rows):
    """Rows have no order of their own: the same rows are the same page."""
    return sorted(rows, key=lambda row: [str(value or "") for value in row.values()])


def text(value):
    """As it is stored: one kind of line end, no space around."""
    return (value or "").replace("\r\n", "\n").strip()


def _stale():
    message = _("Somebody changed this page meanwhile. Look at what changed, then save again.")
    return ValidationError(message, code="stale")
