"""The formats in which a set of partnerships is handed out: each is declared here, and nowhere else.

Its address, what the API says of it with its example, and the links below the lists follow (``exports.urls``,
``exports.views.downloads``, ``exports.apps``).
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from exports.csv_writer import csv_parts
from exports.geojson import geojson_parts
from exports.jsonlines import json_parts
from exports.workbook import write_workbook
from exports.zip_archive import write_archive


@dataclass(frozen=True)
class Format:
    """``parts(selection)`` yields its text, which is sent while it is made; ``write`` makes a whole file first.

    ``code``: the ending of the address and of the file. ``link``: what it is called below a list, in a word or two;
    ``label``: the same where there is room.
    """

    code: str
    link: str
    label: str
    media_type: str
    parts: Callable | None = None
    write: Callable | None = None

    def file_name(self, at):
        """“wop-partnerships-2026-11-22.csv”."""
        return f"wop-partnerships-{at:%Y-%m-%d}.{self.code}"

    @property
    def view_name(self):
        """In the namespace ``api``."""
        return f"partnerships-{self.code}"

    @property
    def operation(self):
        """What the description of the API calls it."""
        return f"partnerships_{self.code}"


FORMATS = {
    form.code: form
    for form in (
        Format(
            "xlsx",
            _("Excel"),
            _("Excel (XLSX), all tables"),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            write=write_workbook,
        ),
        Format("csv", _("CSV"), _("CSV, one row per partnership"), "text/csv; charset=utf-8", parts=csv_parts),
        Format("zip", _("All tables (ZIP)"), _("CSV, all tables in one ZIP"), "application/zip", write=write_archive),
        Format("jsonl", _("JSON"), _("JSON lines"), "application/jsonl; charset=utf-8", parts=json_parts),
        Format("geojson", _("GeoJSON"), _("GeoJSON"), "application/geo+json", parts=geojson_parts),
    )
}
"""In the order in which pages offer them."""
