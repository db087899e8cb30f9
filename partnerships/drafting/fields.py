"""The inputs of a draft: which form field asks for which model field, and what it offers."""

import re
from functools import cached_property

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from operators.models import Organisation
from partnerships.models import Involvement, Partnership
from partnerships.models.shapes import currency_code, is_amount
from partnerships.permissions import nameable_organisations, nameable_partnerships, nameable_terms
from partnerships.services.rows import FILL_IN, must_be_filled
from reviews.models import Row
from vocabularies.choosing import choose_from, list_of
from vocabularies.currencies import CurrencyField
from vocabularies.dates import PartialDateField
from vocabularies.forms import AmountField, DateField, NumberField, UnitInput
from vocabularies.links import Link
from vocabularies.models import Country, SdgTarget, Term
from vocabularies.search import matching
from vocabularies.texts import LONG, Words

WRITTEN_CURRENCY = 60
"""Characters: a name may stand for the code."""
LISTED = 1000
"""How many organisations a page lists for the browser to complete; the others are found by typing as well."""
SUGGESTED = 6
DATES = gettext_lazy("A year (2014), a month (12/2014) or a day (3 December 2014).")
NOTHING = ("", "–")


class Offer:
    """What the questions of one page have to choose from, fetched once however many rows ask."""

    def __init__(self, answers, user):
        self.answers, self.user = answers, user
        self._things = {}

    def rows(self, kind):
        """[(key, label)] of the rows of the version that a row may belong to."""
        name = kind._meta.get_field("version").remote_field.get_accessor_name()
        return [(str(row.key), _row_named(row)) for row in self.answers.rows(name)]

    def things(self, model):
        if model not in self._things:
            self._things[model] = self._offered(model)
        return self._things[model]

    def own(self, question):
        """What a question offers of its own accord."""
        if question not in self._things:
            self._things[question] = question.choices(self.answers.version)
        return self._things[question]

    @property
    def countries(self):
        return [NOTHING, *self.things(Country)]

    def _offered(self, model):
        if model is Country:
            return [(country.pk, str(country)) for country in Country.objects.by_name()]
        if issubclass(model, Term):
            terms = nameable_terms(model, self._chosen(model)).select_related("parent")
            return _terms(terms, with_code=model is SdgTarget)
        return [(thing.pk, named(thing)) for thing in model.objects.all()]

    def _chosen(self, model):
        """What the draft has chosen stays on offer, also when it was retired since."""
        return [
            getattr(row, field.attname)
            for name, kind in self.answers.kinds.items()
            for field in kind._meta.concrete_fields
            if field.related_model is model
            for row in self.answers.rows(name)
            if getattr(row, field.attname)
        ]

    @cached_property
    def known(self):
        """{primary key: label} of the organisations that the draft names."""
        return {
            thing.pk: label_of(thing)
            for name, kind in self.answers.kinds.items()
            for field in kind._meta.concrete_fields
            if field.related_model is Organisation
            for row in self.answers.rows(name)
            if (thing := getattr(row, field.name))
        }

    @property
    def nameable(self):
        return nameable_organisations(self.user, self.answers.version).select_related("country")

    @cached_property
    def listed(self):
        """Labels for the browser to complete."""
        return [label_of(organisation) for organisation in self.nameable.order_by("name", "pk")[:LISTED]]

    def organisation(self, text):
        """The primary key of the organisation that is meant; ValidationError names the similar ones."""
        text = " ".join(text.split())
        for pk, label in self.known.items():
            if label == text:
                return pk
        parts = [text, *(text[: at.start()] for at in re.finditer(r" \(|, ", text))]
        named = Q(name__in=parts) | Q(name__iexact=text) | Q(acronym__iexact=text) | Q(key=text)
        found = list(self.nameable.filter(named)[:50])
        exact = [one for one in found if label_of(one) == text] or found
        if len(exact) == 1:
            return exact[0].pk
        similar = found or matching(self.nameable, "search_text", re.sub(r"[^\w'’-]+", " ", text))[:SUGGESTED]
        raise _unknown(text, [label_of(one) for one in similar[:SUGGESTED]])

    def partnership(self, text):
        reference = text.strip().upper()
        own = self.answers.version.wop().pk
        found = (
            nameable_partnerships(self.user).exclude(pk=own).filter(reference=reference).values_list("pk", flat=True)
        )
        if not found:
            raise ValidationError(
                _("“%(text)s” is not the reference of another partnership. It looks like WOP-0002."),
                params={"text": text},
            )
        return found[0]


def _unknown(text, similar):
    if similar:
        return ValidationError(
            _("“%(text)s” is not clear. Did you mean: %(similar)s?"),
            params={"text": text, "similar": "; ".join(similar)},
        )
    return ValidationError(
        _("“%(text)s” is not in the register. Check the spelling, or add the organisation below."),
        params={"text": text},
    )


def label_of(organisation):
    """“Water and Sewerage Company (WASCO), Saint Lucia”: says which, where two share an acronym."""
    acronym = f" ({organisation.acronym})" if organisation.acronym else ""
    country = f", {organisation.country}" if organisation.country_id else ""
    return f"{organisation.name}{acronym}{country}"


