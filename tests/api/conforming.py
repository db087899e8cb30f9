"""Whether an answer is one that the schema tells of."""

import json
import re
from functools import cache

from jsonschema import Draft202012Validator

from api.openapi.document import document


@cache
def schema():
    """The whole description, as it is published."""
    return json.loads(json.dumps(document("en"), default=str))


@cache
def _places():
    """[(pattern of the address, operations)], those without parameters first."""
    places = sorted(schema()["paths"].items(), key=lambda place: place[0].count("{"))
    return [(re.compile(_pattern(path)), operations) for path, operations in places]


def _pattern(path):
    parts = re.split(r"(\{\w+\})", path)
    return "".join("[^/]+" if part.startswith("{") else re.escape(part) for part in parts) + r"\Z"


def operation_of(method, path):
    """The operation behind a request; None where the address or the method is no operation."""
    for pattern, operations in _places():
        if pattern.match(path):
            return operations.get(method.lower())
    return None


def check(response):
    """Fails when ``response`` (of the test client) is not among the answers of its operation."""
    request = response.wsgi_request
    operation = operation_of(request.method, request.path_info)
    if operation is None:
        assert response.status_code in (404, 405), (request.method, request.path_info)
        return
    told = operation["responses"].get(str(response.status_code))
    assert told is not None, f"{operation['operationId']} does not tell of {response.status_code}: {response.content}"
    content = _resolved(told).get("content")
    if response.streaming:
        return
    if content is None:
        assert response.content == b"", operation["operationId"]
        return
    media_type = response.headers["Content-Type"].split(";")[0]
    assert media_type in content, (operation["operationId"], media_type)
    validate(response.json(), content[media_type]["schema"])


def validate(value, wanted):
    """Fails when ``value`` is not as the schema ``wanted`` says."""
    whole = {**wanted, "components": schema()["components"]}
    errors = [f"{error.json_path}: {error.message[:300]}" for error in Draft202012Validator(whole).iter_errors(value)]
    assert not errors, errors


def _resolved(told):
    if "$ref" not in told:
        return told
    return schema()["components"]["responses"][told["$ref"].rsplit("/", 1)[1]]
