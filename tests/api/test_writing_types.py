"""What is sent has the types that the description tells; DRF alone would read 0 as “0” and false as a key of zeros."""

import pytest

from partnerships.services import start_new_version
from tests.api.writing import Program, base_of


@pytest.fixture
def program(client, version, author):
    program = Program(client, author)
    program.base = base_of(start_new_version(version.partnership, author))
    program.get(f"{program.base}draft/")
    return program


@pytest.mark.parametrize(
    ("address", "body", "name"),
    [
        ("draft/comments/", {"text": 0}, "text"),
        ("draft/comments/", {"text": "Why?", "row_key": False}, "row_key"),
        ("draft/comments/", {"text": "Why?", "answers": "1"}, "answers"),
        ("draft/comments/", {"text": "Why?", "answers": True}, "answers"),
        ("draft/previews/", {"note": 0}, "note"),
        ("transitions/submit/", {"comment": 7}, "comment"),
    ],
)
def test_another_type_is_refused_by_name(program, address, body, name):
    answer = program.post(program.base + address, body)
    assert answer.status_code == 400, answer.content
    assert list(answer.json()["errors"]) == [name]


def test_nothing_is_no_type(program):
    answer = program.post(f"{program.base}draft/comments/", {"text": "Why?", "row_key": None, "answers": None})
    assert answer.status_code == 201, answer.content


def test_flags_are_not_words(client, author):
    body = {"name": "Bird Island Springs", "kind": "public-utility", "country": "AG", "confirm_new": "true"}
    answer = Program(client, author).post("/api/v1/organisations/", body)
    assert list(answer.json()["errors"]) == ["confirm_new"]


def test_an_empty_list_may_be_null(program):
    answer = program.patch(f"{program.base}draft/", {"tracks": None, "unanswered": None})
    assert answer.status_code == 200, answer.content
    assert (answer.json()["tracks"], answer.json()["unanswered"]) == ([], {})
