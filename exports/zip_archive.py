"""The tidy tables as CSV files in one ZIP, with their codebook and a word on how to read them."""

import tempfile
import zipfile
from contextlib import ExitStack
from pathlib import Path

from django.utils.translation import gettext as _

from exports.about import about, notes
from exports.codebook import HEADINGS, TABLES, codebook
from exports.csv_writer import MARK, line_maker
from exports.sheets import fill


def write_archive(selection, file, on_progress=None):
    """Write the ZIP of ``selection`` into the binary ``file``; rows go through files, not through memory."""
    with tempfile.TemporaryDirectory() as folder:
        with ExitStack() as open_files:
            counts = fill(_Folder(Path(folder), open_files), selection, on_progress)
        _write(folder, "codebook.csv", MARK + "".join(map(line_maker(), [HEADINGS, *codebook(TABLES)])))
        _write(folder, "README.txt", _readme(about(selection, counts)))
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(Path(folder).iterdir()):
                archive.write(path, path.name)


class _Folder:
    """One CSV file for each table."""

    def __init__(self, folder, open_files):
        self.line = line_maker()
        self.files = {
            table.name: open_files.enter_context((folder / f"{table.name}.csv").open("w", encoding="utf-8", newline=""))
            for table in TABLES
        }
        for table in TABLES:
            self.files[table.name].write(MARK + self.line([column.name for column in table.columns]))

    def add(self, table, values):
        self.files[table.name].write(self.line(values))


def _write(folder, name, text):
    Path(folder, name).write_text(text, encoding="utf-8", newline="")


def _readme(facts):
    told = [f"{what}: {value}" for what, value in facts if value != ""]
    reading = [*notes(), _("codebook.csv says what every column means.")]
    return "\r\n".join([*told, "", *reading, ""])
