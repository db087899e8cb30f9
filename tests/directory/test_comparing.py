"""Up to four partnerships or operators side by side."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.comparing.table import Row
from reviews.workflow import perform
from tests import factories

pytestmark = pytest.mark.django_db
PARTNERSHIPS, OPERATORS = "/en/partnerships/compare/", "/en/operators/compare/"


def rows(response):
    return {str(row.label): row for row in response.context["rows"]}


def texts(row):
    return [[str(text) for text in cell] for cell in row.cells]


def refs(*things):
    return {"ref": [getattr(thing, "slug", None) or thing.partnership.reference for thing in things]}


def test_partnerships_stand_in_the_order_asked_for_and_say_where_they_differ(client):
    one = factories.published_version(mentor_in="NL", mentee_in="KE", status="completed", starts_on="2013")
    other = factories.published_version(mentor_in="NL", mentee_in="UG", status="completed", starts_on="2015")
    response = client.get(PARTNERSHIPS, refs(other, one))
    assert [column.name for column in response.context["columns"]] == refs(other, one)["ref"]
    found = rows(response)
    assert texts(found["Dates"]) == [["from 2015"], ["from 2013"]]
    assert found["Dates"].differs
    assert not found["Status"].differs
    assert response.content.decode().count('class="is-different"') == sum(row.differs for row in found.values())


def test_what_one_does_not_tell_is_not_known_and_no_difference(client):
    one = factories.published_version(status="completed")
    other = factories.published_version(status="unknown")
    row = rows(client.get(PARTNERSHIPS, refs(one, other)))["Status"]
    assert texts(row) == [["Completed"], []]
    assert not row.differs
    assert row.is_partly_known


@pytest.mark.parametrize(
    ("cells", "differs", "partly"),
    [
        ([["a"], ["a"]], False, False),
        ([["a"], ["b"]], True, False),
        ([["a", "b"], ["b", "a"]], False, False),
        ([["a"], ["b"], []], True, False),
        ([["a"], [], ["a"]], False, True),
    ],
)
def test_a_row_differs_where_what_is_known_differs(cells, differs, partly):
    row = Row("", cells)
    assert (row.differs, row.is_partly_known) == (differs, partly)


def test_organisations_are_compared_by_what_their_pages_say(client):
    version = factories.published_version(mentor_in="NL", mentee_in="KE")
    mentor, mentee = (row.organisation for row in version.involvements.order_by("position"))
    found = rows(client.get(OPERATORS, refs(mentor, mentee)))
    assert found["Place"].differs
    assert texts(found["Published partnerships"]) == [["mentor in 1"], ["mentee in 1"]]


def test_more_than_four_are_too_many_and_it_says_which_are_left_out(client):
    versions = [factories.published_version() for _ in range(5)]
    response = client.get(PARTNERSHIPS, refs(*versions))
    assert len(response.context["columns"]) == 4
    assert versions[4].partnership.reference in response.context["notes"][0]


def test_what_is_not_there_is_named_and_the_rest_is_shown(client, reviewer):
    one, gone = factories.published_version(), factories.published_version()
    draft = factories.draft_version()
    perform(gone, "archive", by=reviewer, comment="Entered twice")
    asked = refs(one, gone, draft)
    asked["ref"] += ["WOP-9999", "<b>", "\x00"]
    response = client.get(PARTNERSHIPS, asked)
    assert response.status_code == 200
    assert [column.name for column in response.context["columns"]] == [one.partnership.reference]
    notes = response.context["notes"]
    assert "taken out of the register" in notes[0]
    assert all("is not in the register" in note for note in notes[1:])
    assert "<b>”" not in response.content.decode()


@pytest.mark.parametrize("address", [PARTNERSHIPS, OPERATORS])
def test_nothing_of_what_is_asked_for_is_a_page_that_says_so(client, address):
    response = client.get(address, {"ref": ["WOP-9999", "nobody"]})
    assert response.status_code == 404
    assert b"is not in the register" in response.content


@pytest.mark.parametrize("address", [PARTNERSHIPS, OPERATORS])
def test_without_a_question_it_says_what_to_do(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert b"Tick two to four" in response.content
    assert b'name="robots" content="noindex"' in response.content


def test_a_reference_may_be_written_in_small_letters(client):
    version = factories.published_version()
    response = client.get(PARTNERSHIPS, {"ref": version.partnership.reference.lower()})
    assert [column.name for column in response.context["columns"]] == [version.partnership.reference]


def test_four_cost_the_queries_of_two(client):
    versions = [factories.published_version() for _ in range(4)]

    def queries(*compared):
        with CaptureQueriesContext(connection) as captured:
            client.get(PARTNERSHIPS, refs(*compared))
        return len(captured)

    queries(*versions)
    assert queries(*versions) == queries(*versions[:2])
