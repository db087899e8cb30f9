"""The plain data of ``reviews.snapshots.content_of`` in words: what a field says, what a row is called.

The data may be older than the models: kinds and fields that no longer exist are left out.
"""

import uuid
from collections import defaultdict
from functools import cache, cached_property

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from reviews.cloning import row_models
from reviews.models import Row, TranslationRow, UnansweredRow
from reviews.schema import type_of
from reviews.schema.types import RowKey
from reviews.snapshots import ITSELF

LABEL_LENGTH = 90
NOT_WORDS = {"key", "slug", "position"}
"""Machine names, and the place in a list: that one is told once for the whole list."""

READ_LAST = {"quotations", "attachments", "links", "sources", "related", "translations", "unanswered"}
"""Kinds of row that stand beside the account."""


@cache
def kinds_of(model):
    """{kind: model of its rows} in the order in which they are read; the entry itself first."""
    rows = set(row_models(model))
    relations = [
        one for one in model._meta.related_objects if one.related_model in rows and one.field.name == "version"
    ]
    found = {one.get_accessor_name(): one.related_model for one in relations}
    found = {kind: found[kind] for kind in sorted(found, key=lambda kind: kind in READ_LAST)}
    return {ITSELF: model} | found | {kind: model._meta.get_field(kind).related_model for kind in _page_rows(model)}


def _page_rows(model):
    """The relations of ``model`` whose rows its page says, for pages that change at once (``reviews.edits``)."""
    return getattr(model, "page_rows", ())


def _leads_to_page(field):
    return field.many_to_one and field.remote_field.get_accessor_name() in _page_rows(field.related_model)


def kind_label(model, kind):
    return capfirst(kinds_of(model)[kind]._meta.verbose_name_plural) if kind else _("General")


@cache
def fields_of(model):
    """The fields of an entry or a row that a reader sees; of an entry its own before those that all share."""
    fields = [
        field
        for field in model._meta.concrete_fields
        if field.editable and not field.primary_key and field.name not in {*NOT_WORDS, "version"}
        if not _leads_to_page(field)
    ]
    if issubclass(model, Row):
        return fields
    shared = {field.name for base in model.__mro__[1:] if hasattr(base, "_meta") for field in base._meta.local_fields}
    return sorted(fields, key=lambda field: field.name in shared)


def shown_snapshots(model, *contents):
    """A ShownSnapshot for each of ``contents``; one query for each table that any of them points to."""
    kinds = kinds_of(model)
    wanted = defaultdict(set)
    for content in contents:
        for values, field in _references(kinds, content or {}):
            wanted[field.related_model._meta.concrete_model].add(values[field.name])
    found = {target: target._base_manager.in_bulk(keys) for target, keys in wanted.items()}
    return [ShownSnapshot(kinds, content or {}, found) for content in contents]


def _references(kinds, content):
    """Every foreign key of ``content`` that leads out of the entry, with its row."""
    for kind, model in kinds.items():
        links = [
            field
            for field in fields_of(model)
            if isinstance(field, models.ForeignKey) and not issubclass(field.related_model, Row)
        ]
        for values in content.get(kind, {}).values():
            yield from ((values, field) for field in links if values.get(field.name) is not None)


class ShownSnapshot:
    """What an entry said at one time. ``rows`` is {kind: {key: values}} as it was kept."""

    def __init__(self, kinds, content, found):
        self.kinds, self.found = kinds, found
        self.rows = {kind: content.get(kind, {}) for kind in kinds}

    def ordered(self, kind):
        """The keys of the rows of ``kind`` in their order."""
        rows = self.rows[kind]
        return sorted(rows, key=lambda key: (rows[key].get("position") or 0, key))

    def label(self, kind, key):
        """What the row is called; the entry itself needs no name."""
        if not kind or key not in self._things[kind]:
            return ""
        try:
            name = str(self._things[kind][key])
        except ObjectDoesNotExist:
            name = _("(no longer kept)")
        is_cut = any(isinstance(text, str) and len(text) > len(name) > 0 and text.startswith(name)
                     for text in self.rows[kind][key].values())  # fmt: skip
        return Truncator(f"{name}…" if is_cut else name).chars(LABEL_LENGTH)

    def in_words(self, kind, key):
        """What the row of a page says, in a line."""
        try:
            return self._things[kind][key].in_words()
        except ObjectDoesNotExist:
            return _("(no longer kept)")

    def text(self, kind, key, field):
        """What ``field`` of the row says, "" where it says nothing."""
        value = self.rows[kind].get(key, {}).get(field.name)
        return "" if value is None or value == "" else str(self._shown(field, value, self._things[kind][key]))

    def _shown(self, field, value, thing):
        if isinstance(field, models.ForeignKey):
            return self._linked(field, value)
        if isinstance(thing, UnansweredRow | TranslationRow) and field.name in {"question", "field"}:
            return self._question(value)
        kind = type_of(field)
        return self._row_named(field, value, thing) if isinstance(kind, RowKey) else kind.in_words(value)

    def _linked(self, field, value):
        if issubclass(field.related_model, Row):
            return self._any_label(value)
        thing = self.found.get(field.related_model._meta.concrete_model, {}).get(value)
        return _("(no longer kept)") if thing is None else thing

    def _row_named(self, field, value, thing):
        """The row of this entry with that key; for one elsewhere, the title that is kept beside it."""
        beside = thing.titles_beside.get(field.name)
        return self._any_label(value) or (getattr(thing, beside) if beside else "") or _("(a row that is not here)")

    def _any_label(self, key):
        return next((self.label(kind, key) for kind in self.kinds if kind and key in self._things[kind]), "")

    def _question(self, name):
        """The words for a question that is named by its field."""
        fields = {field.name: field.verbose_name for model in self.kinds.values() for field in fields_of(model)}
        tables = {kind: model._meta.verbose_name_plural for kind, model in self.kinds.items()}
        return capfirst((fields | tables | self._own_names).get(name, name))

    @cached_property
    def _own_names(self):
        return {field.name: field.verbose_name for field in fields_of(self.kinds[ITSELF])}

    @cached_property
    def _things(self):
        """{kind: {key: object in memory}}: rows are called what their models call them."""
        things = {kind: {} for kind in self.kinds}
        named = {model: kind for kind, model in self.kinds.items()}
        of_page = [self.kinds[kind] for kind in _page_rows(self.kinds[ITSELF])]
        for model in (self.kinds[ITSELF], *row_models(self.kinds[ITSELF]), *of_page):
            for key, values in self.rows[named[model]].items():
                things[named[model]][key] = self._thing(model, values, things, named)
        return things

    def _thing(self, model, values, things, named):
        thing = model()
        for field in fields_of(model):
            if field.name not in values or values[field.name] is None:
                continue
            value = values[field.name]
            if isinstance(field, models.ForeignKey):
                self._link(thing, field, value, things, named)
            else:
                setattr(thing, field.attname, field.to_python(value))
        return thing

    def _link(self, thing, field, value, things, named):
        if issubclass(field.related_model, Row):
            target = things[named[field.related_model]].get(value)
        else:
            target = self.found[field.related_model._meta.concrete_model].get(value)
        if target is not None:
            setattr(thing, field.name, target)


def plain_key(key):
    """A key of a row as content keeps it; "" for the entry itself."""
    return str(uuid.UUID(str(key))) if key else ITSELF
