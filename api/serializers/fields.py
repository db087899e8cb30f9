"""The small shapes that occur everywhere: codes with labels, dates, numbers, addresses."""

from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.drainage import set_override
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from directory.absolute_urls import absolute
from vocabularies.formatting import language_name

NUMBER = r"^-?\d+(\.\d+)?$"
DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"


class CodeAndLabel(serializers.Serializer):
    """A stable code and how it reads in the language of the answer."""

    code = serializers.CharField(help_text=_("Stays the same for ever."))
    label = serializers.CharField(help_text=_("In the language of the answer."))


class CountryLabel(serializers.Serializer):
    """A country or territory by its code in ISO 3166-1: Martinique is MQ."""

    code = serializers.RegexField(r"^[A-Z]{2}$", help_text=_("ISO 3166-1 alpha-2."))
    label = serializers.CharField(source="name", help_text=_("In the language of the answer."))


class AreaLabel(serializers.Serializer):
    """A geographical area by its code in UN M49."""

    code = serializers.RegexField(r"^\d{3}$", help_text=_("UN M49."))
    label = serializers.CharField(source="name", help_text=_("In the language of the answer."))


def coded(codes=()):
    """The schema of a code with its label; ``codes``: all that there are."""
    code = {"type": "string", "enum": list(codes)} if codes else {"type": "string"}
    properties = {"code": code, "label": {"type": "string"}}
    return {"type": "object", "properties": properties, "required": ["code", "label"]}


@extend_schema_field({"type": "string"})
class TextOrNull(serializers.Field):
    """A text; where nothing is known, null and not an empty text."""

    def get_attribute(self, instance):
        return super().get_attribute(instance) or None

    def to_representation(self, value):
        return str(value)


class Choice(TextOrNull):
    """One of a fixed set of codes, with its label; ``name`` is that of the shape in the schema."""

    def __init__(self, choices, name, **options):
        super().__init__(**options)
        self.choices = choices
        set_override(self, "field", coded(choices.values))
        set_override(self, "field_component_name", name)

    def to_representation(self, value):
        return {"code": str(value), "label": str(self.choices(value).label)}


@extend_schema_field(coded(), component_name="Language")
class Language(TextOrNull):
    """A language by its code in ISO 639, with its name; null where the text does not say."""

    def to_representation(self, value):
        return {"code": value, "label": str(language_name(value))}


@extend_schema_field(
    {
        "type": "object",
        "description": "As precise as its source: a year, a month or a day.",
        "properties": {
            "date": {"type": "string", "pattern": DATE},
            "precision": {"type": "string", "enum": ["year", "month", "day"]},
        },
        "required": ["date", "precision"],
    },
    component_name="PartialDate",
)
class PartialDate(TextOrNull):
    """{"date": "2014-12", "precision": "month"}."""

    def to_representation(self, value):
        return {"date": str(value), "precision": value.precision}


@extend_schema_field({"type": "string", "pattern": NUMBER})
class Number(serializers.Field):
    """A decimal number as text, with the digits that it has and no more: "33.5"."""

    def to_representation(self, value):
        return format(value.normalize(), "f")


@extend_schema_field({"type": "string", "pattern": r"^\d+\.\d{2}$"})
class Money(serializers.Field):
    """An amount as text with two decimals: "734210.00"."""

    def to_representation(self, value):
        return format(value.quantize(Decimal("0.01")), "f")


@extend_schema_field({"type": "string", "format": "uri"})
class Address(serializers.Field):
    """The absolute address called ``name``, its arguments found under ``paths`` of the object.

    ``only_if``: a path that must lead to something true; otherwise the address is null. ``query``: the name
    under which the argument stands in the query string instead.
    """

    def __init__(self, name, *paths, only_if="", query="", **options):
        super().__init__(source="*", allow_null=bool(only_if), **options)
        self.name, self.paths, self.only_if, self.query = name, paths, only_if, query

    def to_representation(self, thing):
        if self.only_if and not found(thing, self.only_if):
            return None
        arguments = [found(thing, path) for path in self.paths]
        if self.query:
            return f"{absolute(reverse(self.name))}?{self.query}={arguments[0]}"
        return absolute(reverse(self.name, args=arguments))


def found(thing, path):
    """What stands under a dotted ``path``; None as soon as something on the way is None."""
    for name in path.split("."):
        thing = getattr(thing, name) if thing is not None else None
    return thing
