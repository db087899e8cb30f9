"""One column of an entry or of a row of it, as programs read and write it.

Empty is null, of texts the empty text; both are understood everywhere. How long a text may be and whether a
choice exists is not decided here: ``save_draft`` does, in the same words as on the pages.
"""

import math
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from api.codes import is_coded
from partnerships.models import StoredFile
from partnerships.models.shapes import is_amount
from partnerships.services.rows import must_be_filled
from reviews.models import Row
from vocabularies.choosing import choose_from, list_of
from vocabularies.dates import PartialDateField
from vocabularies.numbers import NOTHING, NothingOrUnknown, exact_number

NUMBER = r"^-?[0-9]+(\.[0-9]+)?$"
DATE = r"^$|^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
UUID = r"^$|^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"
LARGEST = 2**63 - 1
"""The largest primary key that a database takes."""


@dataclass(frozen=True)
class Answer:
    """A text."""

    field: models.Field

    @property
    def name(self):
        return self.field.name

    @property
    def target(self):
        """The model whose codes it holds; None where it holds none."""
        return None

    @property
    def must(self):
        """Whether a row without it is refused."""
        return must_be_filled(self.field)

    def said(self, thing, codes):
        """The value of ``thing`` in JSON; ``codes``: {model: {primary key: code}}."""
        return getattr(thing, self.field.attname)

    def read(self, value, keys):
        """What ``save_draft`` takes for ``value`` out of JSON; ``keys``: {model: {code: primary key}}."""
        if value is not None and not isinstance(value, str):
            raise ValidationError(_("This must be a text."))
        return value

    def schema(self, *, is_read=False):
        """In JSON Schema, without null; ``is_read``: of what is answered, not of what is understood."""
        size = self.field.max_length
        return {"type": "string"} | ({"maxLength": size} if size else {})

    is_nullable = False


class OrNothing(Answer):
    """What is null where it is empty."""

    is_nullable = True

    def said(self, thing, codes):
        value = super().said(thing, codes)
        return None if value in (None, "") else str(value)


class Date(OrNothing):
    def schema(self, *, is_read=False):
        return {
            "type": "string",
            "pattern": DATE,
            "description": "A year, a month or a day: 2014, 2014-12, 2014-12-03.",
        }


class Choice(OrNothing):
    def schema(self, *, is_read=False):
        codes = [str(code) for code, _label in self.field.choices]
        may_be_empty = self.field.blank and not is_read
        return {"oneOf": [{"type": "string", "enum": [*codes, *([""] if may_be_empty else [])]}]}


class Uuid(OrNothing):
    def schema(self, *, is_read=False):
        return {"type": "string", "pattern": UUID}


class Number(OrNothing):
    """As text with the digits that it has and no more; understood as text and as a number."""

    def said(self, thing, codes):
        value = getattr(thing, self.field.attname)
        return None if value is None else format(value.normalize(), "f")

    def read(self, value, keys):
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise ValidationError(_("This must be a number."))
        if isinstance(value, float):
            # What is written with an exponent is meant as it is: 1e3 is 1000.
            value = format(Decimal(str(value)), "f") if math.isfinite(value) else str(value)
        return exact_number(str(value))

    def schema(self, *, is_read=False):
        text = {"type": "string", "pattern": NUMBER}
        return text if is_read else {"anyOf": [text, {"type": "number"}]}


class Amount(Number):
    """An amount of money: 0 is said as “nothing”, so that nobody says it for want of knowing."""

    def read(self, value, keys):
        number = Decimal(0) if value == NOTHING else super().read(value, keys)
        if number == 0 and value != NOTHING:
            raise NothingOrUnknown
        return number

    def schema(self, *, is_read=False):
        schema = super().schema(is_read=is_read)
        return schema if is_read else {"anyOf": [*schema["anyOf"], {"type": "string", "enum": [NOTHING]}]}


class Flag(Answer):
    def read(self, value, keys):
        if value is not None and not isinstance(value, bool):
            raise ValidationError(_("This must be true or false."))
        return value

    def schema(self, *, is_read=False):
        return {"type": "boolean"}


class Code(OrNothing):
    """Something outside of the entry, by its code."""

    @property
    def target(self):
        return self.field.related_model

    def said(self, thing, codes):
        key = getattr(thing, self.field.attname)
        return None if key is None else codes[self.target][key]

    def read(self, value, keys):
        code = super().read(value, keys)
        if not code:
            return None
        if code not in keys.get(self.target, {}):
            raise ValidationError(choose_from(list_of(self.field)))
        return keys[self.target][code]


class Link(OrNothing):
    """Another row of the same entry, by its key."""

    def said(self, thing, codes):
        target = getattr(thing, self.field.name)
        return None if target is None else str(target.key)

    def schema(self, *, is_read=False):
        return {"type": "string", "pattern": UUID, "description": "The key of a row."}


class File(OrNothing):
    """A stored file by its number, as its address has it."""

    def said(self, thing, codes):
        return getattr(thing, self.field.attname)

    def read(self, value, keys):
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= LARGEST:
            raise ValidationError(choose_from(list_of(self.field)))
        return value

    def schema(self, *, is_read=False):
        return {"type": "integer", "minimum": 1, "maximum": LARGEST}


KINDS = {
    PartialDateField: Date,
    models.DecimalField: Number,
    models.BooleanField: Flag,
    models.UUIDField: Uuid,
    models.CharField: Answer,
    models.TextField: Answer,
}
"""The first that a column is."""


def answer_of(field):
    """The Answer for one column; TypeError for one of a type that nobody has placed here."""
    if isinstance(field, models.ForeignKey):
        return _link_of(field)
    if field.choices:
        return Choice(field)
    if is_amount(field):
        return Amount(field)
    for known, kind in KINDS.items():
        if isinstance(field, known):
            return kind(field)
    raise TypeError(f"{field} is of a type that programs neither read nor write: {type(field).__name__}.")


def _link_of(field):
    if issubclass(field.related_model, Row):
        return Link(field)
    if field.related_model is StoredFile:
        return File(field)
    if not is_coded(field.related_model):
        raise TypeError(f"{field} leads to something that has no code for programs.")
    return Code(field)
