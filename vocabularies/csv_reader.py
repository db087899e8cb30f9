"""Reading CSV files that people wrote: every mistake is reported with file, line, column and reason."""

import csv
from typing import NamedTuple

from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vocabularies.clean_text import cleaned


class Problem(NamedTuple):
    """Why a cell cannot be used. ``column`` is empty where the whole line is meant."""

    file: str
    line: int
    column: str
    reason: str

    def __str__(self):
        place = gettext("%(file)s, line %(line)d") % {"file": self.file, "line": self.line}
        return ", ".join(filter(None, [place, self.column])) + f": {self.reason}"


class DataProblems(Exception):
    """Everything that is wrong with the files, one problem per line."""

    def __init__(self, problems):
        self.problems = list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Row(dict):
    """The cells of one line by column, without surrounding spaces; ``""`` is an empty cell."""

    def __init__(self, file, line, cells):
        super().__init__(cells)
        self.file = file
        self.line = line

    def problem(self, column, reason):
        """What is wrong with a cell of this row, to be collected or raised in ``DataProblems``."""
        return Problem(self.file, self.line, column, str(reason))

    def several(self, column):
        """The values of a cell that holds several, separated by semicolons."""
        return [value.strip() for value in self[column].split(";") if value.strip()]

    def problems_of(self, error):
        """The problems of a model's ValidationError whose fields are called like the columns."""
        by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        return [
            self.problem("" if field == NON_FIELD_ERRORS else field, reason)
            for field, reasons in by_field.items()
            for reason in reasons
        ]


def read_rows(path, *, columns, optional=(), called=""):
    """The rows of the CSV file (UTF-8, with a heading) at ``path``; problems name it, or what it is ``called``.

    The heading must name all ``columns`` and may name the ``optional`` ones, in any order; an
    optional column that is not there reads as ``""``. DataProblems when the file cannot be used.
    """
    file = called or path.name
    (number, heading), *lines = _lines(path, file) or [(1, [])]
    names = [name.strip() for name in heading]
    _refuse(_heading_problems(Row(file, number, {}), names, [*columns], [*optional]))
    _refuse(_width_problems(file, lines, len(names)))
    return [
        Row(file, number, dict.fromkeys(optional, "") | dict(zip(names, map(str.strip, cells), strict=True)))
        for number, cells in lines
    ]


def _lines(path, called):
    """[(number of its first line, cells)] of every line with anything in it."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(_numbered(csv.reader(file, strict=True), called))
    except UnicodeDecodeError as error:
        raise DataProblems([Problem(called, 1, "", gettext("the file is not in UTF-8"))]) from error
    except OSError as error:
        raise DataProblems([Problem(called, 1, "", gettext("the file cannot be read"))]) from error


def _numbered(reader, file):
    start = 1
    try:
        for cells in (list(map(cleaned, line)) for line in reader):
            if any(cell.strip() for cell in cells):
                yield start, cells
            start = reader.line_num + 1
    except csv.Error as error:
        reason = gettext("the quotation marks do not close properly (%(error)s)") % {"error": error}
        raise DataProblems([Problem(file, start, "", reason)]) from error


def _heading_problems(row, names, columns, optional):
    for name in columns:
        if name not in names:
            yield row.problem(name, _("this column is missing"))
    for name in dict.fromkeys(names):
        if name not in columns + optional:
            yield row.problem(name, _("no column of this name is known"))
        elif names.count(name) > 1:
            yield row.problem(name, _("this column is there more than once"))


def _width_problems(file, lines, width):
    reason = gettext("has %(cells)d cells, the heading has %(width)d")
    for number, cells in lines:
        if len(cells) != width:
            yield Problem(file, number, "", reason % {"cells": len(cells), "width": width})


def _refuse(problems):
    problems = list(problems)
    if problems:
        raise DataProblems(problems)
