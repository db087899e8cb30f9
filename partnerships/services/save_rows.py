"""All rows of one relation of a draft as somebody wants them: what is new, changed, gone, and is it right?"""

import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from partnerships.models.base import Version
from reviews.cloning import row_links, row_models
from reviews.models import Row
from reviews.schema import FIXED, schema_of
from vocabularies.choice_messages import choose_from, list_of

RowValues = Mapping[str, object]
"""{field: value} of one row, with its "key" where it is there already; links to other rows as their keys."""
RowsByKey = dict[type[Row], dict[str, Row]]
Errors = dict[str, Any]
"""{where, in the names of ``save_draft``: a message, a ValidationError or a list of them}."""

ROWS_LIMIT = 300
FILL_IN = gettext_lazy("Fill this in, or take the whole row away.")
NO_KEY = gettext_lazy("This row has a key that is none.")


class RowsChange:
    """The rows of ``kind`` after the change, in their order; ``now`` is {kind: {key: row}} of what they link to."""

    def __init__(
        self,
        version: Version,
        kind: type[Row],
        name: str,
        before: Sequence[Row],
        given: Sequence[RowValues],
        now: RowsByKey,
        errors: Errors,
    ) -> None:
        self.version, self.kind, self.name, self.before = version, kind, name, before
        self.types = schema_of(type(version)).relations[name].fields
        self.fields = {column: one.field for column, one in self.types.items()}
        self.links = {link.name: link for link in row_links(kind)}
        self.stored = {str(row.key): {field.attname: getattr(row, field.attname) for field in self.fields.values()}
                       for row in before}  # fmt: skip
        self.known = {str(row.key): row for row in before}
        self.dirty: set[str] = set()
        self.rows: list[Row] = []
        self.by_key: dict[str, Row] = {}
        if words := too_many(given):
            errors[name] = words
        for place, values in enumerate(given[:ROWS_LIMIT]):
            self._take(place, dict(values), now, errors)
        self.gone = [row for row in before if str(row.key) not in self.by_key]
        self._renumber()

    @property
    def is_effective(self) -> bool:
        return bool(self.gone or self.dirty or self.new)

    @property
    def new(self) -> list[Row]:
        return [row for row in self.rows if row.pk is None]

    def _take(self, place, values, now, errors):
        row = self._row_of(place, values.pop("key", None), errors)
        for name, value in values.items():
            if name not in self.fields:
                errors[f"{self.name}-{place}-{name}"] = _("There is no such question.")
                continue
            try:
                self._set(row, name, value, now)
            except ValidationError as error:
                errors[f"{self.name}-{place}-{name}"] = error
        before = self.stored.get(str(row.key))
        self._complete(row, before, place, errors)
        self.rows.append(row)
        self.by_key[str(row.key)] = row
        if before and any(getattr(row, attname) != old for attname, old in before.items()):
            self.dirty.add(str(row.key))

    def _complete(self, row, before, place, errors):
        try:
            self.version.complete_row(self.name, row, before)
        except ValidationError as error:
            errors.update({f"{self.name}-{place}-{name}": words for name, words in in_words(error, self.kind).items()})

    def _row_of(self, place, key, errors):
        try:
            key = uuid.UUID(str(key)) if key else uuid.uuid4()
        except ValueError:
            errors[f"{self.name}-{place}"] = NO_KEY
            key = uuid.uuid4()
        if str(key) in self.by_key:
            errors[f"{self.name}-{place}"] = _("This row stands twice.")
        # Row is abstract: the kinds of row that there are have a version.
        return self.known.get(str(key)) or self.kind(version=self.version, key=key)  # type: ignore[misc]

    def _set(self, row, name, value, now):
        field = self.fields[name]
        if name not in self.links:
            setattr(row, field.attname, self.types[name].stored(value))
            return
        target = now[field.related_model].get(str(value).lower()) if value else None
        if value and target is None:
            raise ValidationError(_("This no longer exists. Choose another."))
        if target is None or target.pk is None or target.pk != getattr(row, field.attname):
            if target is not None and target.pk is None and row.pk:
                self.dirty.add(str(row.key))
            setattr(row, name, target)

    def _renumber(self):
        """Rows keep their places where the order allows it, so that saving the same again changes nothing."""
        kept = [str(row.key) for row in self.rows if row.pk]
        appended = all(row.pk is None for row in self.rows[len(kept) :])
        if appended and kept == [key for key in self.known if key in self.by_key]:
            last = max((row.position for row in self.rows if row.pk), default=-1)
            for place, row in enumerate(self.rows[len(kept) :], start=last + 1):
                row.position = place
            return
        for place, row in enumerate(self.rows):
            if row.pk and row.position != place:
                self.dirty.add(str(row.key))
            row.position = place

    def changed_rows(self) -> list[tuple[int, Row]]:
        """(place, row) of those that are new or differ: only they can be wrong, or cost a query."""
        return [(place, row) for place, row in enumerate(self.rows) if row.pk is None or str(row.key) in self.dirty]

    def named(self) -> dict[models.ForeignKey, list[tuple[int, Row]]]:
        """{foreign key: [(place, row), ...]} of what newly named things lie outside the version."""
        named = defaultdict(list)
        for place, row in self.changed_rows():
            before = self.stored.get(str(row.key), {})
            for field in self.fields.values():
                if isinstance(field, models.ForeignKey) and field.name not in self.links:
                    value = getattr(row, field.attname)
                    if value is not None and value != before.get(field.attname):
                        named[field].append((place, row))
        return named

    def check(self, errors: Errors) -> None:
        for place, row in self.changed_rows():
            prefix = f"{self.name}-{place}"
            if prefix not in errors:
                self._check_row(row, prefix, errors)
        self._check_unique(errors)

    def _check_row(self, row, prefix, errors):
        known = {name for name in self.fields if f"{prefix}-{name}" in errors}
        empty = {name for name, kind in self.types.items() if kind.must and self._is_empty(row, name)}
        errors.update({f"{prefix}-{name}": FILL_IN for name in empty - known})
        for name, reasons in refusals(row, known=known | empty, unasked={*FIXED, *self.links}).items():
            errors[prefix if name == NON_FIELD_ERRORS else f"{prefix}-{name}"] = reasons

    def _is_empty(self, row, name):
        if name in self.links:
            return getattr(row, name, None) is None
        return getattr(row, self.fields[name].attname) in (None, "")

    def _check_unique(self, errors):
        for names, message in unique_together(self.kind):
            seen = set()
            for place, row in enumerate(self.rows):
                values = tuple(self._said_by(row, name) for name in names)
                if None in values:
                    continue
                if values in seen:
                    errors.setdefault(f"{self.name}-{place}-{names[0]}", str(message))
                seen.add(values)

    def _said_by(self, row, name):
        """A row of this entry by its key: it may have no primary key yet."""
        if name in self.links:
            target = getattr(row, name, None)
            return target and target.key
        return getattr(row, self.fields[name].attname)

    def write(self) -> None:
        for row in self.rows:
            for name in self.links:
                # The target has its primary key only now.
                setattr(row, name, getattr(row, name))
        changed = [row for row in self.rows if row.pk and str(row.key) in self.dirty]
        changed = self._clear_the_way(changed)
        self.kind._base_manager.bulk_create(self.new)
        if changed:
            names = [*self.fields, "position"]
            self.kind._base_manager.bulk_update(changed, names)

    def remove(self) -> None:
        self.kind._base_manager.filter(pk__in=[row.pk for row in self.gone]).delete()

    @property
    def holds_others(self) -> bool:
        """Whether rows of another kind may belong to rows of this one."""
        return any(
            link.related_model is self.kind for kind in row_models(type(self.version)) for link in row_links(kind)
        )

    def clear_unique(self, rows: Sequence[Row]) -> bool:
        """Take out of ``rows`` what is unique and may be empty; True when there is such a thing."""
        names = {name for names, _message in unique_together(self.kind) for name in names if self.fields[name].null}
        if names and rows:
            self.kind._base_manager.filter(pk__in=[row.pk for row in rows]).update(**dict.fromkeys(names))
        return bool(names)

    def _clear_the_way(self, changed):
        """Two rows that swap what is unique must not meet on the way; returns the rows left to update."""
        unique = {name for names, _message in unique_together(self.kind) for name in names}
        if not unique or not changed:
            return changed
        if self.clear_unique(changed):
            return changed
        self.kind._base_manager.filter(pk__in=[row.pk for row in changed]).delete()
        for row in changed:
            row.pk = None
        return []


