"""What is sent has the names and types that the description tells: a number is no text, and “true” is not true."""

from collections.abc import Mapping

from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from directory.filters.base import NOT_A_CHOICE

TYPES = (
    (serializers.FileField, object, ""),
    (serializers.BooleanField, bool, _("This must be true or false.")),
    (serializers.IntegerField, int, _("This must be a number.")),
    (serializers.Field, str, _("This must be a text.")),
)
"""(field, type of its values, what is said of others): the first one that fits; a form has texts and files only."""


class Exact(serializers.Serializer):
    """A serializer that does not guess.

    DRF would read 0 as “0” and false as a key of zeros, and pass over a misspelt name.
    """

    def to_internal_value(self, data):
        if isinstance(data, Mapping):
            wrong = {name: words for name, field in self.fields.items() if (words := _wrong(field, data.get(name)))}
            wrong |= {name: [_unknown(name, self.fields)] for name in data if name not in self.fields}
            if wrong:
                raise serializers.ValidationError(wrong)
        return super().to_internal_value(data)


def _unknown(name, fields):
    return NOT_A_CHOICE % {"value": name, "possible": ", ".join(fields)}


def _wrong(field, value):
    """What is wrong with the type of ``value``; None when nothing is."""
    kind, words = next((kind, words) for one, kind, words in TYPES if isinstance(field, one))
    is_right = value is None or (isinstance(value, kind) and (kind is not int or not isinstance(value, bool)))
    return None if is_right else [words]


def text_of(model, name, **options):
    """A text as long as the column ``name`` of ``model`` may be, refused in the words of the pages."""
    limit = MaxLengthValidator(model._meta.get_field(name).max_length)
    return serializers.CharField(validators=[limit], **options)
