"""JSON lines: one partnership per line with all its rows and reports below it."""

import json

from directory.selection import batches
from exports.about import licence
from exports.cells import as_json
from exports.cells import moment as moment_text
from exports.tables import PARTNERSHIPS, REPORT_ROWS, REPORTS, ROWS

ABOVE = {"partnership", "report"}
"""Columns that lead from a row to what it is nested in here."""


def json_parts(selection):
    """The text of the file in parts."""
    written = 0
    export = {"licence": licence(), "exported_at": moment_text(selection.at), "partnerships": len(selection)}
    for entries in batches(selection):
        lines = [json.dumps(nested(entry) | {"export": export}, ensure_ascii=False) for entry in entries]
        yield "".join(f"{line}\n" for line in lines)
        written += len(lines)
    selection.check(written)


def nested(entry):
    """An Entry as plain data, with every column of every table."""
    version = entry.version
    data = _values(PARTNERSHIPS, version)
    data |= {table.name: [_values(table, row) for row in getattr(version, table.relation).all()] for table in ROWS}
    return data | {"reports": [_report(report) for report in entry.reports]}


def _report(report):
    rows = {
        table.relation: [_values(table, row) for row in getattr(report, table.relation).all()] for table in REPORT_ROWS
    }
    return _values(REPORTS, report) | rows


def _values(table, thing):
    own = [column for column in table.columns if column.name not in ABOVE or table is REPORTS]
    return {column.name: as_json(column.read(thing)) for column in own}