def unique_together(kind: type[Row]) -> Iterator[tuple[list[str], str | Promise | None]]:
    """Pairs of the names of fields that may not repeat within a version, and what to say when they do."""
    for constraint in kind._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and "key" not in constraint.fields:
            yield [name for name in constraint.fields if name != "version"], constraint.violation_error_message


def too_many(rows: Sequence[RowValues]) -> str:
    """What to say of more ``rows`` than fit into one relation; "" when they fit."""
    return _("At most %(number)s rows fit here.") % {"number": ROWS_LIMIT} if len(rows) > ROWS_LIMIT else ""


def check_links(changes: Mapping[type[Row], RowsChange], now: RowsByKey, errors: Errors) -> None:
    """A row that others cannot be without is not taken away while they stand."""
    for kind, rows in now.items():
        for link in row_links(kind):
            gone = {row.pk: row for row in changes[link.related_model].gone} if link.related_model in changes else {}
            if link.remote_field.on_delete is not models.CASCADE or not gone:
                continue
            held = [getattr(row, link.attname) for row in rows.values()]
            for pk, row in gone.items():
                if count := held.count(pk):
                    errors.setdefault(changes[link.related_model].name, _still_used(row, kind, count))


def _still_used(row, kind, count):
    words = {"row": str(row), "number": count, "kind": kind._meta.verbose_name_plural}
    return (
        ngettext(
            "“%(row)s” cannot be removed: %(number)s entry under “%(kind)s” belongs to it. Move or remove that first.",
            "“%(row)s” cannot be removed: %(number)s entries under “%(kind)s” belong to it. Move or remove them first.",
            count,
        )
        % words
    )


