"""The directory as a table: sorted by its headings, with the columns that a reader chose."""

import re

import pytest

from directory.table import COLUMNS, FIXED
from tests import factories

pytestmark = pytest.mark.django_db
URL = "/en/partnerships/?view=table"


def labels(response):
    return [column.code for column, is_chosen in response.context["table"].choices if is_chosen]


def test_without_a_choice_the_usual_columns_are_shown(client):
    factories.published_version()
    assert labels(client.get(URL)) == [column.code for column in COLUMNS.values() if column.is_usual]


def test_chosen_columns_stand_in_the_address_and_go_along_with_every_link(client):
    for _ in range(2):
        factories.published_version(place="Kibera", starts_on="2013")
    response = client.get(f"{URL}&column=place&column=dates")
    assert labels(response) == ["dates", "place"]
    body = response.content.decode()
    headings = re.findall(r'href="([^"]*ordering=[^"]*)"', body)
    assert headings
    assert all("column=place&amp;column=dates" in address for address in headings)
    assert 'data-label="Place of the work"' in body
    assert 'name="column" value="place" checked' in body


def test_every_column_has_something_to_show(client):
    version = factories.published_version(place="Kibera", summary="In short.", starts_on="2013", status="completed")
    factories.published_report(partnership=version.partnership)
    (row,) = client.get(URL + "".join(f"&column={code}" for code in COLUMNS)).context["table"].rows
    told = {column.code for column, cell in row.cells if cell}
    assert {"status", "dates", "place", "reports", "summary"} <= told
    assert [column.code for column, _cell in row.cells] == list(COLUMNS)


def test_a_heading_sorts_and_says_how_it_is_sorted(client):
    factories.published_version(starts_on="2015")
    factories.published_version(starts_on="2013")
    first = client.get(URL).context["table"]
    dates = next(heading for heading in first.headings if heading.column.code == "dates")
    assert (dates.ordering, dates.direction) == ("-first_year", "")
    again = client.get(f"{URL}&ordering=-first_year").context["table"]
    dates = next(heading for heading in again.headings if heading.column.code == "dates")
    assert (dates.ordering, dates.direction) == ("first_year", "descending")
    assert [row.entry.dates for row in again.rows] == ["from 2015", "from 2013"]


@pytest.mark.parametrize("column", [*FIXED, *COLUMNS.values()], ids=lambda column: column.code)
def test_every_heading_asks_for_an_order_that_there_is(client, column):
    for ordering in column.orderings:
        assert client.get(f"{URL}&ordering={ordering}").status_code == 200


def test_a_column_that_nobody_knows_is_named(client):
    response = client.get(f"{URL}&column=colour&column=dates")
    assert response.status_code == 400
    assert "“colour” is not possible" in response.context["problems"][0]["text"]


def test_downloads_feed_and_alert_stand_above_the_results(client):
    factories.published_version()
    for view in ("list", "table"):
        body = client.get(f"/en/partnerships/?view={view}&country=LC").content.decode()
        above = body[: body.index("entries" if view == "list" else 'role="table"')]
        for address in ("partnerships.csv?country=LC", "partnerships.atom?country=LC", "alerts/new/?country=LC"):
            assert address in above, (view, address)


@pytest.mark.parametrize(
    ("address", "target"), [("partnerships", "/en/partnerships/compare/"), ("operators", "/en/operators/compare/")]
)
def test_every_entry_of_a_list_can_be_ticked_without_a_script(client, address, target):
    version = factories.published_version()
    for view in ("list", "table") if address == "partnerships" else ("",):
        body = client.get(f"/en/{address}/" + (f"?view={view}" if view else "")).content.decode()
        ref = version.partnership.reference if address == "partnerships" else factories.mentor_of(version).slug
        assert f'<input type="checkbox" name="ref" value="{ref}" form="compare">' in body
        assert f'<form id="compare" method="get" action="{target}">' in body
        assert 'type="submit" form="compare"' in body
