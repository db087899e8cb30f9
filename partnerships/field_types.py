"""The field types of what partnerships and reports name: organisations, platforms, programmes, other WOPs, files."""

from typing import Any, Protocol, cast

from django import forms
from django.db import models

from operators.models import Organisation
from partnerships.models import Partnership, StoredFile
from platforms.models import Platform, Programme
from reviews.schema import Cell, Coded, Linked, register
from reviews.schema.base import Codes, Json, JsonSchema, Keys, Offer, Question, Value

LARGEST = 2**63 - 1
"""The largest primary key that a database takes."""


class NamingOffer(Offer, Protocol):
    """What a page has to choose from where organisations and partnerships are written in words."""

    known: dict[int, str]
    """{primary key: label} of the organisations that the draft names."""
    answers: Any

    def organisation(self, text: str) -> int: ...

    def partnership(self, text: str) -> int: ...


class OrganisationField(forms.CharField):
    """An organisation by its name; the browser completes it, and without that the page answers with similar ones."""

    def __init__(self, offer: NamingOffer, **options: Any) -> None:
        super().__init__(**options)
        self.offer = offer

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return {"list": "organisations", "autocomplete": "off"}

    def prepare_value(self, value: Value) -> Value:
        return self.offer.known.get(value, "") if isinstance(value, int) else value

    def clean(self, value: Value) -> int | None:
        text = super().clean(value)
        return self.offer.organisation(text) if text else None


class ReferenceField(forms.CharField):
    """Another partnership by its reference."""

    def __init__(self, offer: NamingOffer, **options: Any) -> None:
        super().__init__(**options)
        self.offer = offer

    def prepare_value(self, value: Value) -> Value:
        if not isinstance(value, int):
            return value
        known = {row.partnership_id: row.partnership.reference for row in self.offer.answers.rows("related")}
        return known.get(value, "")

    def clean(self, value: Value) -> int | None:
        text = super().clean(value)
        return self.offer.partnership(text) if text else None


@register(Organisation)
class OrganisationType(Coded):
    """By its key; people write its name."""

    cell = Cell.KEY
    code = "key"

    def form_field(self, question: Question, offer: Offer, **options: Any) -> forms.Field:
        return OrganisationField(cast(NamingOffer, offer), **options)


@register(Platform, Programme)
class PlatformType(Coded):
    """A platform or a programme by its key."""

    code = "key"


@register(Partnership)
class PartnershipType(Coded):
    """Another partnership by its reference."""

    cell = Cell.KEY
    code = "reference"

    def form_field(self, question: Question, offer: Offer, **options: Any) -> forms.Field:
        return ReferenceField(cast(NamingOffer, offer), **options)


@register(StoredFile)
class StoredFileType(Linked):
    """A stored file by its number, as its address has it."""

    def to_json(self, thing: models.Model, codes: Codes) -> Json:
        return getattr(thing, self.field.attname)

    def from_json(self, value: object, keys: Keys) -> int | None:
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= LARGEST:
            raise self.refuse()
        return value

    def json_schema(self, *, is_read: bool = False) -> JsonSchema:
        return {"type": "integer", "minimum": 1, "maximum": LARGEST}

    def to_text(self, value: Value) -> str:
        """``value``: the file itself."""
        return "" if value is None else str(value.pk)

    def from_text(self, text: str, keys: Keys) -> int | None:
        return self.from_json(int(text) if text.isdecimal() else text or None, keys)
