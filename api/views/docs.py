"""What the API can do: for programs in OpenAPI, for people as a page."""

import json

from django.conf import settings
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiJsonRenderer2
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view, authentication_classes, renderer_classes
from rest_framework.response import Response

from api.authentication import TokenAuthentication
from api.openapi.document import YamlRenderer, document
from api.openapi.generator import REFUSALS
from api.views.read_only import tagged
from vocabularies.localised import LANGUAGE_CODES, active_language

METHODS = ("get", "post", "put", "patch", "delete")
HEADINGS = {
    "partnerships": _("Partnerships"),
    "reports": _("Reports"),
    "organisations": _("Organisations"),
    "platforms": _("Platforms"),
    "programmes": _("Programmes"),
    "terms": _("Terms"),
    "countries": _("Countries"),
    "areas": _("Areas of the world"),
    "drafts": _("Drafts"),
    "queue": _("What waits for review"),
    "exports": _("Large downloads"),
    "codebook": _("Codebook"),
}
"""{tag: heading}, in their order; what has another tag follows under its tag."""


@extend_schema(exclude=True)
@api_view(["GET", "HEAD"])
@authentication_classes([TokenAuthentication])
@renderer_classes([OpenApiJsonRenderer2, OpenApiJsonRenderer, YamlRenderer])
def schema(request):
    """OpenAPI 3.1, as JSON or, for who asks for application/yaml, as YAML."""
    return tagged(request, Response(document(active_language())))


@extend_schema(exclude=True)
@api_view(["GET", "HEAD"])
@authentication_classes([TokenAuthentication])
@renderer_classes([YamlRenderer])
def schema_yaml(request):
    """The same for who only has an address."""
    return tagged(request, Response(document(active_language())))


@require_safe
def docs(request):
    """Every operation with its parameters, an example and how it may refuse; ``labels`` says in which language."""
    request.language_parameter = "labels"
    if (language := request.GET.get("labels")) in LANGUAGE_CODES:
        translation.activate(language)
    described = document(active_language())
    context = {
        "info": described["info"],
        "asking": _command("/api/v1/partnerships/?country=LC&labels=es"),
        "groups": groups_of(described),
        "refusals": [(status, meaning) for status, (_name, meaning) in REFUSALS.items()],
    }
    return render(request, "api/docs.html", context)


def groups_of(described):
    """[(heading, operations)] of all operations."""
    groups = {tag: [] for tag in HEADINGS}
    for path, operations in described["paths"].items():
        for method in METHODS:
            if method in operations:
                told = _operation(path, method, operations[method])
                groups.setdefault(told["tag"], []).append(told)
    return [(HEADINGS.get(tag, tag.capitalize()), operations) for tag, operations in groups.items() if operations]


def _operation(path, method, operation):
    return {
        "id": operation["operationId"],
        "tag": operation["tags"][0],
        "method": method.upper(),
        "path": path,
        "summary": operation.get("summary", ""),
        "about": operation.get("description", ""),
        "needs_token": {} not in operation.get("security", [{}]),
        "parameters": [_parameter(one) for one in operation.get("parameters", [])],
        "bodies": [_example(kind, media) for kind, media in _content(operation.get("requestBody", {}))],
        "answers": [
            _example(kind, media)
            for status, answer in operation["responses"].items()
            if status < "300"
            for kind, media in _content(answer)
        ],
        "statuses": [(status, answer.get("description", "")) for status, answer in _own(operation)],
    }


def _own(operation):
    """The answers that are not the same refusals everywhere."""
    return [(status, answer) for status, answer in operation["responses"].items() if status not in REFUSALS]


def _content(node):
    return node.get("content", {}).items()


def _example(kind, media):
    """{"kind", "command", "text"} of the first example of a body; the text is empty without one."""
    for example in media.get("examples", {}).values():
        address = example.get("summary", "")
        value = example.get("value")
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2)
        return {"kind": kind, "command": _command(address) if address.startswith("/") else "", "text": text}
    return {"kind": kind, "command": "", "text": ""}


def _command(address):
    return f'curl "{settings.PORTAL_URL}{address}"'


PLACES = {"path": _("address"), "query": _("query"), "header": _("header"), "cookie": _("cookie")}


def _parameter(one):
    schema = one.get("schema", {})
    items = schema.get("items", schema)
    return {
        "name": one["name"],
        "place": PLACES[one["in"]],
        "is_required": one.get("required", False),
        "is_several": schema.get("type") == "array",
        "about": one.get("description", ""),
        "possible": items.get("enum", []),
        "example": one.get("example", schema.get("example")),
    }
