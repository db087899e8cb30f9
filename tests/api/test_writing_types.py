"""What is sent has the names and types that the description tells.

DRF alone would read 0 as “0” and false as a key of zeros, and pass over a misspelt name.
"""

import pytest

from partnerships.services import start_new_version
from reviews.workflow import perform
from tests import factories
from tests.api.conforming import operation_of, schema
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


# --- names ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "body"),
    [
        ("draft/comments/", {"text": "Why?"}),
        ("draft/previews/", {"note": "For Ana"}),
        ("draft/attachments/", {"description": "Slides", "url": "https://example.org/slides"}),
        ("transitions/submit/", {"comment": ""}),
        ("draft/confirmation/", {"answer": "confirms"}),
        ("reports/", {"kind": "final"}),
    ],
)
def test_a_name_that_does_not_exist_is_refused(program, address, body):
    answer = program.post(program.base + address, body | {"titel": "Y"})
    assert answer.status_code == 400, answer.content
    assert list(answer.json()["errors"]) == ["titel"]


def test_a_misspelt_name_begins_nothing(client, version, author):
    organisation = factories.mentor_of(version)
    body = {"organisation": organisation.key, "role": "mentor", "title": "X", "titel": "Y", "status": "done"}
    answer = Program(client, author).post("/api/v1/partnerships/", body)
    assert answer.json()["errors"] == {
        name: [f"“{name}” is not possible; possible are organisation, platform, role, title, language."]
        for name in ("titel", "status")
    }


def test_a_misspelt_name_in_a_form_is_refused(program):
    answer = program.upload(f"{program.base}draft/attachments/", {"description": "Slides", "titel": "Y"})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["titel"])


def test_a_misspelt_name_adds_no_organisation(client, author):
    body = {"name": "Bird Island Springs", "kind": "public-utility", "country": "AG", "confirmnew": True}
    answer = Program(client, author).post("/api/v1/organisations/", body)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["confirmnew"])


def test_a_misspelt_name_assigns_nobody(client, version, author, reviewer):
    submitted = perform(start_new_version(version.partnership, author), "submit", by=author)
    address = f"{base_of(submitted)}draft/assignment/"
    answer = Program(client, reviewer).send("put", address, {"to": reviewer.pk, "too": 1})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["too"])


def test_the_description_tells_that_no_other_names_are_taken():
    bodies = operation_of("POST", "/api/v1/partnerships/")["requestBody"]["content"]
    name = bodies["application/json"]["schema"]["$ref"].rpartition("/")[2]
    assert schema()["components"]["schemas"][name]["additionalProperties"] is False


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('{"cost_amount": NaN}', "JSON knows no NaN and no Infinity: send a number, or null for what is not known."),
        (
            '{"cost_amount": -Infinity}',
            "JSON knows no NaN and no Infinity: send a number, or null for what is not known.",
        ),
        ('{"title": "Water",\n }', "This is no JSON: it cannot be read from line 2, character 2 on."),
        (b'{"title": "Agua pot\xe1vel"}', "This is no JSON: it is not written in UTF-8."),
    ],
)
def test_what_is_no_json_is_refused_in_words(program, body, words):
    answer = program.patch(f"{program.base}draft/", body)
    assert (answer.status_code, answer.json()["detail"]) == (400, words)
