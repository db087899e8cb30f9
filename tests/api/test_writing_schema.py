"""What the schema tells of the work: every operation has an example, and the examples are as the schema says."""

import json

import pytest

from api.examples import WRITING
from tests.api.conforming import schema, validate

JSON = "application/json"
NAMES = sorted(file.stem for file in WRITING.glob("*.json"))


def operations():
    """{name: operation} of those that need a token."""
    found = [operation for methods in schema()["paths"].values() for operation in methods.values()]
    return {one["operationId"]: one for one in found if {} not in one["security"]}


def test_every_operation_has_an_example_of_what_it_takes_and_gives():
    lacking = []
    for name, operation in operations().items():
        places = [response.get("content", {}) for status, response in operation["responses"].items() if status < "300"]
        places += [operation.get("requestBody", {}).get("content", {})]
        lacking += [name for content in places if JSON in content and not content[JSON].get("examples")]
    assert lacking == []


@pytest.mark.parametrize("name", NAMES)
def test_an_example_is_as_the_schema_says(name):
    operation, example = operations()[name], json.loads((WRITING / f"{name}.json").read_text(encoding="utf-8"))
    if "request" in example:
        validate(example["request"], operation["requestBody"]["content"][JSON]["schema"])
    if "answer" in example:
        validate(example["answer"], operation["responses"][example["status"]]["content"][JSON]["schema"])


def test_changes_ask_for_the_etag_and_beginnings_take_a_key():
    for name, operation in operations().items():
        headers = {
            one["name"] for one in operation.get("parameters", []) if one["in"] == "header" and one.get("required")
        }
        must_match = name.endswith(("_change", "_add", "_remove", "_answer", "_transition")) and not name.endswith(
            ("comments_add", "organisations_add", "assignment_change", "assignment_remove")
        )
        assert ("If-Match" in headers) == must_match, name
    keyed = {
        name
        for name, operation in operations().items()
        if any(one["name"] == "Idempotency-Key" for one in operation.get("parameters", []))
    }
    beginnings = {"partnerships_begin", "partnerships_reports_begin", "organisations_add"}
    assert keyed == beginnings | {"partnerships_comments_add", "reports_comments_add"}
