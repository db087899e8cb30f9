"""The formats in which a set of partnerships is handed out."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from exports.csv_writer import csv_parts
from exports.geojson import geojson_parts
from exports.jsonlines import json_parts
from exports.workbook import write_workbook
from exports.zip_archive import write_archive

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Code(models.TextChoices):
    """The ending of the address and of the file, and what the format is called."""

    CSV = "csv", _("CSV, one row per partnership")
    XLSX = "xlsx", _("Excel (XLSX), all tables")
    ZIP = "zip", _("CSV, all tables in one ZIP")
    JSONL = "jsonl", _("JSON lines")
    GEOJSON = "geojson", _("GeoJSON")


@dataclass(frozen=True)
class Format:
    """``parts(selection)`` yields its text, which is sent while it is made; ``write`` makes a whole file first."""

    code: Code
    media_type: str
    parts: Callable | None = None
    write: Callable | None = None

    def file_name(self, at):
        """“wop-partnerships-2026-11-22.csv”."""
        return f"wop-partnerships-{at:%Y-%m-%d}.{self.code.value}"


FORMATS = {
    form.code: form
    for form in (
        Format(Code.CSV, "text/csv; charset=utf-8", parts=csv_parts),
        Format(Code.XLSX, XLSX, write=write_workbook),
        Format(Code.ZIP, "application/zip", write=write_archive),
        Format(Code.JSONL, "application/jsonl; charset=utf-8", parts=json_parts),
        Format(Code.GEOJSON, "application/geo+json", parts=geojson_parts),
    )
}
