"""Public serializers follow the models: a column that nobody has worded is told by its type."""

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from drf_spectacular.drainage import set_override
from rest_framework import serializers

from api.serializers.fields import (
    CodeAndLabel,
    CountryLabel,
    Language,
    Money,
    Number,
    PartialDate,
    TextOrNull,
    coded,
)
from api.serializers.named import OrganisationLink, PartnershipLink
from partnerships.field_types import OrganisationType, PartnershipType
from reviews.schema import FIXED, RowLink, schema_of, type_of
from reviews.schema.links import Coded, CountryType
from reviews.schema.types import Amount, Choice, Date, Flag, RowKey, WholeNumber
from reviews.schema.types import Language as AnyLanguage
from reviews.schema.types import Number as AnyNumber

BY_TYPE = {
    Amount: Money,
    AnyNumber: Number,
    WholeNumber: serializers.IntegerField,
    Date: PartialDate,
    AnyLanguage: Language,
    RowKey: serializers.UUIDField,
    Coded: CodeAndLabel,
    CountryType: CountryLabel,
    OrganisationType: OrganisationLink,
    PartnershipType: PartnershipLink,
}
"""Types that are null where nothing is known; a narrower one stands for itself."""


class Row(serializers.Serializer):
    # No words of its own: the description of each kind of row would be these.
    key = serializers.UUIDField(help_text=_("Stays the same from version to version."))


class CodeOfColumn(TextOrNull):
    """One of the codes of a column, with its label."""

    def __init__(self, kind, **options):
        super().__init__(allow_null=True, **options)
        self.kind = kind
        set_override(self, "field", coded([str(code) for code, _label in kind.field.choices if code]))
        name = f"{kind.field.model.__name__}{kind.name.title().replace('_', '')}"
        set_override(self, "field_component_name", name)

    def to_representation(self, value):
        return {"code": str(value), "label": self.kind.in_words(value)}


def field_of(kind, **options):
    """The serializer field by which the public reads a column."""
    options |= {"help_text": kind.meaning}
    if isinstance(kind, Choice):
        return CodeOfColumn(kind, **options)
    if isinstance(kind, RowLink):
        return serializers.UUIDField(source=f"{kind.name}.key", allow_null=True, **options)
    if isinstance(kind, Flag):
        return serializers.BooleanField(**options)
    for known in type(kind).__mro__:
        if known in BY_TYPE:
            return BY_TYPE[known](allow_null=True, **options)
    return serializers.CharField(**options)


def row_of(kind):
    """The serializer of a kind of row that has none of its own."""
    columns = {field.name: field_of(type_of(field)) for field in _columns(kind)}
    about = {"__doc__": capfirst(str(kind._meta.verbose_name)) + "."}
    return type(kind.__name__, (Row,), about | columns)


def follows(model, *, told=()):
    """Class decorator: what ``model`` says and the serializer does not is added at its end.

    ``told``: columns and relations that it tells in a way of its own, or not at all.
    """

    def complete(serializer):
        known = {(field.source or name).split(".")[0] for name, field in serializer._declared_fields.items()}
        left_out = known | set(serializer._declared_fields) | set(told)
        if hasattr(model, "identity_field"):
            added = _of_entry(model, left_out)
        else:
            added = {field.name: field_of(type_of(field)) for field in _columns(model) if field.name not in left_out}
        serializer._declared_fields |= added
        return serializer

    return complete


def _columns(kind):
    return [field for field in kind._meta.concrete_fields if field.name not in FIXED]


def _of_entry(model, left_out):
    schema = schema_of(model)
    own = {name: field_of(kind, required=False) for name, kind in schema.fields.items() if name not in left_out}
    rows = {
        name: row_of(relation.kind)(many=True, required=False)
        for name, relation in schema.relations.items()
        if name not in left_out
    }
    return own | rows
