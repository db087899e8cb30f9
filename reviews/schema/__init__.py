"""What an entry is made of: every column of a version and of its rows, by its type, told once for all doors.

A type says how it is asked for on a page, read and written by programs and in tables, compared, shown, and how long
it may be. Types of what lies above stand in ``field_types.py`` of the app that has it. A column of a type that nobody
has registered stops the portal at its start (docs/decisions/0026-one-schema-of-the-entry.md).
"""

from reviews.schema.base import Cell, FieldType, code_of, register, type_of
from reviews.schema.entry import FIXED, EntrySchema, Relation, schema_of
from reviews.schema.links import Coded, Linked, RowLink
from reviews.schema.types import is_amount

__all__ = [
    "FIXED",
    "Cell",
    "Coded",
    "EntrySchema",
    "FieldType",
    "Linked",
    "Relation",
    "RowLink",
    "code_of",
    "is_amount",
    "register",
    "schema_of",
    "type_of",
]
