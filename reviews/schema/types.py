"""The field types that need no other entry: texts, numbers, dates, money, choices."""

import math
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.backends.base.operations import BaseDatabaseOperations
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reviews.schema.base import Cell, Codes, FieldType, Json, JsonSchema, Keys, Offer, Question, Value, register
from vocabularies.clean_text import LONG, ProseField, Words, cleaned
from vocabularies.currencies import CurrencyField, currency_code
from vocabularies.formatting import language_name, quantity, yes_or_no
from vocabularies.forms import AmountField, DateField, NumberField, UnitInput, WholeNumberField
from vocabularies.numbers import NOTHING, NothingOrUnknown, exact_number, is_whole
from vocabularies.partial_dates import PartialDate, PartialDateField
from vocabularies.web_addresses import Link, LinkField

NUMBER = r"^-?[0-9]+(\.[0-9]+)?$"
DATE = r"^$|^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
UUID = r"^$|^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"
DATES = gettext_lazy("A year (2014), a month (12/2014) or a day (3 December 2014).")
EMPTY = ("", "–")
WRITTEN_CURRENCY = 60
"""Characters: a name may stand for the code."""


def is_amount(field: models.Field) -> bool:
    """Whether a column holds an amount of money: 0 of it is asked back, by every door."""
    return isinstance(field, models.DecimalField) and field.name.endswith("amount")


def is_currency(field: models.Field) -> bool:
    return currency_code in field.validators


def is_language(field: models.Field) -> bool:
    return field.name.endswith("language")


# --- texts ------------------------------------------------------------------------------------------------


@register(models.CharField)
class Text(FieldType):
    """A text of one line."""

    is_prose = True

    def form_field(self, question: Question, offer: Offer, **options: Any) -> forms.Field:
        if numbers := numbers_beside(self):
            options["widget"] = UnitInput(numbers)
        return Words(max_length=self.longest, **options)

    def help(self) -> str | Promise | None:
        if (self.longest or 0) < LONG:
            return None
        return _("At most %(number)s characters.") % {"number": self.longest}

    def stored(self, value: Value) -> Value:
        return super().stored(as_words(value))


@register(ProseField, models.TextField)
class LongText(Text):
    """A text of several lines."""

    def form_field(self, question: Question, offer: Offer, **options: Any) -> forms.Field:
        attributes: dict[str, str | int] = {"rows": question.lines}
        if question.advice:
            attributes["data-advice"] = str(question.advice)
        return Words(widget=forms.Textarea(attributes), max_length=self.longest, **options)


@register(LinkField, models.URLField)
class Address(Text):
    """The address of a page elsewhere."""

    cell = Cell.ADDRESS

    def form_field(self, question: Question, offer: Offer, **options: Any) -> forms.Field:
        return Link(**options)

    def help(self) -> str | Promise | None:
        return None


@register(models.CharField, when=is_currency)
class Currency(Text):
    """The code of a currency in ISO 4217; people may write its name or sign."""

    def form_field(self, question: Question, offer: Offer, **options: Any) -> forms.Field:
        widget = UnitInput(numbers_beside(self), is_money=True)
        return CurrencyField(max_length=WRITTEN_CURRENCY, widget=widget, **options)

    def stored(self, value: Value) -> Value:
        value = super().stored(value)
        return value.upper() if value else value


@register(models.CharField, when=is_language)
class Language(Text):
    """The code of any language of the world, ISO 639."""

    def in_words(self, value: str) -> str:
        return str(language_name(value))


@register(models.SlugField)
class Slug(FieldType):
    """A stable name in addresses and for programs."""

    cell = Cell.KEY


@register(models.FileField, models.ImageField)
class FileName(FieldType):
    """A file that the portal keeps: people read its name."""

    cell = None

    def in_words(self, value: Value) -> str:
        return str(value).rsplit("/", 1)[-1]


def as_words(value: Value) -> Value:
    """What somebody typed: line ends of one kind, nothing around the words, nothing that nobody sees."""
    if not isinstance(value, str):
        return value
    return cleaned(value).replace("\r\n", "\n").replace("\r", "\n").strip()


# --- what is null where it is empty -----------------------------------------------------------------------


