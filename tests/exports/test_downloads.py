"""Nothing that is entered is lost on the way into a download, and what it says of itself is true."""

import json
import re
from decimal import Decimal

import pytest
from django.conf import settings
from django.db.models import ForeignKey

from api.examples import ADDRESSES
from exports.codebook import FLAT_TABLE, HEADINGS, TABLES, codebook
from exports.flat_table import FLAT, _not_named
from exports.formats import FORMATS
from exports.left_out import LEFT_OUT, is_left_out
from exports.tables import ENTRY_TABLES, PARTNERSHIPS, REPORTS, report_key
from operators.models import Organisation
from partnerships.models import Partnership, PartnershipVersion, StoredFile
from platforms.models import Platform, Programme
from reports.models import ReportVersion
from reviews.cloning import row_models
from reviews.models import Row
from reviews.schema import schema_of
from reviews.schema.types import LongText
from tests.directory.test_everything import things
from tests.everything import everything
from tests.exports.exporting import KINDS, fetch, flat, readme, records, references, row_of, sheets, tables
from vocabularies.models import Country, Term

STABLE = {
    Organisation: "key",
    Term: "code",
    Country: "code",
    Platform: "key",
    Programme: "key",
    Partnership: "reference",
    Row: "key",
    StoredFile: "name",
}
"""By what a link reads in a download."""


