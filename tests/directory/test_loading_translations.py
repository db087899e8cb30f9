"""Translations are loaded with the rows that they belong to, as far as they are of the words that stand there."""

from functools import cache

import pytest
from django.conf import settings

from directory.loading import load_register
from directory.loading.translations import BEGINNING, COLUMNS, LANGUAGES
from partnerships.models import PartnershipVersion
from reports.models import ReportVersion
from reviews.translations import fitting
from tests.directory.small_register import change, problems_of, read, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(folder):
    """Of one text of each kind in the folder: what it is in Portuguese, as the file has it."""
    found = [
        _line("partnership", read(folder, "partnerships"), "summary", row=""),
        _line("objective", read(folder, "objectives"), "text", row="2"),
        _line("track_result", read(folder, "track_results"), "text", row="1"),
        _line("report", read(folder, "reports"), "overall_results", row=""),
        _line("report_result", read(folder, "report_results"), "text", row="2"),
    ]
    write(folder, "translations_pt", found, COLUMNS)
    return found


def _line(kind, rows, field, *, row):
    original = [one for one in rows if one["reference"] == "WOP-0001"][int(row or 1) - 1][field]
    about = {"kind": kind, "reference": "WOP-0001", "field": field, "row": row, "source": original[:40]}
    return about | {"text": f"Traduzido: {original}"}


def loaded(model):
    versions = model.objects.published()
    return {row.text: original.text for version in versions for original, row in fitting(version, "pt")}


def test_each_stands_with_its_text_and_finds_it(folder, lines):
    assert load_register(folder)["translations_pt"] == (5, 0)
    pairs = loaded(PartnershipVersion) | loaded(ReportVersion)
    assert pairs == {line["text"]: line["text"].removeprefix("Traduzido: ") for line in lines}
    assert "traduzido" in PartnershipVersion.objects.get(partnership__reference="WOP-0001").search_text


def test_loading_again_adds_none(folder, lines):
    load_register(folder)
    assert load_register(folder)["translations_pt"] == (0, 5)


def test_a_translation_of_other_words_is_not_taken(folder, lines):
    change(folder, "translations_pt", 0, source="Somebody wrote something else here")
    assert load_register(folder)["translations_pt"] == (4, 1)
    assert lines[0]["text"] not in loaded(PartnershipVersion)


@pytest.mark.parametrize("row", ["0", "999", "two"])
def test_a_row_that_is_not_there_is_named(folder, lines, row):
    change(folder, "translations_pt", 1, row=row)
    assert problems_of(folder) == ["translations_pt.csv, line 3, row: there is no such row."]


def test_a_file_of_nothing_that_is_loaded_is_named(folder, lines):
    change(folder, "translations_pt", 1, kind="objectives")
    assert problems_of(folder) == ["translations_pt.csv, line 3, kind: no file has rows of this kind."]


@pytest.mark.parametrize("below", ["", "release-2"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_translation_of_the_register_is_of_the_words_that_stand_there(language, below):
    """Else the loader would leave it out."""
    files, found = settings.DATA_DIR / below, []
    lines = read(files, f"translations_{language}")
    assert list(lines[0]) == COLUMNS
    for line in lines:
        own = [row for row in read_once(files, f"{line['kind']}s") if row["reference"] == line["reference"]]
        found.append(own[int(line["row"] or 1) - 1][line["field"]][:BEGINNING].strip() == line["source"].strip())
    assert all(found)
    places = [tuple(line[name] for name in ("kind", "reference", "row", "field")) for line in lines]
    assert len(set(places)) == len(places)


read_once = cache(read)