class OrNull(FieldType):
    is_nullable = True

    def to_json(self, thing: models.Model, codes: Codes) -> Json:
        value = super().to_json(thing, codes)
        return None if value in (None, "") else str(value)

    def stored(self, value: Value) -> Value:
        return super().stored(as_words(value))


@register(models.CharField, models.SlugField, when=lambda field: field.choices)
class Choice(OrNull):
    """One of a fixed set of codes; yes, no and the honest unknowns are such a set."""

    cell = Cell.CODE

    def form_field(self, question: Question, offer: Offer, **options: Any) -> forms.Field:
        may_be_empty = self.field.blank or not self.field.has_default()
        return forms.ChoiceField(choices=[*([EMPTY] if may_be_empty else []), *(self.field.choices or ())], **options)

    def json_schema(self, *, is_read: bool = False) -> JsonSchema:
        codes = [str(code) for code, _label in self.field.flatchoices]
        may_be_empty = self.field.blank and not is_read
        return {"oneOf": [{"type": "string", "enum": [*codes, *([""] if may_be_empty else [])]}]}

    def in_words(self, value: Value) -> str:
        return str(dict(self.field.flatchoices).get(value, value))


@register(PartialDateField)
class Date(OrNull):
    """A year, a month or a day."""

    cell = Cell.DATE

    def form_field(self, question: Question, offer: Offer, **options: Any) -> forms.Field:
        return DateField(**options)

    def help(self) -> str | Promise | None:
        return DATES

    def json_schema(self, *, is_read: bool = False) -> JsonSchema:
        return {
            "type": "string",
            "pattern": DATE,
            "description": "A year, a month or a day: 2014, 2014-12, 2014-12-03.",
        }

    def in_words(self, value: Value) -> str:
        return PartialDate(value).localised()


@register(models.UUIDField)
class RowKey(OrNull):
    """The key of a row, of this entry or of another one."""

    cell = Cell.KEY

    def json_schema(self, *, is_read: bool = False) -> JsonSchema:
        return {"type": "string", "pattern": UUID}


# --- numbers ----------------------------------------------------------------------------------------------


@register(models.DecimalField)
class Number(OrNull):
    """A number with its unit. In JSON a text with the digits that it has and no more; a number is understood too."""

    cell = Cell.NUMBER
    form_class = NumberField

    def form_field(self, question: Question, offer: Offer, **options: Any) -> forms.Field:
        return self.form_class(max_digits=None, **options | self.bounds | self.unit)

    @property
    def bounds(self) -> dict[str, Any]:
        """What a page refuses of numbers: what the column does."""
        return {"validators": self.field.validators, "min_value": None}

    @property
    def unit(self) -> dict[str, str]:
        """Where its unit stands: in a field ``beside`` it, or nowhere, because it is always the same ``unit``."""
        if "unit" in self.siblings:
            return {"beside": "unit"}
        return {"unit": "%"} if self.name == "share" else {}

    def to_json(self, thing: models.Model, codes: Codes) -> Json:
        value = getattr(thing, self.field.attname)
        return None if value is None else self.to_text(value)

    def from_json(self, value: object, keys: Keys) -> Decimal | int | None:
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise ValidationError(_("This must be a number."))
        if isinstance(value, float):
            # What is written with an exponent is meant as it is: 1e3 is 1000.
            value = format(Decimal(str(value)), "f") if math.isfinite(value) else str(value)
        return exact_number(str(value))

    def json_schema(self, *, is_read: bool = False) -> JsonSchema:
        text = {"type": "string", "pattern": NUMBER}
        return text if is_read else {"anyOf": [text, {"type": "number"}]}

    def to_text(self, value: Value) -> str:
        return "" if value is None else format(Decimal(value).normalize(), "f")

    def from_text(self, text: str, keys: Keys) -> Decimal | int | None:
        return self.from_json(text or None, keys)

    def in_words(self, value: Value) -> str:
        return quantity(Decimal(value))


