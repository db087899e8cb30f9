"""A large record is typed by hand; every answer is found wherever the register is read, and nothing else is."""

import csv
import io
import json
import re
import zipfile
from collections import Counter
from dataclasses import dataclass

import openpyxl
import pytest

from exports.cells import unsafe
from tests.browser import steps
from tests.browser.conftest import Visit
from tests.browser.filling import fill_in
from tests.browser.large_data import LISTS, coded, in_json, in_one_row, in_tables, plainly
from tests.browser.large_iati import LEFT_OUT, LEFT_OUT_OF_REPORT, in_iati, lines
from tests.browser.large_pages import BESIDE, OWN, OWN_OF_REPORT, TEXTS, day, number, on_the_profile, on_the_report
from tests.browser.large_record import AUTHOR, LARGE, NEW, PERIOD, REVIEWER, SMALL, Record
from tests.browser.portals import manage
from tests.iati.rules import checked_root

OWN_IN_JSON = re.compile(
    r"(^|[.\]])(reference|version|is_present|id|key|slug|fact_sheet|\w+_url|published_at|precision|report_count)$"
    r"|(^|(reports\[0\]|organisation|programme)\.)url$"
    r"|^(reports\[0\]\.)?(language|partnership|kind)\.|^confirmation\."
)
"""What the portal adds: names, addresses, moments, how precise a date is, the language of the page, kind of report."""
OWN_IN_TABLES = re.compile(
    r"\.(reference|partnership|report|key|position|number|published_at|updated_at|report_count)$"
    r"|^(partnerships|reports)\[0\]\.(url|language|kind|kind_label|confirmation|confirmation_label)$"
)
OWN_IN_ONE_ROW = {
    "reference", "url", "number", "language", "report_count", "confirmation", "confirmation_label", "published_at",
    "updated_at", "licence", "exported_at",
}  # fmt: skip
REFERRED_TO = ("involvements", "phases", "agreements", "tracks")
"""Relations to whose rows others belong."""
BESIDE_THE_ENTRY = {"about", "codebook", "organisations", "figures", "former_names", "platforms", "programmes", "terms",
                    "countries"}  # fmt: skip
"""Tables about other things than the entry; the bodies that were added in place have a test of their own."""


@dataclass(frozen=True)
class Published:
    """A record that is public, and somebody who reads it."""

    record: Record
    reference: str
    reader: object
    home: str

    def fetch(self, address, **asked):
        answer = self.reader.request.get(address, params=asked)
        assert answer.status == 200
        return answer.body()

    def download(self, kind):
        return self.fetch(f"/api/v1/partnerships.{kind}", q=self.record.title)


@pytest.fixture(scope="module")
def pages_of(browser, workplace):
    """Of the author, the reviewer and a reader."""
    engage = "from tests.browser.large_record import engage; engage()"
    manage(workplace.environment, "shell", "-v0", "-c", engage)
    windows = [Visit(browser, workplace.address) for _person in range(3)]
    for window, email in zip(windows, (AUTHOR, REVIEWER), strict=False):
        steps.sign_in(window.page, email)
    yield [window.page for window in windows]
    for window in windows:
        window.context.close()
        window.check()


@pytest.fixture(scope="module", params=[SMALL, pytest.param(LARGE, marks=pytest.mark.whole)], ids=["small", "large"])
def published(request, pages_of, workplace):
    author, reviewer, reader = pages_of
    record = request.param
    steps.begin_partnership(author, record.title, "Mentor")
    type_and_publish(author, reviewer, record.entry, record.title)
    reader.goto(f"/en/partnerships/?q={record.title}")
    reader.locator("main a[href*='/partnerships/WOP-']").first.click()
    reference = reader.url.rstrip("/").rsplit("/", 1)[1]
    steps.begin_report(author, reference, PERIOD)
    type_and_publish(author, reviewer, record.report, f"{record.title}: Periodic report, {PERIOD}")
    return Published(record, reference, reader, workplace.address)


def type_and_publish(author, reviewer, form, title):
    for page in form.pages:
        fill_in(author, page)
    steps.check_and_submit(author)
    steps.open_on_the_desk(reviewer, title)
    steps.publish(reviewer, title)


def texts_of(page, own):
    """{heading: Counter of texts} of a public page, without what stands there of its own accord."""
    found = {}
    for heading, text in page.locator("main").evaluate(TEXTS):
        if heading not in BESIDE and not re.fullmatch(own.get(heading, ""), text):
            found.setdefault(heading, Counter())[text] += 1
    return found


def test_the_pages_say_what_was_typed_and_nothing_else(published):
    page, record = published.reader, published.record
    page.goto(f"/en/partnerships/{published.reference}/")
    profile = texts_of(page, OWN)
    links = elsewhere(page, published.home)
    in_spanish = page.get_by_role("main").locator("[lang=es]").all_inner_texts()
    page.get_by_role("main").locator("a[href*='/reports/']").first.click()
    report = texts_of(page, OWN_OF_REPORT)
    assert links == {answer for place, _number, answer in record.entry.facts() if place[1] == "Address on the web"}
    rows = record.entry.rows("Objective")
    assert in_spanish == [row["Objective"] for row in rows if row.get("Language") == "Spanish"]
    assert profile == on_the_profile(record)
    assert report == on_the_report(record)
    read = " | ".join([*links, *(text for texts in (*profile.values(), *report.values()) for text in texts)])
    assert [fact for fact in facts_of(record) if not any(words in read for words in readings(fact))] == []


