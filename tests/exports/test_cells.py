"""How values stand in cells: formulas do nothing, numbers stay numbers, what is not known stays empty."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from exports.cells import CUT, as_cell, as_json, as_text, safe, unsafe
from partnerships.models import Involvement, Payment
from reviews.workflow import perform
from tests import factories
from tests.exports.exporting import cells, fetch, flat, records, row_of, sheets, tables
from vocabularies.partial_dates import PartialDate

FORMULAS = ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", '=HYPERLINK("http://evil.example")']


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_would_be_calculated_gets_a_mark(text):
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a=b", "1", "WOP-0001", "'tis", "https://source.example/?a=1"])
def test_other_texts_stay_as_they_are(text):
    assert safe(text) == text


@given(st.text())
@example("'=1")
@example("''\t")
def test_what_is_exported_can_be_read_back_exactly(text):
    assert unsafe(safe(text)) == text


@given(st.text(alphabet="'=+-@\t\r\n ＝a1", max_size=5))
def test_nothing_exported_begins_like_a_formula(text):
    assert not safe(text).startswith(("\t", "\r", "\n"))
    assert not safe(text).strip().startswith(("=", "+", "-", "@", "＝"))


@pytest.mark.parametrize(
    ("value", "text", "cell", "json"),
    [
        (Decimal("-61.50000"), "-61.5", Decimal("-61.50000"), -61.5),
        (Decimal("734210.00"), "734210", Decimal("734210.00"), 734210),
        (Decimal("0.00"), "0", Decimal("0.00"), 0),
        (Decimal("1E+3"), "1000", Decimal("1E+3"), 1000),
        (7, "7", 7, 7),
        (True, "true", True, True),
        (PartialDate("2014"), "2014", "2014", "2014"),
        (PartialDate("2014-12"), "2014-12", "2014-12", "2014-12"),
        (PartialDate("2014-12-03"), "2014-12-03", date(2014, 12, 3), "2014-12-03"),
        (
            datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC),
            "2026-01-02T03:04:05Z",
            datetime(2026, 1, 2, 3, 4, 5),
            "2026-01-02T03:04:05Z",
        ),
        (PartialDate(""), "", None, None),
        ("", "", None, None),
        (None, "", None, None),
    ],
)
def test_values_keep_their_type(value, text, cell, json):
    assert (as_text(value), as_cell(value), as_json(value)) == (text, cell, json)


def test_signs_that_no_workbook_takes_are_left_out_and_uncover_no_formula():
    assert as_cell("before\x0bafter\x00\ufffe") == "beforeafter"
    assert as_cell("\x0b=1+1") == as_text("\x0b=1+1") == "'=1+1"


# --- in the files ---------------------------------------------------------------------------------------


@pytest.fixture
def version(db):
    """Texts that a spreadsheet would calculate, and a negative and an unknown number."""
    draft = factories.draft_version(title='=HYPERLINK("http://evil.example")', summary="-2+3", note="#N/A")
    payer = draft.involvements.first()
    Payment.objects.create(version=draft, involvement=payer, in_kind="@SUM(A1:A9)", share=Decimal("12.5"))
    Involvement.objects.filter(version=draft).update(contribution="+49 30 1234")
    mentor = factories.mentor_of(draft)
    type(mentor).objects.filter(pk=mentor.pk).update(latitude=Decimal("-14.6"), longitude=Decimal("-61.0"))
    return perform(draft, "load", by=None)


def test_no_cell_of_a_csv_begins_like_a_formula(version, client):
    row = flat(fetch(client, "csv").body).iloc[0]
    assert (row["title"], row["summary"]) == ('\'=HYPERLINK("http://evil.example")', "'-2+3")
    found = tables(fetch(client, "zip").body)
    assert found["payments"]["in_kind"][0] == "'@SUM(A1:A9)"
    mentor = row_of(found["organisations"], "key", factories.mentor_of(version).key)
    assert (mentor["latitude"], mentor["longitude"]) == ("-14.6", "-61")


def test_no_cell_of_a_workbook_is_a_formula_or_an_error(version, client):
    body = fetch(client, "xlsx").body
    kinds = {cell.data_type for sheet in sheets(body) for row in cells(body, sheet) for cell in row}
    assert not kinds & {"f", "e"}
    rows = cells(body, "organisations")
    place = [cell.value for cell in rows[0]].index("latitude")
    assert {row[place].value for row in rows[1:]} == {-14.6, None}


def test_headers_are_styled_and_stay_in_sight(version, client):
    rows = cells(fetch(client, "xlsx").body, "partnerships")
    assert rows[0][0].font.bold
    assert rows[0][0].parent.freeze_panes == "A2"


def test_full_dates_are_dates_and_years_stay_years(client, db):
    factories.published_version(starts_on="2014", ends_on="2015-12-03")
    rows = cells(fetch(client, "xlsx").body, "partnerships")
    values = dict(zip((cell.value for cell in rows[0]), rows[1], strict=True))
    assert values["starts_on"].value == "2014"
    assert (values["ends_on"].value, values["ends_on"].is_date) == (datetime(2015, 12, 3), True)
    row = flat(fetch(client, "csv").body).iloc[0]
    assert (row["starts_on"], row["ends_on"]) == ("2014", "2015-12-03")


def test_an_unknown_cost_is_said_and_never_nought(client, db):
    unknown = factories.published_version()
    free = factories.published_version(cost_amount=0, cost_currency="USD")
    table = flat(fetch(client, "csv").body)
    rows = [row_of(table, "reference", one.partnership.reference) for one in (unknown, free)]
    assert [(row["cost_known"], row["cost_amount"], row["cost_usd"]) for row in rows] == [
        ("false", "", ""),
        ("true", "0", "0"),
    ]
    lines = {one["reference"]: one["cost_amount"] for one in records(fetch(client, "jsonl").body)}
    assert lines == {unknown.partnership.reference: None, free.partnership.reference: 0}
    amounts = sheets(fetch(client, "xlsx").body)["partnerships"]["cost_amount"]
    assert sorted(map(str, amounts)) == ["", "0"]


def test_why_a_cost_is_unknown_is_told(client, db):
    draft = factories.draft_version()
    draft.unanswered.create(question="cost_amount", reason="prefer-not-to-say")
    perform(draft, "load", by=None)
    assert flat(fetch(client, "csv").body)["cost_reason"][0] == "prefer-not-to-say"


def test_namibia_is_a_country_and_not_a_gap(client, db):
    factories.published_version(mentee_in="NA")
    assert flat(fetch(client, "csv").body)["mentee_countries"][0] == "NA"


def test_a_text_longer_than_a_cell_is_cut_with_a_mark_and_whole_elsewhere(client, db, monkeypatch):
    monkeypatch.setattr("exports.cells.LONGEST", 3000)
    text = "word " * 800
    factories.published_version(approach=text)
    body = fetch(client, "xlsx").body
    cell = sheets(body)["partnerships"]["approach"][0]
    assert (len(cell), cell.endswith(CUT)) == (3000, True)
    assert "1 text is longer than a cell" in sheets(body)["about"].to_string()
    assert records(fetch(client, "jsonl").body)[0]["approach"] == text


def test_several_values_of_one_cell_are_joined(client, db):
    draft = factories.draft_version()
    second = factories.OrganisationFactory(name="A second mentor", country_id="KE")
    factories.InvolvementFactory(version=draft, organisation=second, role="lead-mentor", position=5)
    Involvement.objects.create(version=draft, role="mentee", description="A town", country_id="BO", position=6)
    perform(draft, "load", by=None)
    row = flat(fetch(client, "csv").body).iloc[0]
    assert row["mentors"].endswith("; A second mentor")
    assert row["mentor_countries"] == "MQ; KE"
    assert row["mentees"].endswith("; A town")
    assert row["mentee_countries"] == "LC; BO"
    assert row["mentee_keys"].count(";") == 0
