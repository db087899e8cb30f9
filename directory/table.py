"""The directory as a table: which columns it has, which a reader chose, by which it can be sorted."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from directory.filters.base import NOT_A_CHOICE
from directory.wording import Entry


@dataclass(frozen=True)
class Column:
    """``cell`` gives what stands there, "" where it is not known; ``orderings`` are those of the filter."""

    code: str
    label: str
    cell: Callable
    orderings: tuple = ()
    is_usual: bool = True
    is_number: bool = False


@dataclass(frozen=True)
class Heading:
    """A Column as it stands above the table; ``ordering`` is what a click asks for, "" where it cannot be sorted."""

    column: Column
    ordering: str
    direction: str
    """As ``aria-sort`` says it; "" while the table is sorted by something else."""


def _platforms(version, entry):
    return [str(row.platform) for row in version.named_platforms.all()]


def _programmes(version, entry):
    return [str(row.programme) for row in version.named_programmes.all()]


def _reports(version, entry):
    return str(version.report_count or "")


COLUMNS = {
    column.code: column
    for column in (
        Column("status", _("Status"), lambda version, entry: entry.status),
        Column("dates", _("Dates"), lambda version, entry: entry.dates, ("-first_year", "first_year")),
        Column("area", _("Improvement areas"), lambda version, entry: entry.topics),
        Column("cost", _("Total cost"), lambda version, entry: entry.cost, is_number=True),
        Column("platform", _("Platform"), _platforms, is_usual=False),
        Column("programme", _("Programme"), _programmes, is_usual=False),
        Column("place", _("Place of the work"), lambda version, entry: version.place, is_usual=False),
        Column("reports", _("Reports"), _reports, is_usual=False, is_number=True),
        Column("summary", _("In short"), lambda version, entry: entry.summary, is_usual=False),
    )
}
"""Beside the reference and the pair, which every row has."""
FIXED = (
    Column("reference", _("Reference"), lambda version, entry: entry.reference, ("reference",)),
    Column("pair", _("Mentor and mentee"), lambda version, entry: entry.pair, ("title",)),
)


@dataclass(frozen=True)
class Row:
    entry: Entry
    cells: list
    """(Column, list of texts), one for each chosen column."""


@dataclass(frozen=True)
class Table:
    fixed: list
    headings: list
    rows: list
    choices: list
    """(Column, whether it is chosen)."""


def chosen_columns(codes):
    """The Columns with these codes in the order of the table; the usual ones where none is asked for."""
    return [column for column in COLUMNS.values() if (column.code in codes if codes else column.is_usual)]


def unknown_columns(codes):
    """What is wrong with the codes of which no column is, in words."""
    possible = ", ".join(COLUMNS)
    wrong = [code for code in dict.fromkeys(codes) if code not in COLUMNS]
    return [NOT_A_CHOICE % {"value": code, "possible": possible} for code in wrong]


def table_of(versions, entries, codes, ordering):
    """The Table of a page of versions and their Entries, in the same order."""
    columns = chosen_columns(codes)
    rows = [
        Row(entry, [(column, _listed(column.cell(version, entry))) for column in columns])
        for version, entry in zip(versions, entries, strict=True)
    ]
    choices = [(column, column in columns) for column in COLUMNS.values()]
    return Table(_headings(FIXED, ordering), _headings(columns, ordering), rows, choices)


def _listed(cell):
    return cell if isinstance(cell, list) else [cell] if cell else []


def _headings(columns, ordering):
    return [
        Heading(column, _next(column.orderings, ordering), _direction(column.orderings, ordering)) for column in columns
    ]


def _next(orderings, ordering):
    """A click on the column by which it is sorted turns the order round, where it can be."""
    others = [one for one in orderings if one != ordering]
    return next(iter(others or orderings), "")


def _direction(orderings, ordering):
    if ordering not in orderings:
        return ""
    return "descending" if ordering.startswith("-") else "ascending"
