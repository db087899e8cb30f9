"""Filter values that are codes of rows: all of a question are looked up in one query."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_filters import Filter

from vocabularies.formatting import language_name
from vocabularies.languages import iso_names


class KnownCodes:
    """The codes of a question that exist, with their labels in the active language.

    ``kinds``: {parameter: function returning [(queryset, code column, label expression), ...]};
    ``data``: the question as a QueryDict.
    """

    def __init__(self, kinds, data):
        self.kinds = kinds
        asked = {name: {code for code in data.getlist(name) if "\x00" not in code} for name in kinds} if data else {}
        # PostgreSQL refuses a text with the sign NUL: no code has one.
        self.asked = {name: codes for name, codes in asked.items() if codes}

    @cached_property
    def labels(self):
        """{(parameter, code): label}."""
        arms = [arm for name in self.asked for arm in self._arms(name)]
        if not arms:
            return {}
        rows = arms[0].union(*arms[1:], all=True) if len(arms) > 1 else arms[0]
        return {(parameter, code): label for parameter, code, label in rows}

    def _arms(self, name):
        for queryset, code, label in self.kinds[name]():
            yield (
                queryset.filter(**{f"{code}__in": self.asked[name]})
                .order_by()
                .values_list(Value(name, CharField()), Cast(F(code), CharField()), Cast(label, CharField()))
            )


class CodesField(forms.Field):
    """Any number of codes, each of which must exist: among ``extra`` or, looked up, in ``known``."""

    widget = forms.SelectMultiple
    default_error_messages = {"unknown": _("“%(value)s” is not known; a possible value is “%(example)s”.")}
    known = parameter = None

    def __init__(self, *, example, extra=None, **kwargs):
        super().__init__(**kwargs)
        self.example = example
        self.extra = dict(extra or {})

    def label_of(self, code):
        return self.extra.get(code) or self.known.labels.get((self.parameter, code))

    def clean(self, codes):
        codes = [code for code in codes or [] if code]
        for code in codes:
            if not self.label_of(code):
                raise ValidationError(
                    self.error_messages["unknown"], code="unknown", params={"value": code, "example": self.example}
                )
        return codes


class LanguagesField(CodesField):
    """Languages by their codes in ISO 639: no table has them."""

    def label_of(self, code):
        return language_name(code) if code in iso_names() else None


class CodesFilter(Filter):
    """``asks``: what it asks of the index (directory/filters/asking.py), where there is one."""

    field_class = CodesField

    def __init__(self, *, asks=None, **options):
        super().__init__(**options)
        self.asks = asks


class LanguagesFilter(CodesFilter):
    field_class = LanguagesField