def elsewhere(page, home):
    """The addresses outside the portal to which a page leads."""
    links = page.get_by_role("main").locator("a[href]").evaluate_all("links => links.map((link) => link.href)")
    return {link for link in links if not link.startswith(home)}


def facts_of(record):
    """All that was typed, and why the rest was not; the language of a row is marked and not said."""
    for form in (record.entry, record.report):
        yield from (answer for (_one, label), _number, answer in form.facts() if label != "Language")
        yield from form.left_open.values()


def readings(answer):
    """How a reader may find an answer: as it was typed, as a date or a number, or by the name of the row."""
    found = {answer, answer.split(" (")[0]}
    if re.fullmatch(r"\d{4}(-\d\d)*", answer):
        found.add(day(answer))
    elif re.fullmatch(r"[\d.]+", answer):
        found.add(number(answer))
    return found


def test_json_says_what_was_typed_and_nothing_else(published):
    entry = json.loads(published.fetch(f"/api/v1/partnerships/{published.reference}/", expand="reports"))
    said = {path: value for path, value in leaves(entry, rows_of(entry)) if not OWN_IN_JSON.search(path)}
    assert plainly(said) == plainly(in_json(published.record))


def rows_of(entry):
    """{key of a row: where it stands}, for what refers to it."""
    return {row["key"]: f"{relation}[{place}]" for relation in REFERRED_TO for place, row in enumerate(entry[relation])}


def leaves(value, rows, path=""):
    """(path, value) of all that is not empty; a row is called by its place, an answer from a list by its code."""
    if isinstance(value, dict):
        for name, below in value.items():
            yield from leaves(below, rows, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for place, below in enumerate(value):
            yield from leaves(below, rows, f"{path}[{_name_of(below, path) or place}]")
    elif value not in (None, ""):
        yield path, rows.get(value, value)


def _name_of(row, path):
    if path.endswith("choices"):
        return f"{row['list']['code']}/{row['term']['code']}"
    return row["question"]["code"] if path.endswith("unanswered") else ""


@pytest.mark.parametrize("kind", ["xlsx", "zip"])
def test_the_tables_say_what_was_typed_and_nothing_else(published, kind):
    tables = read_tables(published.download(kind), kind)
    rows = {row["key"]: f"{name}[{place}]" for name in REFERRED_TO for place, row in tables[name]}
    said = {
        f"{name}[{_called(row, name) or place}].{column}": rows.get(value, value)
        for name, numbered in tables.items()
        if name not in BESIDE_THE_ENTRY
        for place, row in numbered
        for column, value in row.items()
    }
    said = {path: value for path, value in said.items() if not OWN_IN_TABLES.search(path)}
    assert plainly(said) == plainly(in_tables(published.record))


def read_tables(body, kind):
    """{name: [(place, {column: value} of what is not empty)]}"""
    if kind == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(body))
        lists = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}
    else:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            names = [name for name in archive.namelist() if name.endswith(".csv")]
            lists = {name.removesuffix(".csv"): list(csv_rows(archive.read(name))) for name in names}
    return {name: list(enumerate(_filled(*rows))) for name, rows in lists.items()}


def csv_rows(body):
    return csv.reader(io.StringIO(body.decode("utf-8-sig")))


def _filled(head, *rows):
    for row in rows:
        filled = {name: value for name, value in zip(head, row, strict=True) if value not in (None, "")}
        yield {name: unsafe(value) if isinstance(value, str) else value for name, value in filled.items()}


def _called(row, name):
    if name.endswith("choices"):
        return f"{row['term_list']}/{row['term']}"
    return row["question"] if name.endswith("unanswered") else ""


def test_the_row_of_csv_says_what_was_typed_and_nothing_else(published):
    [row] = _filled(*csv_rows(published.download("csv")))
    said = {column: value for column, value in row.items() if column not in OWN_IN_ONE_ROW}
    assert plainly(said) == plainly(in_one_row(published.record))


def test_who_was_added_in_place_is_told_as_typed(published):
    bodies = {row["name"]: row for _place, row in read_tables(published.download("xlsx"), "xlsx")["organisations"]}
    assert set(bodies) == {row["Organisation"] for row in published.record.entry.rows("Partner")}
    for name in NEW.keys() & bodies:
        said = {column: bodies[name].get(column) for column in ("kind_label", "country_label", "city", "website")}
        kind, country = NEW[name]
        assert said == {"kind_label": kind, "country_label": country, "city": None, "website": None}


def test_iati_says_what_it_has_a_place_for_and_nothing_else(published):
    root = checked_root(published.download("iati.xml"))
    [activity] = root.findall("iati-activity")
    said = lines(activity)
    addresses = [line[1] for line in said if line[0] == "document-link" and published.home in line[1]]
    assert said == in_iati(published.record, published.reference, *addresses)


@pytest.mark.parametrize("record", [SMALL, LARGE], ids=["small", "large"])
def test_what_iati_does_not_say_has_a_reason(record):
    said = " | ".join(piece for line in in_iati(record, "", "", "") for piece in line)
    assert left_out(record.entry, said, LEFT_OUT) == []
    assert left_out(record.report, said, LEFT_OUT_OF_REPORT) == []


def left_out(form, said, reasons):
    """What is neither said nor excused; what is ticked stands on the page of the report."""
    return [
        (place, answer)
        for place, _number, answer in form.facts()
        if place[0] not in LISTS and place not in reasons
        if not any(words in said for words in (answer, coded(answer)[0], answer.split(" (")[0]))
    ]
