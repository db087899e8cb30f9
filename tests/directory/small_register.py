"""A register of two partnerships in full depth: the part of the real files that they need, to be changed by tests."""

import csv

import pytest
from django.conf import settings

from directory.loading import load_register
from vocabularies.csv_reader import DataProblems

KEPT = {
    "key": {
        "operators": {"sicsm", "wasco-lc", "wasco-ls", "sme", "siaap", "onee"},
        "organisations": {"giz", "usaid", "un-habitat"},
        "platforms": {"gwopa", "wop-lac", "cari-wop"},
        "programmes": {"blue-deal"},
    },
    "organisation": {"figures": {"onee", "wasco-ls"}, "former_names": {"onee"}, "platform_hosts": {"un-habitat"}},
    "platform": {"platform_milestones": {"cari-wop"}},
}
"""{column: {file: values}}: the rows of the small register; elsewhere those of two partnerships."""
PARTNERSHIPS = {"WOP-0001", "WOP-0002"}


def kept(name, row):
    for column, files in KEPT.items():
        if name in files:
            return row[column] in files[name]
    return row["reference"] in PARTNERSHIPS


def read(folder, name):
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(folder, name, rows, columns=None):
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns or list(rows[0]), lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def make(folder):
    """The part of the real register that its two partnerships in full depth need, in the language of its files."""
    vocabularies = {"terms", "countries", "areas", "old_themes", "cities", "synonyms", "glossary"}
    for path in settings.DATA_DIR.glob("*.csv"):
        if path.stem not in vocabularies and not path.stem.startswith("translations_"):
            heading = path.read_text(encoding="utf-8").splitlines()[0].split(",")
            rows = [row for row in read(settings.DATA_DIR, path.stem) if kept(path.stem, row)]
            write(folder, path.stem, rows, heading)
    return folder


def change(folder, name, place, /, **cells):
    """Write ``cells`` into the row at ``place`` (0 is the first) of a file, "+" appends a changed copy of the first."""
    rows = read(folder, name)
    if place == "+":
        rows.append(rows[0] | cells)
    else:
        rows[place] |= cells
    write(folder, name, rows)


def problems_of(folder):
    with pytest.raises(DataProblems) as caught:
        load_register(folder)
    return [str(problem) for problem in caught.value.problems]
