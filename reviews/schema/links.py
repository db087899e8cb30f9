"""The field types of what lies elsewhere: a row of the same entry, or a thing that has a code for programs."""

from typing import Any

from django import forms
from django.db import models

from reviews.models import Row
from reviews.schema.base import Cell, Codes, Json, JsonSchema, Keys, Offer, Options, Question, Value, register
from reviews.schema.types import EMPTY, UUID, OrNull
from vocabularies.models import Area, Country, Term


class PickField(forms.ChoiceField):
    """One of what is offered, by its primary key or key; None when nothing is chosen."""

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        return value or None


class Linked(OrNull):
    """A foreign key; pages offer a list of what there is."""

    field: models.ForeignKey
    cell = Cell.CODE

    def form_field(self, question: Question, offer: Offer, **options: Any) -> forms.Field:
        return PickField(choices=[EMPTY, *self.offered(offer)], **options)

    def offered(self, offer: Offer) -> Options:
        return offer.things(self.field.related_model)

    def stored(self, value: Value) -> Value:
        return super(OrNull, self).stored(value)


class Coded(Linked):
    """Something outside of the entry that has a stable code: in the column ``code`` of its model."""

    code = "code"

    @property
    def target(self) -> type[models.Model]:
        return self.field.related_model

    def to_json(self, thing: models.Model, codes: Codes) -> Json:
        key = getattr(thing, self.field.attname)
        return None if key is None else codes[self.target][key]

    def from_json(self, value: object, keys: Keys) -> Value:
        code = super().from_json(value, keys)
        if not code:
            return None
        if code not in keys.get(self.target, {}):
            raise self.refuse()
        return keys[self.target][code]

    def to_text(self, value: Value) -> str:
        """``value``: the thing itself."""
        return "" if value is None else str(getattr(value, self.code))


@register(Country)
class CountryType(Coded):
    """A country or territory, ISO 3166-1."""


@register(Area)
class AreaType(Coded):
    """A region or sub-region, UN M49."""


@register(Term)
class TermType(Coded):
    """A term of one of the lists; its code is unique within the list."""


@register(Row)
class RowLink(Linked):
    """Another row of the same entry, by its key."""

    cell = Cell.KEY

    def offered(self, offer: Offer) -> Options:
        return offer.rows(self.field.related_model)

    def to_json(self, thing: models.Model, codes: Codes) -> Json:
        target = getattr(thing, self.field.name)
        return None if target is None else str(target.key)

    def json_schema(self, *, is_read: bool = False) -> JsonSchema:
        return {"type": "string", "pattern": UUID, "description": "The key of a row."}

    def to_text(self, value: Value) -> str:
        """``value``: the row itself."""
        return "" if value is None else str(value.key)
