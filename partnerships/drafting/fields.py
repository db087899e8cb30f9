"""The inputs of a draft: which form field asks for which model field, and what it offers."""

import re
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from operators.models import Organisation
from partnerships.models import Involvement
from partnerships.permissions import nameable_organisations, nameable_partnerships, nameable_terms
from partnerships.services.save_rows import FILL_IN
from reviews.rows import relation_to
from reviews.schema import type_of
from reviews.schema.links import PickField
from reviews.schema.types import EMPTY
from vocabularies.choice_messages import choose_from, list_of
from vocabularies.models import Country, SdgTarget, Term
from vocabularies.search import matching

LISTED = 1000
"""How many organisations a page lists for the browser to complete; the others are found by typing as well."""
SUGGESTED = 6


class Offer:
    """What the questions of one page have to choose from, fetched once however many rows ask."""

    def __init__(self, answers, user):
        self.answers, self.user = answers, user
        self._things = {}

    def rows(self, kind):
        """[(key, label)] of the rows of the version that a row may belong to."""
        return [(str(row.key), _row_named(row)) for row in self.answers.rows(relation_to(kind))]

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
        return [EMPTY, *self.things(Country)]

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


def field_for(question, model_field, offer, *, in_row=False):
    """The form field that asks for ``model_field`` of a version or, ``in_row``, of one of its rows."""
    kind = type_of(model_field)
    must = in_row and kind.must
    messages = {"invalid_choice": choose_from(list_of(model_field))} | ({"required": FILL_IN} if must else {})
    options = {
        "label": question.label or capfirst(model_field.verbose_name),
        "required": must,
        "help_text": _help(question, kind),
        "error_messages": messages,
    }
    if question.choices:
        field = PickField(choices=[EMPTY, *offer.own(question)], **options)
    else:
        field = kind.form_field(question, offer, **options)
    # The browser would complain about rows that are left empty on purpose.
    field.widget.is_required = False
    return field


def _help(question, kind):
    parts = [question.help or kind.field.help_text, kind.help()]
    if question.advice:
        parts.append(_("About %(number)s characters read well.") % {"number": question.advice})
    if question.example:
        parts.append(_("Example: %(example)s") % {"example": question.example})
    return " ".join(str(part) for part in parts if part)
