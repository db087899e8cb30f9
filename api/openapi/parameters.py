"""How the addresses that read are told in the schema: from the same serializers and filters that answer."""

from functools import cache

from django import forms
from django.core.validators import RegexValidator
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers

from api.pagination import MOST, Pages
from directory.filters.codes import CodesField
from vocabularies.localised import LANGUAGE_CODES

LABELS = OpenApiParameter(
    "labels",
    str,
    enum=LANGUAGE_CODES,
    description=_("The language of labels and messages; without it, what Accept-Language asks for."),
)
LANGUAGE_HEADER = OpenApiParameter(
    "Accept-Language", str, OpenApiParameter.HEADER, description=_("The language of labels: en, es, fr or pt.")
)
KNOWN_HEADER = OpenApiParameter(
    "If-None-Match",
    str,
    OpenApiParameter.HEADER,
    description=_("The ETag of an answer that you have: 304 if it holds."),
)
PAGE = OpenApiParameter(
    "page", {"type": "integer", "minimum": 1}, description=_("Which page; 400 when there are not so many.")
)
PAGE_SIZE = OpenApiParameter(
    "page_size",
    {"type": "integer", "minimum": 1, "maximum": MOST, "default": Pages.page_size},
    description=_("Rows of a page."),
)
TAG = OpenApiParameter(
    "ETag", str, OpenApiParameter.HEADER, response=[200, 304], description=_("Changes with the content and language.")
)
SPOKEN = OpenApiParameter(
    "Content-Language", str, OpenApiParameter.HEADER, response=[200], description=_("The language of the labels.")
)
MODIFIED = OpenApiParameter(
    "Last-Modified",
    str,
    OpenApiParameter.HEADER,
    response=[200],
    description=_("When the entry itself last changed; names and counts in it may be newer: only the ETag tells."),
)


def described(resource, *, name, summary, about="", filters=None, in_list=False, without=(), **more):
    """The decorator that tells the schema about a view of ``resource``; ``more``: can_be_gone, has_moment."""
    parameters = [*_choosing(resource, in_list, without), LABELS, LANGUAGE_HEADER, KNOWN_HEADER, TAG, SPOKEN]
    parameters += [MODIFIED] if more.get("has_moment") else []
    if in_list:
        parameters += [*(parameters_of(filters) if filters else ()), PAGE, PAGE_SIZE]
    responses = {
        200: OpenApiResponse(page_of(resource) if in_list else resource, description=summary),
        304: OpenApiResponse(description=_("What you have still holds.")),
    }
    if more.get("can_be_gone"):
        responses[410] = OpenApiResponse(description=_("Archived: it was public and is no more."))
    return extend_schema(
        operation_id=name, summary=summary, description=about, parameters=parameters, responses=responses
    )


def _choosing(resource, in_list, without):
    """``fields`` and ``expand`` with the words that are possible."""
    hidden = {*without, *(resource.detail_only if in_list else ())}
    names = [name for name in resource.properties() if name not in hidden]
    words = list(dict.fromkeys([*names, *resource.expandable]))
    usual = ", ".join(resource.brief)
    fields = _("Only these properties, several separated by commas.")
    if in_list:
        fields = format_lazy("{} {}", fields, format_lazy(_("Without it: {usual}."), usual=usual))
    yield _words("fields", names, fields)
    yield _words("expand", words, _("More properties, or more of what is named in them, separated by commas."))


def _words(name, possible, description):
    schema = {"type": "array", "items": {"type": "string", "enum": possible}}
    return OpenApiParameter(name, schema, style="form", explode=False, description=description)


@cache
def page_of(resource):
    """The serializer of a page of ``resource``, for the schema."""
    attributes = {
        "__doc__": f"A page of a list of {resource.__name__}.",
        "count": serializers.IntegerField(help_text=_("Rows on all pages.")),
        "next": serializers.URLField(allow_null=True, help_text=_("The address of the next page.")),
        "previous": serializers.URLField(allow_null=True, help_text=_("The address of the page before.")),
        "results": resource(many=True),
    }
    return type(f"{resource.__name__}Page", (serializers.Serializer,), attributes)


def parameters_of(filters):
    """OpenApiParameters of the filters of a FilterSet."""
    return [_parameter(name, one.field) for name, one in filters.base_filters.items()]


def _parameter(name, field):
    schema = _schema_of(field)
    many = {"style": "form", "explode": True} if schema["type"] == "array" else {}
    return OpenApiParameter(name, schema, description=field.label, **many)


def _schema_of(field):
    if isinstance(field, CodesField):
        return {"type": "array", "items": {"type": "string"}, "example": [field.example]}
    if isinstance(field, forms.MultipleChoiceField):
        return {"type": "array", "items": {"type": "string", "enum": [str(code) for code, _label in field.choices]}}
    if isinstance(field, forms.ChoiceField):
        return {"type": "string", "enum": [str(code) for code, _label in field.choices if code]}
    if isinstance(field, forms.DecimalField):  # an IntegerField too
        return {"type": "number", "minimum": int(field.min_value), "maximum": int(field.max_value)}
    if isinstance(field, forms.IntegerField):
        return {"type": "integer", "minimum": field.min_value, "maximum": field.max_value}
    patterns = [one.regex.pattern.replace(r"\Z", "$") for one in field.validators if isinstance(one, RegexValidator)]
    return {"type": "string", "maxLength": field.max_length} | ({"pattern": patterns[0]} if patterns else {})