def _row_named(row):
    """One organisation may stand in two roles, and pay in one of them."""
    return f"{row} ({row.role_label})" if isinstance(row, Involvement) else str(row)


def named(thing):
    """“Water Operators’ Partnerships in Latin America (WOP-LAC)”: the acronym is what people look for."""
    name = getattr(thing, "name", str(thing))
    return f"{name} ({thing.acronym})" if getattr(thing, "acronym", "") else name


def _terms(terms, *, with_code):
    """Options, grouped where the terms belong to something that is not itself offered."""
    terms = list(terms)
    label = (lambda term: f"{term.code} {term}") if with_code else str
    offered = {term.pk for term in terms}
    if not any(term.parent_id and term.parent_id not in offered for term in terms):
        return [(term.pk, label(term)) for term in terms]
    groups = {}
    for term in terms:
        groups.setdefault(str(term.parent) if term.parent_id else "", []).append((term.pk, label(term)))
    return [entry for group, options in groups.items() for entry in ([(group, options)] if group else options)]


class PickField(forms.ChoiceField):
    """One of what is offered, by its primary key or key; None when nothing is chosen."""

    def clean(self, value):
        value = super().clean(value)
        return value or None


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


def field_for(question, model_field, offer, *, in_row=False):
    """The form field that asks for ``model_field`` of a version or, ``in_row``, of one of its rows."""
    label = question.label or capfirst(model_field.verbose_name)
    must = in_row and must_be_filled(model_field)
    messages = {"invalid_choice": choose_from(list_of(model_field))} | ({"required": FILL_IN} if must else {})
    help_text = _help(question, model_field)
    options = {"label": label, "required": must, "help_text": help_text, "error_messages": messages}
    field = _field(question, model_field, offer, options)
    # The browser would complain about rows that are left empty on purpose.
    field.widget.is_required = False
    return field


def _field(question, model_field, offer, options):
    if question.choices:
        return PickField(choices=[NOTHING, *offer.own(question)], **options)
    if isinstance(model_field, models.ForeignKey):
        return _reference(model_field, offer, options)
    if model_field.choices:
        blank = model_field.blank or not model_field.has_default()
        return forms.ChoiceField(choices=[*([NOTHING] if blank else []), *model_field.choices], **options)
    if isinstance(model_field, PartialDateField):
        return DateField(**options)
    if isinstance(model_field, models.DecimalField):
        kind = AmountField if is_amount(model_field) else NumberField
        options |= {"validators": model_field.validators} | _unit_of(model_field)
        return kind(max_digits=None, min_value=None, **options)
    if isinstance(model_field, models.BooleanField):
        return forms.BooleanField(**options | {"required": False})
    return _words(question, model_field, options)


def _unit_of(model_field):
    """Where the unit of a number stands: in a field beside it, or nowhere, because it is always the same."""
    if is_amount(model_field):
        return {"beside": model_field.name.replace("amount", "currency")}
    if any(field.name == "unit" for field in model_field.model._meta.concrete_fields):
        return {"beside": "unit"}
    return {"unit": "%"} if model_field.name == "share" else {}


def _numbers_of(model_field):
    """The numbers whose unit stands in ``model_field``."""
    numbers = (one for one in model_field.model._meta.concrete_fields if isinstance(one, models.DecimalField))
    return [number.name for number in numbers if _unit_of(number).get("beside") == model_field.name]


def _reference(model_field, offer, options):
    model = model_field.related_model
    if model is Organisation:
        return OrganisationField(offer, **options)
    if model is Partnership:
        return ReferenceField(offer, **options)
    offered = offer.rows(model) if issubclass(model, Row) else offer.things(model)
    return PickField(choices=[NOTHING, *offered], **options)


def _words(question, model_field, options):
    if currency_code in model_field.validators:
        widget = UnitInput(_numbers_of(model_field), is_money=True)
        return CurrencyField(max_length=WRITTEN_CURRENCY, widget=widget, **options)
    if isinstance(model_field, models.URLField):
        return Link(**options)
    if isinstance(model_field, models.TextField):
        attributes = {"rows": question.lines}
        if question.advice:
            attributes["data-advice"] = str(question.advice)
        return Words(widget=forms.Textarea(attributes), max_length=model_field.max_length, **options)
    if not isinstance(model_field, models.CharField):
        raise TypeError(f"{model_field} is of a type that no question asks for: {type(model_field).__name__}.")
    if numbers := _numbers_of(model_field):
        options["widget"] = UnitInput(numbers)
    return Words(max_length=model_field.max_length, **options)


def _help(question, model_field):
    parts = [question.help or model_field.help_text]
    if isinstance(model_field, PartialDateField):
        parts.append(DATES)
    if _is_long(model_field):
        parts.append(_("At most %(number)s characters.") % {"number": model_field.max_length})
    if question.advice:
        parts.append(_("About %(number)s characters read well.") % {"number": question.advice})
    if question.example:
        parts.append(_("Example: %(example)s") % {"example": question.example})
    return " ".join(str(part) for part in parts if part)


def _is_long(model_field):
    is_text = isinstance(model_field, models.CharField) and not isinstance(model_field, models.URLField)
    return is_text and not model_field.choices and (model_field.max_length or 0) >= LONG
