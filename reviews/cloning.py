"""Copy a version with all its rows into a new draft; every row keeps its ``key``."""

from django.db import models, transaction

from reviews.models import Reviewable, Row
from reviews.states import State

FRESH = {field.name for field in Reviewable._meta.local_fields} | {
    "id",
    "number",
    "reviewing_platform",
    "search_text",
}
"""Fields of a version that are not its words: a copy starts them anew, a fingerprint leaves them out."""


def row_models(version_model):
    """The kinds of row below ``version_model``, those that others point to first."""
    kinds = [
        relation.related_model
        for relation in version_model._meta.related_objects
        if relation.field.name == "version" and issubclass(relation.related_model, Row)
    ]
    return sorted(kinds, key=lambda kind: (_depth(kind), kind._meta.label))


def row_links(kind):
    """Foreign keys from one kind of row to another one of the same version."""
    return [
        field
        for field in kind._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and issubclass(field.related_model, Row)
    ]


def _depth(kind):
    return max((1 + _depth(link.related_model) for link in row_links(kind)), default=0)


@transaction.atomic
def clone(version, *, by, **changes):
    """A new draft with the content of ``version`` and all its rows; ``changes`` overrides fields."""
    content = {
        field.attname: getattr(version, field.attname)
        for field in version._meta.concrete_fields
        if field.name not in FRESH
    }
    copy = type(version)(**(content | changes), created_by=by, state=State.DRAFT)
    copy.save()
    copies = {}
    for kind in row_models(type(version)):
        copies[kind] = _clone_rows(kind, version, copy, copies)
    return copy


def _clone_rows(kind, version, copy, copies):
    """Copy the rows of one kind; returns {old primary key: new row}."""
    old_rows = list(kind._base_manager.filter(version=version))
    new_rows = []
    for old in old_rows:
        new = kind(**{f.attname: getattr(old, f.attname) for f in kind._meta.concrete_fields if not f.primary_key})
        new.version = copy
        for link in row_links(kind):
            target = getattr(old, link.attname)
            if target:
                setattr(new, link.name, copies[link.related_model][target])
        new_rows.append(new)
    kind._base_manager.bulk_create(new_rows)
    return dict(zip((old.pk for old in old_rows), new_rows, strict=True))