def write(changes: Iterable[RowsChange]) -> None:
    """Carry out all changes, in the order in which rows need one another.

    What others may have belonged to goes last: by then they have been moved, and nothing is dragged along.
    """
    changes = list(changes)
    for change in changes:
        if change.holds_others:
            change.clear_unique(change.gone)
        else:
            change.remove()
    for change in changes:
        change.write()
    for change in reversed(changes):
        change.remove()


def refusals(thing: models.Model, *, known: Collection[str], unasked: Collection[str]) -> Errors:
    """{field: reasons}: all that is wrong with ``thing`` beside the fields ``known`` to be; of ``unasked`` no value."""
    found = dict.fromkeys(known)
    constraints = [one for one in thing._meta.constraints if isinstance(one, models.CheckConstraint)]
    checks: list[Callable[[], None]] = [partial(thing.clean_fields, {*known, *unasked}), thing.clean]
    checks += [partial(_keep_to, one, thing, found) for one in constraints]
    for check in checks:
        try:
            check()
        except ValidationError as error:
            for name, reasons in in_words(error, type(thing)).items():
                found.setdefault(name, reasons)
    return {name: reasons for name, reasons in found.items() if name not in known}


def _keep_to(constraint, thing, wrong):
    """What a constraint refuses is said at the last field that it names; not where one of them is ``wrong`` anyhow."""
    try:
        constraint.validate(type(thing), thing, exclude=set(wrong))
    except ValidationError as error:
        raise ValidationError({list(_names_in(constraint.condition))[-1]: error}) from error


def _names_in(condition):
    """The fields that a Q names, in its order."""
    for child in condition.children:
        if isinstance(child, models.Q):
            yield from _names_in(child)
        elif isinstance(child, tuple):
            yield child[0].split("__")[0]


def in_words(error: ValidationError, model: type[models.Model]) -> dict[str, list[ValidationError]]:
    """{field: reasons} of a ValidationError; a value that was never on offer gets the same words everywhere."""
    reasons = error.update_error_dict({})
    return {name: [_of_choice(one, model, name) for one in errors] for name, errors in reasons.items()}


def _of_choice(error, model, name):
    if error.code != "invalid_choice":
        return error
    return ValidationError(choose_from(list_of(model._meta.get_field(name))), code=error.code)
