"""The field types of what partnerships and reports name: organisations, platforms, programmes, other WOPs, files."""

from django import forms

from operators.models import Organisation
from partnerships.models import Partnership, StoredFile
from platforms.models import Platform, Programme
from reviews.schema import Cell, Coded, Linked, register

LARGEST = 2**63 - 1
"""The largest primary key that a database takes."""


class OrganisationField(forms.CharField):
    """An organisation by its name; the browser completes it, and without that the page answers with similar ones."""

    def __init__(self, offer, **options):
        super().__init__(**options)
        self.offer = offer

    def widget_attrs(self, widget):
        return {"list": "organisations", "autocomplete": "off"}

    def prepare_value(self, value):
        return self.offer.known.get(value, "") if isinstance(value, int) else value

    def clean(self, value):
        text = super().clean(value)
        return self.offer.organisation(text) if text else None


class ReferenceField(forms.CharField):
    """Another partnership by its reference."""

    def __init__(self, offer, **options):
        super().__init__(**options)
        self.offer = offer

    def prepare_value(self, value):
        if not isinstance(value, int):
            return value
        known = {row.partnership_id: row.partnership.reference for row in self.offer.answers.rows("related")}
        return known.get(value, "")

    def clean(self, value):
        text = super().clean(value)
        return self.offer.partnership(text) if text else None


@register(Organisation)
class AnOrganisation(Coded):
    """By its key; people write its name."""

    cell = Cell.KEY
    code = "key"

    def form_field(self, question, offer, **options):
        return OrganisationField(offer, **options)


@register(Platform, Programme)
class APlatform(Coded):
    """A platform or a programme by its key."""

    code = "key"


@register(Partnership)
class APartnership(Coded):
    """Another partnership by its reference."""

    cell = Cell.KEY
    code = "reference"

    def form_field(self, question, offer, **options):
        return ReferenceField(offer, **options)


@register(StoredFile)
class AFile(Linked):
    """A stored file by its number, as its address has it."""

    def to_json(self, thing, codes):
        return getattr(thing, self.field.attname)

    def from_json(self, value, keys):
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= LARGEST:
            raise self.refuse()
        return value

    def json_schema(self, *, is_read=False):
        return {"type": "integer", "minimum": 1, "maximum": LARGEST}

    def to_text(self, value):
        """``value``: the file itself."""
        return "" if value is None else str(value.pk)

    def from_text(self, text, keys):
        return self.from_json(int(text) if text.isdecimal() else text or None, keys)
