"""Links in the description lead on: from an answer that exists to an operation that takes what they hand over."""

import re

import pytest
from django.test import Client

from api.openapi.document import document
from api.openapi.links import add_links


@pytest.fixture(scope="module")
def operations():
    return {one["operationId"]: one for methods in document("en")["paths"].values() for one in methods.values()}


def links_in(operations):
    """(source, status, name, link)"""
    for source, operation in operations.items():
        for status, answer in operation["responses"].items():
            for name, link in answer.get("links", {}).items():
                yield source, status, name, link


def test_every_link_fills_the_address_and_if_match_of_its_target(operations):
    found = list(links_in(operations))
    assert len(found) > 100
    for source, _status, name, link in found:
        wanted = {
            f"{parameter['in']}.{parameter['name']}"
            for parameter in operations[link["operationId"]]["parameters"]
            if parameter["in"] == "path" or parameter["name"] == "If-Match"
        }
        assert set(link["parameters"]) == wanted, (source, name)


def test_what_a_link_takes_is_in_the_answer(operations):
    schemas = document("en")["components"]["schemas"]
    for source, status, name, link in links_in(operations):
        answer = operations[source]["responses"][status]
        shape = schemas[answer["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[1]]
        for expression in link["parameters"].values():
            if field := re.fullmatch(r"\$response\.body#/(\w+)", expression):
                assert field[1] in shape["required"], (source, name)
            if expression == "$response.header.ETag":
                assert "ETag" in answer["headers"], (source, name)


def test_a_life_is_one_chain(operations):
    chain = [("partnerships_begin", "201", "change"), ("partnerships_draft_change", "200", "submit"),
             ("partnerships_transition", "200", "publish"), ("partnerships_transition", "200", "public")]  # fmt: skip
    ends = [operations[source]["responses"][status]["links"][name]["operationId"] for source, status, name in chain]
    sources = [source for source, _status, _name in chain]
    assert ends == [*sources[1:3], sources[2], "partnerships_read"]


def test_a_link_from_an_answer_that_is_not_there_is_an_error():
    with pytest.raises(KeyError):
        add_links({})


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_wrong_addresses_are_problems_for_every_method(db, method):
    """A browser's form would be asked for its CSRF token, by a page."""
    answer = getattr(Client(enforce_csrf_checks=True), method)("/api/v1/partnerships/no such/draft/")
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
