"""The description of the API in OpenAPI 3.1: what drf-spectacular finds, with what holds for all operations."""

import re
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension, OpenApiSerializerExtension
from drf_spectacular.openapi import AutoSchema

from api.examples import example_of
from api.openapi.descriptions import about
from api.openapi.links import add_links
from api.renderers import MEDIA_TYPE
from vocabularies import licence

REFUSALS = {
    "400": ("BadRequest", _("A parameter or the body is wrong: “errors” says what, by name.")),
    "401": ("Unauthorized", _("There is no such token, or it has ended.")),
    "403": ("Forbidden", _("You may see this but not do it, or the token lacks the scope.")),
    "404": ("NotFound", _("There is nothing here, or you may not see it.")),
    "406": ("NotAcceptable", _("The format that Accept asks for is not possible.")),
    "409": ("Conflict", _("Not possible in this state.")),
    "410": ("Gone", _("Archived: it was public and is no more. Says since when and why.")),
    "412": ("PreconditionFailed", _("Somebody changed it meanwhile: read it again.")),
    "413": ("ContentTooLarge", _("The body or the file is larger than what is taken.")),
    "415": ("UnsupportedMediaType", _("The body has a format that is not read here.")),
    "422": ("UnprocessableContent", _("The Idempotency-Key was used for another request.")),
    "428": ("PreconditionRequired", _("If-Match is missing.")),
    "429": ("TooManyRequests", _("Too many requests: Retry-After says when to ask again.")),
    "503": ("ServiceUnavailable", _("Files cannot be kept just now: try again in a few minutes.")),
}
"""{status: (name of the component, what it means)}: how every operation may refuse, as problem details."""
PROBLEM = {
    "type": "object",
    "description": "Problem details (RFC 9457), with the words that the pages use.",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What is wrong, in the language of the request."},
        "code": {"type": "string", "description": "The same for programs."},
        "errors": {
            "type": "object",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
            "description": "What is wrong with which parameter or field; the empty name stands for the whole.",
        },
        "reference": {"type": "string", "description": "410: what is gone."},
        "archived_at": {"type": "string", "description": "410: since when."},
        "reason": {"type": "string", "description": "410: why."},
    },
    "required": ["type", "title", "status"],
    "additionalProperties": True,
}
CHANGING = {"post", "put", "patch", "delete"}


class BearerScheme(OpenApiAuthenticationExtension):
    target_class = "api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema):
        return {"type": "http", "scheme": "bearer", "bearerFormat": "wop_…"}


class SessionScheme(OpenApiAuthenticationExtension):
    target_class = "api.authentication.SessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema):
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}


class ExactBody(OpenApiSerializerExtension):
    """Bodies in which a name that is not told is refused."""

    target_class = "api.serializers.writing.strict.Exact"
    match_subclasses = True

    def map_serializer(self, auto_schema, direction):
        shape = auto_schema._map_serializer(self.target, direction, bypass_extensions=True)
        return shape | {"additionalProperties": False}


class Schema(AutoSchema):
    """What a view says of itself; one without a scope may be asked without a token."""

    def get_auth(self):
        scope = self.view.scope_for(self.view.request) if hasattr(self.view, "scope_for") else None
        needed = scope or getattr(self.view, "scope", None)
        return [*([] if needed else [{}]), *super().get_auth()]

    def get_description(self):
        return about(self.get_operation_id())

    def get_tags(self):
        """Files stand beside what they are made of: partnerships.csv with the partnerships."""
        return [tag.split(".")[0] for tag in super().get_tags()]

    def map_renderers(self, attribute):
        """Refusals have a format of their own, which is no answer."""
        return [one for one in super().map_renderers(attribute) if one != MEDIA_TYPE]


def finish(result, generator, request, public):
    """The last hook: refusals and examples of all operations, without marks that only drf-spectacular reads."""
    components = result.setdefault("components", {})
    components.setdefault("schemas", {})["Problem"] = PROBLEM
    components["responses"] = {name: _refusal(status) for status, (name, _meaning) in REFUSALS.items()}
    for path, operations in result["paths"].items():
        for method, operation in operations.items():
            _add_refusals(path, method, operation)
            _add_example(path, operation)
            _allow_nothing(operation)
    add_links(result["paths"])
    result["info"] |= _licence()
    return _plain(result)


def _licence():
    """Of what the API says; OpenAPI wants a name or nothing."""
    if not settings.DATA_LICENCE:
        return {}
    return {"license": {"name": licence.words()} | ({"url": licence.address()} if licence.address() else {})}


def _refusal(status):
    meaning = REFUSALS[status][1]
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": meaning, "content": content}


def _add_refusals(path, method, operation):
    for status in sorted(_possible_refusals(path, method, operation)):
        given = operation["responses"].get(status)
        if given is None or "content" not in given:
            operation["responses"][status] = {"$ref": f"#/components/responses/{REFUSALS[status][0]}"}


def _possible_refusals(path, method, operation):
    found = {"401", "406", "429", *(status for status in operation["responses"] if status in REFUSALS)}
    places = {(parameter["in"], parameter["name"]) for parameter in operation.get("parameters", [])}
    if "requestBody" in operation or any(place == "query" for place, _name in places):
        found.add("400")
    if "requestBody" in operation:
        found |= {"413", "415"}
        if "multipart/form-data" in operation["requestBody"]["content"]:
            found.add("503")
    if {} not in operation.get("security", []):
        found.add("403")
    if "{" in path:
        found.add("404")
    if method in CHANGING:
        found.add("409")
    if ("header", "If-Match") in places:
        found |= {"412", "428"}
    if ("header", "Idempotency-Key") in places:
        found.add("422")
    return found


def _allow_nothing(operation):
    """An empty filter is none, as in the forms of the pages."""
    for parameter in operation.get("parameters", []):
        is_one = parameter["schema"].get("type") != "array" or not parameter.get("explode", True)
        if parameter["in"] == "query" and parameter["name"] != "page_size" and is_one:
            parameter["allowEmptyValue"] = True


def _add_example(path, operation):
    """The answer that the real register gave, and the values in the address that it was asked under."""
    example = example_of(operation["operationId"])
    if example is None:
        return
    (answer,) = operation["responses"]["200"]["content"].values()
    answer["examples"] = {"register": {"summary": example.address, "value": example.answer}}
    pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path)
    values = re.match(pattern, example.address).groupdict()
    for parameter in operation.get("parameters", []):
        if parameter["in"] == "path":
            value = values[parameter["name"]]
            parameter["example"] = int(value) if parameter["schema"]["type"] == "integer" else value


def _plain(node):
    """Without marks that only drf-spectacular reads, and with numbers that JSON has."""
    if isinstance(node, dict):
        return {name: _plain(value) for name, value in node.items() if name != "x-spec-enum-id"}
    if isinstance(node, Decimal):
        return int(node) if node == node.to_integral_value() else float(node)
    return [_plain(one) for one in node] if isinstance(node, list) else node
