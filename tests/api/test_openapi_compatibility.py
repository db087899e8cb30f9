"""A change that would break programs written before it is recognised."""

from copy import deepcopy

import pytest
import yaml
from django.core.management import CommandError, call_command

from api.management.commands import write_schema
from api.openapi import compatibility
from api.openapi.compatibility import breaking_changes

THING = {
    "type": "object",
    "properties": {
        "key": {"type": "string"},
        "name": {"type": ["string", "null"]},
        "parent": {"oneOf": [{"$ref": "#/components/schemas/Thing"}, {"type": "null"}]},
        "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}},
    },
    "required": ["key"],
}
NEW = {"type": "object", "properties": {"name": {"type": "string"}}, "required": []}
AS_JSON = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}
BEFORE = {
    "info": {"version": "1.0.0"},
    "paths": {
        "/things/": {
            "get": {
                "operationId": "things_list",
                "parameters": [
                    {"in": "query", "name": "q", "schema": {"type": "string"}},
                    {"in": "query", "name": "kind", "schema": {"type": "string", "enum": ["a", "b"]}},
                ],
                "responses": {
                    "200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}
                },
            },
            "post": {
                "operationId": "things_create",
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/New"}}}},
                "responses": {
                    "201": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}
                },
            },
        }
    },
    "components": {"schemas": {"Thing": THING, "New": NEW}},
}


def changed(change):
    after = deepcopy(BEFORE)
    change(after["paths"]["/things/"], after["components"]["schemas"])
    return after


BREAKING = {
    "GET /things/: taken away": lambda p, s: p.pop("get"),
    "GET /things/: its name was things_list": lambda p, s: p["get"].update(operationId="list_things"),
    "GET /things/: parameter q (query) taken away": lambda p, s: p["get"]["parameters"].pop(0),
    "GET /things/: parameter q is required now": lambda p, s: p["get"]["parameters"][0].update(required=True),
    "GET /things/: parameter new is required now": lambda p, s: p["get"]["parameters"].append(
        {"in": "query", "name": "new", "schema": {"type": "string"}, "required": True}
    ),
    "GET /things/: parameter kind takes fewer values": lambda p, s: p["get"]["parameters"][1]["schema"].update(
        enum=["a"]
    ),
    "GET /things/: parameter q has another type": lambda p, s: p["get"]["parameters"][0].update(
        schema={"type": "integer"}
    ),
    "GET /things/: no answer 200 any more": lambda p, s: p["get"]["responses"].pop("200"),
    "GET /things/: answer 200.name taken away": lambda p, s: s["Thing"]["properties"].pop("name"),
    "GET /things/: answer 200.key has another type": lambda p, s: s["Thing"]["properties"].update(
        key={"type": "integer"}
    ),
    "GET /things/: answer 200.key is not always there any more": lambda p, s: s["Thing"].pop("required"),
    "POST /things/: a body is required now": lambda p, s: p["post"]["requestBody"].update(required=True),
    "POST /things/: body.name is required now": lambda p, s: s["New"].update(required=["name"]),
    "POST /things/: body.name taken away": lambda p, s: s["New"]["properties"].pop("name"),
    "POST /things/: body is no application/json any more": lambda p, s: p["post"]["requestBody"].update(content={}),
}
HARMLESS = {
    "a new operation": lambda p, s: p.update(put=deepcopy(p["post"]) | {"operationId": "things_put"}),
    "a new parameter": lambda p, s: p["get"]["parameters"].append(
        {"in": "query", "name": "new", "schema": {"type": "string"}}
    ),
    "one value more": lambda p, s: p["get"]["parameters"][1]["schema"].update(enum=["a", "b", "c"]),
    "a new property in the answer": lambda p, s: s["Thing"]["properties"].update(more={"type": "string"}),
    "a property that may be sent": lambda p, s: s["New"]["properties"].update(more={"type": "string"}),
    "null no longer": lambda p, s: s["Thing"]["properties"].update(name={"type": "string"}),
    "another order": lambda p, s: p["get"]["parameters"].reverse(),
}


@pytest.mark.parametrize("sentence", BREAKING)
def test_what_breaks_is_told(sentence):
    assert sentence in breaking_changes(BEFORE, changed(BREAKING[sentence]))


@pytest.mark.parametrize("name", HARMLESS)
def test_what_adds_or_only_arranges_breaks_nothing(name):
    assert breaking_changes(BEFORE, changed(HARMLESS[name])) == []


def test_a_path_that_is_taken_away_is_told():
    after = deepcopy(BEFORE) | {"paths": {}}
    assert breaking_changes(BEFORE, after) == ["GET /things/: taken away", "POST /things/: taken away"]


def test_the_checked_in_description_is_kept(described):
    before = yaml.safe_load(write_schema.SNAPSHOT.read_text(encoding="utf-8"))
    assert breaking_changes(before, described) == []
    assert compatibility.breaking_changes(described, described) == []


@pytest.fixture
def described():
    return deepcopy(write_schema.document("en"))


def test_a_breaking_change_is_not_written(monkeypatch, tmp_path, described):
    snapshot = tmp_path / "openapi.yaml"
    monkeypatch.setattr(write_schema, "SNAPSHOT", snapshot)
    described["paths"]["/api/v1/lost/"] = {"get": {"operationId": "lost", "responses": {}}}
    snapshot.write_text(yaml.safe_dump(plain(described)), encoding="utf-8")
    with pytest.raises(CommandError, match="GET /api/v1/lost/: taken away"):
        call_command("write_schema")
    described["info"]["version"] = "0.9.0"
    snapshot.write_text(yaml.safe_dump(plain(described)), encoding="utf-8")
    call_command("write_schema")
    assert "/api/v1/lost/" not in yaml.safe_load(snapshot.read_text(encoding="utf-8"))["paths"]


def plain(node):
    """Without the kinds of text and list that only Django knows."""
    if isinstance(node, dict):
        return {str(name): plain(value) for name, value in node.items()}
    if isinstance(node, list | tuple):
        return [plain(one) for one in node]
    return node if node is None or isinstance(node, bool | int | float) else str(node)
