"""CSV as spreadsheets and statistics programs read it: RFC 4180, UTF-8 with a mark that Excel looks for."""

import csv

from directory.selection import batches
from exports.cells import as_text
from exports.flat_table import FLAT, OF_EXPORT

MARK = "\ufeff"
"""Without it Excel takes UTF-8 for the letters of the machine; other programs know it."""


class _Line:
    """What a csv.writer writes to; ``writerow`` returns what ``write`` returns."""

    def write(self, text):
        return text


def line_maker():
    """A function from the values of a row to its line."""
    writer = csv.writer(_Line(), lineterminator="\r\n")
    return lambda values: writer.writerow([as_text(value) for value in values])


def csv_parts(selection):
    """The text of the file in parts: one row per partnership."""
    line, written = line_maker(), 0
    yield MARK + line([column.name for column in (*FLAT, *OF_EXPORT)])
    same = [column.read(selection) for column in OF_EXPORT]
    for entries in batches(selection):
        yield "".join(line([*(column.read(entry.version) for column in FLAT), *same]) for entry in entries)
        written += len(entries)
    selection.check(written)
