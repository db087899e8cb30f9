"""Why a step was refused, each reason with the place where it can be mended."""

from dataclasses import dataclass

from django.core.exceptions import FieldDoesNotExist
from django.urls import reverse
from django.utils.text import capfirst

from desk.entry_types import entry_type_of
from partnerships.forms.sections import QUESTIONNAIRE as ABOUT_A_WOP
from reports.forms.sections import QUESTIONNAIRE as REPORT
from vocabularies.localised import labelled

QUESTIONNAIRES = {"partnership": ABOUT_A_WOP, "report": REPORT}
"""Where each question of a draft is asked."""


@dataclass(frozen=True)
class Problem:
    """``url`` leads to where it can be mended; "" when it cannot be mended there."""

    text: str
    url: str = ""


def problems_of(entry, error):
    """The Problems in the ValidationError that ``reviews.workflow.perform`` raised for ``entry``."""
    if not hasattr(error, "error_dict"):
        return [Problem(text) for text in error.messages]
    return [
        Problem(_named(entry, field, text), _place(entry, field))
        for field, errors in error.error_dict.items()
        for one in errors
        for text in one.messages
    ]


def codes_of(error):
    """The codes of all reasons in a ValidationError."""
    lists = error.error_dict.values() if hasattr(error, "error_dict") else [error.error_list]
    return {one.code for errors in lists for one in errors}


def _named(entry, field, text):
    try:
        found = entry._meta.get_field(field)
    except FieldDoesNotExist:
        return text
    name = found.related_model._meta.verbose_name_plural if found.auto_created else found.verbose_name
    return labelled(capfirst(str(name)), text)


def _place(entry, field):
    if field == "comment":
        return "#id_comment"
    form = QUESTIONNAIRES.get(entry_type_of(entry).code)
    section = next((section for section in form.sections if field in section.names), None) if form else None
    return f"{form.url(entry, section)}#id_{field}" if section else mending_url(entry)


def mending_url(entry):
    """Where the authors of ``entry`` see everything that is missing, with links to the fields."""
    code = entry_type_of(entry).code
    if code == "partnership":
        return reverse("partnerships:check", args=[entry.pk])
    if code == "report":
        return reverse("reports:check", args=[entry.pk])
    if code == "change":
        return reverse("operators:change", args=[entry.organisation.slug])
    return reverse("operators:registration", args=[entry.slug])


def editing_url(entry):
    """Where the authors of an open ``entry`` go on writing; "" for a kind that is not written in sections."""
    code = entry_type_of(entry).code
    if code == "partnership":
        return reverse("partnerships:draft", args=[entry.pk])
    return reverse("reports:draft", args=[entry.pk]) if code == "report" else mending_url(entry)