@pytest.fixture
def record(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return everything()


# --- every field ----------------------------------------------------------------------------------------


def exported_fields(record):
    """(table, what the row is found by, field, value) of everything that a reader must find."""
    version, report = record
    for thing in things(record):
        if isinstance(thing, Partnership):
            continue
        for field in thing._meta.concrete_fields:
            value = getattr(thing, field.name)
            if not is_left_out(type(thing), field.name) and value not in (None, ""):
                yield *place_of(thing, version, report), field, value


def place_of(thing, version, report):
    """(name of the table, column, value) where the row of a thing is found."""
    if thing == version:
        return "partnerships", "reference", version.partnership.reference
    if thing in (report, report.report):
        return "reports", "report", report_key(report)
    relation = thing._meta.get_field("version").remote_field.get_accessor_name()
    [table] = [
        table
        for table in ENTRY_TABLES
        if table.relation == relation and table.name.startswith("report_") == isinstance(thing.version, ReportVersion)
    ]
    return table.name, "key", str(thing.key)


def reading(field, value):
    """How a value reads in a cell."""
    if isinstance(field, ForeignKey):
        name = next(name for kind, name in STABLE.items() if isinstance(value, kind))
        return str(getattr(value, name))
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def missing_in(record, rows):
    """What is not found in its row; ``rows(table, column, value)`` gives the cells of one."""
    return [
        f"{table}.{field.name}: {reading(field, value)}"
        for table, column, key, field, value in exported_fields(record)
        if reading(field, value) not in rows(table, column, key)
    ]


def test_every_field_of_every_row_is_in_the_tables_of_the_zip(record, client):
    found = tables(fetch(client, "zip").body)
    assert missing_in(record, lambda table, *key: set(row_of(found[table], *key).values())) == []


def test_every_field_of_every_row_is_in_the_workbook(record, client):
    found = sheets(fetch(client, "xlsx").body)

    def rows(table, *key):
        return {as_text(value) for value in row_of(found[table], *key).values()}

    assert missing_in(record, rows) == []


def as_text(value):
    """A typed cell as the CSV has it."""
    if isinstance(value, float) or hasattr(value, "dtype"):
        value = Decimal(str(value)).normalize()
        return f"{value:f}"
    return str(value).lower() if isinstance(value, bool) else str(value).removesuffix(" 00:00:00")


def test_every_field_of_every_row_is_in_the_json_lines(record, client):
    version = record[0]
    [line] = [one for one in records(fetch(client, "jsonl").body) if one["reference"] == version.partnership.reference]
    rows = dict(nested_rows(line))
    assert missing_in(record, lambda table, column, key: rows[key]) == []


def nested_rows(data):
    """(what it is found by, its values as text) of everything nested in a line."""
    if isinstance(data, dict):
        key = data.get("report") or data.get("key") or data.get("reference")
        values = {json_text(value) for value in data.values() if not isinstance(value, dict | list)}
        yield from [(key, values)] if key else []
    for value in data.values() if isinstance(data, dict) else data:
        if isinstance(value, dict | list):
            yield from nested_rows(value)


def json_text(value):
    return str(value).lower() if isinstance(value, bool) else str(value)


@pytest.mark.parametrize(("kind", "name"), LEFT_OUT)
def test_every_exception_names_a_field(kind, name):
    """One that names nothing any more would hide the next field of that name."""
    assert name in {field.name for model in [kind, *kind.__subclasses__()] for field in model._meta.get_fields()}
    assert str(LEFT_OUT[kind, name])


def test_every_kind_of_row_has_a_table():
    kinds = {*row_models(PartnershipVersion), *row_models(ReportVersion)}
    assert len(ENTRY_TABLES) == len(kinds) + 2


def test_no_number_of_the_database_leaves_the_portal(record, client):
    found = tables(fetch(client, "zip").body)
    columns = {column for frame in found.values() for column in frame.columns}
    assert not {column for column in columns if column == "id" or column.endswith("_id")}


# --- keys and codes -------------------------------------------------------------------------------------


def test_links_between_tables_lead_to_rows_that_are_there(record, client):
    found = tables(fetch(client, "zip").body)
    book = found["codebook"]
    for table, column, target in zip(book["table"], book["column"], book["codes"], strict=True):
        name, _point, key = target.split(" ")[0].partition(".")
        if name in found and key in found[name].columns:
            values = {part for cell in found[table][column] for part in cell.split("; ")} - {""}
            assert values <= set(found[name][key]), (table, column)


def test_what_was_exported_is_found_again_by_its_key(record, client):
    version, _report = record
    found = tables(fetch(client, "zip").body)
    track, result = version.tracks.get(), version.results.get()
    assert row_of(found["tracks"], "key", str(track.key))["partnership"] == version.partnership.reference
    assert row_of(found["track_results"], "key", str(result.key))["track"] == str(track.key)


# --- what it says of itself -----------------------------------------------------------------------------


def test_every_format_is_offered_in_its_order_and_told_in_the_documentation(record, client):
    page = client.get("/en/partnerships/?country=LC").content.decode()
    _at_once, all_of_them = page.split("<details>\n      <summary>All downloads", 1)
    link = r'href="/api/v1/partnerships\.(\w+)\?country=LC&(?:amp;)?labels=en">([^<]+)</a>'
    offered = re.findall(link, all_of_them)
    assert offered == [(code, str(form.link)) for code, form in FORMATS.items()]
    assert 'href="/api/v1/partnerships.iati.xml?country=LC">IATI</a>' in page
    told = (settings.BASE_DIR / "docs/exports.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `/api/v1/partnerships\.(\w+)` \|", told, re.MULTILINE) == list(FORMATS)


def test_every_text_format_has_an_example_in_the_description_of_the_api():
    shown = {name for name, address in ADDRESSES.items() if address.startswith("/api/v1/partnerships.")}
    of_others = {"partnerships_iati", "partnerships_iati_missing"}
    assert shown - of_others == {form.operation for form in FORMATS.values() if form.parts}


@pytest.mark.parametrize("kind", KINDS)
def test_the_number_is_stated_and_true(record, client, kind):
    answer = fetch(client, kind)
    assert answer.headers["X-Total-Count"] == str(len(references(kind, answer.body))) == "2"


def test_the_workbook_and_the_readme_count_the_rows_of_each_table(record, client):
    found, text = sheets(fetch(client, "xlsx").body), readme(fetch(client, "zip").body)
    for table in TABLES:
        assert f"Rows in {table.name}: {len(found[table.name])}\r\n" in text


@pytest.mark.parametrize(
    ("setting", "said"),
    [("", "No licence has been decided yet."), ("CC BY 4.0", "CC BY 4.0")],
    ids=["none decided", "decided"],
)
def test_the_licence_is_inside_and_nothing_is_promised_while_there_is_none(record, client, settings, setting, said):
    settings.DATA_LICENCE = setting
    assert set(flat(fetch(client, "csv").body)["licence"]) == {said}
    assert {one["export"]["licence"] for one in records(fetch(client, "jsonl").body)} == {said}
    assert json.loads(fetch(client, "geojson").body)["licence"] == said
    assert f"Licence of the data: {said}" in readme(fetch(client, "zip").body)
    assert said in sheets(fetch(client, "xlsx").body)["about"].to_string()


def test_the_moment_and_the_question_are_inside(record, client):
    reference = record[0].partnership.reference
    question = {"status": "under-way", "ordering": "title"}
    text = readme(fetch(client, "zip", question).body)
    assert "What was asked for: Under way" in text
    assert "The same as parameters: ordering=title&status=under-way" in text
    told = json.loads(fetch(client, "geojson", question).body)
    assert (told["question"], told["partnerships"]) == (["Under way"], 1)
    line = records(fetch(client, "jsonl", question).body)[0]
    assert line["reference"] == reference
    assert line["export"]["exported_at"].endswith("Z")


def test_the_file_has_a_name_with_its_date_and_is_never_shown_in_place(record, client):
    answer = fetch(client, "csv")
    day = flat(answer.body)["exported_at"][0][:10]
    assert answer.headers["Content-Disposition"] == f'attachment; filename="wop-partnerships-{day}.csv"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


# --- the codebook ---------------------------------------------------------------------------------------


def test_the_codebook_explains_every_column(client, db):
    rows = list(codebook([FLAT_TABLE, *TABLES]))
    assert [row for row in rows if not (row[2] and row[3])] == []
    expected = [(table.name, column.name) for table in [FLAT_TABLE, *TABLES] for column in table.columns]
    assert [(row[0], row[1]) for row in rows] == expected
    assert len(set(expected)) == len(expected)
    answer = client.get("/api/v1/codebook.csv")
    assert list(flat(answer.content).columns) == list(HEADINGS)


def test_the_codebook_speaks_the_language_of_the_labels(client, db):
    book = flat(client.get("/api/v1/codebook.csv", {"labels": "fr"}).content)
    row = book[(book["table"] == "partnerships") & (book["column"] == "status")].iloc[0]
    assert "planned = En projet" in row["codes"]


def test_columns_of_entry_tables_begin_with_what_joins_them():
    for table in ENTRY_TABLES:
        first = table.columns[0].name
        assert first == {PARTNERSHIPS.name: "reference", REPORTS.name: "partnership"}.get(table.name, "partnership")


def test_the_one_table_forgets_no_short_answer():
    """A new question stands in it by itself; what takes paragraphs stands in the tables."""
    long = {name for name, kind in schema_of(PartnershipVersion).fields.items() if isinstance(kind, LongText)}
    forgotten = set(schema_of(PartnershipVersion).fields) - long - {column.name for column in FLAT}
    assert forgotten == set()
    named = [column for column in FLAT if column.name != "place"]
    assert [column.name for column in _not_named(named)] == ["place"]
