"""What the filters of all public lists have in common: what they refuse, how they read years, amounts and words."""

import re
from decimal import Decimal

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F
from django.db.models.expressions import RawSQL
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from directory.filters.asking import Arranges, Terms
from directory.filters.codes import KnownCodes
from vocabularies.localised import active_language
from vocabularies.numbers import Ambiguous, parse_number
from vocabularies.search import SearchField, matching

NOT_A_CHOICE = _("“%(value)s” is not possible; possible are %(possible)s.")


def unknown_parameters(data, known):
    """{name: [what is wrong with it]} of the parameters in ``data`` that nobody has; the API says the same."""
    possible = ", ".join(known) or "–"
    return {name: [NOT_A_CHOICE % {"value": name, "possible": possible}] for name in data if name not in known}


class ChoicesFilter(django_filters.MultipleChoiceFilter):
    """Choices of a column of the entry: asked and counted without more ado."""

    def __init__(self, *, asks=None, **options):
        super().__init__(**options)
        self._asks = asks

    @property
    def asks(self):
        return self._asks or Terms(self.field_name)

    @property
    def facet(self):
        """As that of a ``CodesFilter``; the choices are its labels."""
        return self.field_name, F(self.field_name)


class OneChoiceFilter(django_filters.ChoiceFilter):
    def __init__(self, *, asks, **options):
        super().__init__(**options)
        self.asks = asks


class YearFilter(django_filters.Filter):
    field_class = forms.IntegerField

    def __init__(self, *, asks, **options):
        wording = {"invalid": _("Write a year, for example 2014.")}
        super().__init__(min_value=1900, max_value=2200, error_messages=wording, **options)
        self.asks = asks


BY_PROGRAMS = re.compile(r"[0-9]+(?:\.[0-9]+)?[eE][+-]?[0-9]{1,3}")
"""JSON may write a number with an exponent, which no person does."""


class AmountField(forms.DecimalField):
    """Read as people write numbers; an address cannot be asked back, so what can mean two is refused with both."""

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if BY_PROGRAMS.fullmatch(str(value)):
            return Decimal(value)
        try:
            return parse_number(str(value), active_language())
        except Ambiguous as ambiguous:
            one, other = (f"{reading.normalize():f}" for reading in ambiguous.readings)
            raise ValidationError(
                _("“%(text)s” can mean two numbers. Write %(one)s or %(other)s."),
                code="ambiguous",
                params={"text": value, "one": one, "other": other},
            ) from ambiguous


class AmountFilter(django_filters.NumberFilter):
    field_class = AmountField

    def __init__(self, *, asks, **options):
        super().__init__(**options)
        self.asks = asks


class SearchFilter(django_filters.Filter):
    field_class = SearchField
    asks = Arranges()

    def __init__(self):
        super().__init__(label=_("Search"), method="filter_text")


HITS = "hits"
"""Under this name a query of many parts looks for the words once, before all of them (directory/facets.py)."""
HITS_ALONE = RawSQL("SELECT id FROM hits", ())


class StrictFilterSet(django_filters.FilterSet):
    """A FilterSet that shows nothing while a value is invalid: django-filter would show everything."""

    KINDS_OF_CODE = {}
    """{parameter: function returning [(queryset, code column, label expression), ...]}."""

    def __init__(self, data=None, queryset=None, *, known=None, looks_once=False, **options):
        """``looks_once``: what holds the words is taken from HITS."""
        super().__init__(data if data is not None else QueryDict(), queryset, **options)
        self.looks_once = looks_once
        self.known = known or KnownCodes(self.KINDS_OF_CODE, self.data)
        for name in self.KINDS_OF_CODE:
            self.form.fields[name].known, self.form.fields[name].parameter = self.known, name
        for field in self.form.fields.values():
            if "invalid_choice" in field.error_messages:
                possible = ", ".join(code for code, _label in field.choices if code)
                field.error_messages["invalid_choice"] = NOT_A_CHOICE % {"value": "%(value)s", "possible": possible}

    @property
    def qs(self):
        return super().qs if self.is_valid() else self.queryset.none()

    @property
    def asked(self):
        """The valid values: {parameter: value}."""
        self.is_valid()
        return self.form.cleaned_data

    def without(self, *names):
        """The same question without the parameters ``names``: what facets count."""
        data = self.data.copy()
        for name in names:
            data.pop(name, None)
        return type(self)(data, self.queryset, known=self.known, looks_once=self.looks_once)

    def looking_once(self):
        """The same question for one part of a query that begins with HITS."""
        return type(self)(self.data, self.queryset, known=self.known, looks_once=True)

    @property
    def hits(self):
        """The primary keys of what holds the words; None where no words are asked for."""
        return self.holding(self.queryset, self.asked["q"]).order_by().values("pk") if self.asked.get("q") else None

    def filter_text(self, queryset, name, value):
        if self.looks_once:
            return queryset.filter(pk__in=HITS_ALONE)
        return self.holding(queryset, value)

    def holding(self, queryset, words):
        """Those of ``queryset`` that hold all ``words``."""
        return matching(queryset, "search_text", words)

    def label_of(self, name, code):
        """How a valid value reads in the active language."""
        field = self.form.fields[name]
        return field.label_of(code) if name in self.KINDS_OF_CODE else dict(field.choices).get(code, code)
