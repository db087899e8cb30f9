"""All tables of an export, written row by row to whatever takes them: a workbook or a folder of CSV files."""

from directory.selection import batches
from exports.reference_tables import BESIDE_TABLES, Spoken
from exports.tables import ENTRY_TABLES, PARTNERSHIPS


def fill(sheets, selection, on_progress=None):
    """Hand every row of every table to ``sheets.add(table, values)``; returns {name of the table: rows}.

    ``on_progress`` is called with the number of partnerships that are done. Raises CountDiffers.
    """
    counts, spoken = {table.name: 0 for table in (*ENTRY_TABLES, *BESIDE_TABLES)}, Spoken()
    for entries in batches(selection):
        for table in ENTRY_TABLES:
            for entry in entries:
                counts[table.name] += _write(sheets, table, table.things(entry))
        spoken.note(entries)
        if on_progress:
            on_progress(counts[PARTNERSHIPS.name])
    selection.check(counts[PARTNERSHIPS.name])
    for table in BESIDE_TABLES:
        counts[table.name] += _write(sheets, table, table.things(spoken))
    return counts


def _write(sheets, table, things):
    written = 0
    for thing in things:
        sheets.add(table, [column.read(thing) for column in table.columns])
        written += 1
    return written
