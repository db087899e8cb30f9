"""The tidy tables as sheets of one XLSX file: numbers and full dates are typed, everything else is text."""

from contextlib import suppress

from django.utils.translation import ngettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.styles import Alignment, Font, PatternFill

from exports.about import about, notes
from exports.cells import as_cell, is_cut
from exports.codebook import HEADINGS, TABLES, codebook
from exports.sheets import fill
from reviews.schema import Cell

MOST_ROWS = 1_048_575
"""Rows of a sheet below its header."""
HEADER = {
    "font": Font(bold=True, color="FFFFFF"),
    "fill": PatternFill("solid", fgColor="0B4F6C"),
    "alignment": Alignment(vertical="top"),
}
WIDTHS = {Cell.TEXT: 36, Cell.ADDRESS: 30, Cell.KEY: 18, Cell.MOMENT: 19}


class TooManyRows(Exception):
    """A sheet of XLSX holds no more: the ZIP of CSV files does."""


def write_workbook(selection, file, on_progress=None):
    """Write the workbook of ``selection`` into the binary ``file``. Raises TooManyRows and CountDiffers."""
    with _Book() as book:
        counts = fill(book, selection, on_progress)
        book.describe([*about(selection, counts), *book.remarks()])
        book.workbook.save(file)


class _Book:
    """A workbook whose rows lie in temporary files until it is saved; after an error these are deleted here."""

    def __init__(self):
        self.workbook = Workbook(write_only=True)
        self.about = self._sheet("about", (28, 90))
        self.codebook = self._sheet("codebook", (20, 24, 24, 60, 20, 60), HEADINGS)
        self.sheets = {table.name: self._sheet(*_shape(table)) for table in TABLES}
        self.rows = dict.fromkeys(self.sheets, 0)
        self.cut = 0

    def __enter__(self):
        return self

    def __exit__(self, *error):
        for sheet in self.workbook.worksheets:
            if not sheet.closed:
                sheet.close()
            with suppress(FileNotFoundError):  # it was saved
                sheet._writer.cleanup()

    def add(self, table, values):
        self.rows[table.name] += 1
        if self.rows[table.name] > MOST_ROWS:
            raise TooManyRows(table.name)
        self.cut += sum(is_cut(value) for value in values)
        sheet = self.sheets[table.name]
        sheet.append([_typed(sheet, as_cell(value)) for value in values])

    def describe(self, facts):
        for row in codebook(TABLES):
            self.codebook.append([_typed(self.codebook, as_cell(value)) for value in row])
        for what, value in facts:
            self.about.append([what, as_cell(value)])

    def remarks(self):
        yield from (("", note) for note in notes())
        if self.cut:
            words = ngettext(
                "%(number)s text is longer than a cell and ends in “[…]”: JSON and CSV have it whole.",
                "%(number)s texts are longer than a cell and end in “[…]”: JSON and CSV have them whole.",
                self.cut,
            )
            yield "", words % {"number": self.cut}

    def _sheet(self, name, widths, headings=()):
        """Widths and the frozen header must be there before the first row."""
        sheet = self.workbook.create_sheet(name)
        for place, width in enumerate(widths):
            sheet.column_dimensions[_letter(place)].width = width
        if headings:
            sheet.freeze_panes = "A2"
            sheet.append([_heading(sheet, text) for text in headings])
        return sheet


def _shape(table):
    """Name, widths and headings of a sheet."""
    return table.name, [WIDTHS.get(column.kind, 14) for column in table.columns], [one.name for one in table.columns]


def _letter(place):
    return chr(65 + place) if place < 26 else _letter(place // 26 - 1) + _letter(place % 26)


def _heading(sheet, text):
    cell = WriteOnlyCell(sheet, text)
    for name, style in HEADER.items():
        setattr(cell, name, style)
    return cell


def _typed(sheet, value):
    """A text that reads like an error of a formula is still a text."""
    if value not in ERROR_CODES:
        return value
    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    return cell