@register(models.DecimalField, when=is_amount)
class Amount(Number):
    """An amount of money: 0 is said as “nothing”, so that nobody says it for want of knowing."""

    form_class = AmountField

    @property
    def unit(self) -> dict[str, str]:
        return {"beside": self.name.replace("amount", "currency")}

    def from_json(self, value: object, keys: Keys) -> Decimal | int | None:
        number = Decimal(0) if value == NOTHING else super().from_json(value, keys)
        if number == 0 and value != NOTHING:
            raise NothingOrUnknown
        return number

    def json_schema(self, *, is_read: bool = False) -> JsonSchema:
        schema = super().json_schema(is_read=is_read)
        return schema if is_read else {"anyOf": [*schema["anyOf"], {"type": "string", "enum": [NOTHING]}]}

    def from_text(self, text: str, keys: Keys) -> Decimal | int | None:
        """A table says 0 where it was said that there was no money."""
        return Decimal(0) if text == "0" else super().from_text(text, keys)


@register(
    models.IntegerField, models.SmallIntegerField, models.PositiveIntegerField, models.PositiveSmallIntegerField,
    models.BigIntegerField, models.PositiveBigIntegerField, models.AutoField, models.BigAutoField,
)  # fmt: skip
class WholeNumber(Number):
    """A count. In JSON a number."""

    cell = Cell.INTEGER
    form_class = WholeNumberField

    def to_json(self, thing: models.Model, codes: Codes) -> Json:
        return getattr(thing, self.field.attname)

    def from_json(self, value: object, keys: Keys) -> int | None:
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            raise ValidationError(_("This must be a whole number."))
        return value

    def json_schema(self, *, is_read: bool = False) -> JsonSchema:
        least, most = self.limits
        return {"type": "integer", "minimum": least, "maximum": most}

    @property
    def bounds(self) -> dict[str, Any]:
        least, most = self.limits
        return {"min_value": least, "max_value": most}

    @property
    def limits(self) -> tuple[int, int]:
        """(least, most) that the column takes on every database, and its validators let pass."""
        least, most = BaseDatabaseOperations.integer_field_ranges[self.field.get_internal_type()]
        for one in self.field.validators:
            if isinstance(one, MinValueValidator):
                least = max(least, one.limit_value)
            if isinstance(one, MaxValueValidator):
                most = min(most, one.limit_value)
        return least, most

    def stored(self, value: Value) -> Value:
        value = super().stored(value)
        least, most = self.limits
        if value is not None and value < least:
            raise ValidationError(_("Write %(limit_value)s or more."), params={"limit_value": least})
        if value is not None and value > most:
            raise ValidationError(_("Write %(limit_value)s or less."), params={"limit_value": most})
        return value

    def to_text(self, value: Value) -> str:
        return "" if value is None else str(value)

    def from_text(self, text: str, keys: Keys) -> int | None:
        number = exact_number(text) if text else None
        if number is None or is_whole(number):
            return None if number is None else int(number)
        raise ValidationError(_("This must be a whole number."))


def numbers_beside(kind: FieldType) -> list[str]:
    """The names of the numbers whose unit stands in the column of ``kind``."""
    numbers = [field for field in kind.siblings.values() if isinstance(field, models.DecimalField)]
    return [field.name for field in numbers if _unit_of(field).get("beside") == kind.name]


def _unit_of(field):
    return (Amount if is_amount(field) else Number)(field).unit


# --- yes and no, moments ----------------------------------------------------------------------------------


@register(models.BooleanField)
class Flag(FieldType):
    """A tick: true or false, never unknown. A question that may stay open is a Choice."""

    cell = Cell.YES_NO

    def form_field(self, question: Question, offer: Offer, **options: Any) -> forms.Field:
        return forms.BooleanField(**options | {"required": False})

    def from_json(self, value: object, keys: Keys) -> bool | None:
        if value is not None and not isinstance(value, bool):
            raise ValidationError(_("This must be true or false."))
        return value

    def json_schema(self, *, is_read: bool = False) -> JsonSchema:
        return {"type": "boolean"}

    def to_text(self, value: Value) -> str:
        return {None: "", True: "true", False: "false"}[value]

    def from_text(self, text: str, keys: Keys) -> bool | None:
        if text not in {"", "true", "false"}:
            raise ValidationError(_("This must be true or false."))
        return {"": None, "true": True, "false": False}[text]

    def in_words(self, value: Value) -> str:
        return yes_or_no(value)


@register(models.DateTimeField)
class Moment(FieldType):
    """A moment: nobody is asked for one."""

    cell = Cell.MOMENT

    def to_text(self, value: Value) -> str:
        return "" if value is None else moment(value)


def moment(value: datetime) -> str:
    """“2026-11-22T11:41:00Z”."""
    return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
