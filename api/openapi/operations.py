"""How the addresses that work with entries are told in the schema."""

import json

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view

from api.examples import WRITING
from api.openapi.parameters import LANGUAGE_HEADER

"""One file for each operation: {"request": ..., "status": "201", "answer": ...}, what there is of it."""

IF_MATCH = OpenApiParameter(
    "If-Match",
    {"type": "string", "pattern": '^(W/)?"'},
    OpenApiParameter.HEADER,
    required=True,
    description=_("The ETag of what you have read: 412 when somebody changed it meanwhile."),
)
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
    OpenApiParameter.HEADER,
    description=_(
        "Sent again with the same key within 24 hours, or without any within a minute, the request is not carried out "
        "twice."
    ),
)
TAG = OpenApiParameter(
    "ETag",
    str,
    OpenApiParameter.HEADER,
    response=[200, 201, 204],
    description=_("For If-Match: names the revision of the entry."),
)
LOCATION = OpenApiParameter(
    "Location",
    {"type": "string", "format": "uri"},
    OpenApiParameter.HEADER,
    response=[201],
    description=_("Where it is."),
)
REPLAYED = OpenApiParameter(
    "Idempotency-Replayed",
    {"type": "string", "enum": ["true"]},
    OpenApiParameter.HEADER,
    response=[201],
    description=_("The answer that this request had when it was carried out."),
)


def told(**methods):
    """The decorator that tells the schema about a view; {method: what ``_operation`` takes}."""
    return extend_schema_view(**{method: _operation(**facts) for method, facts in methods.items()})


def _operation(*, name, summary, request=None, answer=None, answers=None, words=None, headers=(), parameters=()):
    """``answers``: {status: serializer or None}; ``answer`` is that of 200. ``words``: {status: what it means}."""
    responses = {
        status: OpenApiResponse(serializer, description=(words or {}).get(status, summary))
        for status, serializer in (answers or {"200": answer}).items()
    }
    return extend_schema(
        operation_id=name,
        summary=summary,
        request=request,
        responses=responses,
        parameters=[*headers, *parameters, LANGUAGE_HEADER],
        examples=_examples_of(name, tuple(responses)),
    )


def _examples_of(name, statuses):
    file = WRITING / f"{name}.json"
    known = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    examples = []
    if "request" in known:
        examples.append(OpenApiExample("request", value=known["request"], request_only=True))
    if "answer" in known:
        answer = known["answer"]
        value = answer[0] if isinstance(answer, list) else answer  # drf-spectacular makes a list of it by itself
        examples.append(OpenApiExample("answer", value=value, response_only=True, status_codes=list(statuses)))
    return examples
