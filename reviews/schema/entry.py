"""The columns of one kind of entry and of all its rows, in the order of the models."""

from functools import cache

from reviews.cloning import FRESH, row_models
from reviews.models import Reviewable, Row
from reviews.rows import relation_to
from reviews.schema.base import FieldType, type_of
from reviews.schema.links import RowLink

FIXED = {"id", "version", "position", "key"}
"""Columns of a row that are not its words."""


class Relation:
    """The rows of one kind: their ``fields`` {name: FieldType}. ``beside``: columns that follow from others."""

    def __init__(self, name: str, kind: type[Row]) -> None:
        self.name, self.kind = name, kind
        columns = [field for field in kind._meta.concrete_fields if field.name not in FIXED]
        self.fields: dict[str, FieldType] = {field.name: type_of(field) for field in columns}
        self.beside = set(kind.titles_beside.values())


class EntrySchema:
    """What versions of ``model`` say: ``fields`` {name: FieldType} of their own, ``relations`` {name: Relation}."""

    def __init__(self, model: type[Reviewable]) -> None:
        self.model = model
        self.fields: dict[str, FieldType] = {
            field.name: type_of(field)
            for field in model._meta.concrete_fields
            if field.name not in FRESH and field.name != model.identity_field
        }
        self.relations = {relation_to(kind): Relation(relation_to(kind), kind) for kind in row_models(model)}
        self.links = [
            (kind.field.related_model._meta.concrete_model, name, column)
            for name, relation in self.relations.items()
            for column, kind in relation.fields.items()
            if kind.field.related_model and not isinstance(kind, RowLink)
        ]
        """(model, relation, column) of every foreign key that leads out of the entry; terms of all lists are Terms."""


@cache
def schema_of(model: type[Reviewable]) -> EntrySchema:
    """The EntrySchema of ``model``; TypeError where a column is of a type that nobody has placed."""
    return EntrySchema(model)
