"""What the register's files say: tests count and name by them and hold no figure of the register themselves."""

import csv
from functools import cache

from django.conf import settings

ENTRIES = ("operators", "organisations", "partnerships", "reports")
"""Files of which each row becomes something that is published."""


@cache
def rows(name):
    """The rows of a file, for example of "partnerships" or of "release-2/tracks"."""
    with (settings.DATA_DIR / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def number(name):
    return len(rows(name))


def references():
    return [row["reference"] for row in rows("partnerships")]


def improved():
    """References of those whose first version a data release has replaced."""
    return {row["reference"] for row in rows("release-2/partnerships")}


def latest():
    """{reference: its row, with what a data release says instead}."""
    found = {row["reference"]: dict(row) for row in rows("partnerships")}
    for row in rows("release-2/partnerships"):
        found[row["reference"]] |= {name: cell for name, cell in row.items() if cell}
    return found
