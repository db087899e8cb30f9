"""A fact sheet as PDF: tagged (PDF/UA-1), every font within it, on two pages of A4 as far as the words allow."""

import hashlib
import io
import json
import re
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path

import pikepdf
import typst
from django.core.cache import caches
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from directory.fact_sheet.marked_text import runs_of
from directory.fact_sheet.qr_code import qr_code_of
from vocabularies.localised import labelled

SOURCE = Path(__file__).with_name("sheet.typ")
FONTS = ("font_source_sans_pro", "font_source_serif_pro")
"""Packages whose folder ``files`` holds the portal's faces in the form that a PDF needs."""
SETTINGS = ((1, (11.5, 10.5, 9.5, 9)), (2, (10.5, 9.5, 8.8, 8.2)))
"""(pages, sizes of the type in points): the largest with which the words take no more pages, one page before two.
Nothing is left out: words that need more than two pages in the smallest type get them."""
SETTING = hashlib.sha256(SOURCE.read_bytes() + repr(SETTINGS).encode()).hexdigest()
"""Sheets that are laid out differently have another fingerprint."""
NOT_IN_A_FONT = re.compile(r'the text `"(.+?)"` could not be displayed')
REPLACEMENT = "?"


class Document:
    """The PDF of a FactSheet in the language that is active."""

    def __init__(self, sheet):
        self.data = json.dumps(_told(sheet) | _labels(sheet), ensure_ascii=False, sort_keys=True)
        self.fingerprint = hashlib.sha256((SETTING + self.data).encode()).hexdigest()[:32]

    def pdf(self):
        """Made once: whatever it says differently makes another fingerprint."""
        kept = caches["fact-sheets"]
        made = kept.get(self.fingerprint)
        if made is None:
            made = drawn(self.data)
            kept.set(self.fingerprint, made)
        return made


def drawn(data):
    """The PDF in the largest type that fits; the smallest is tried first, as it often says that none does."""
    for most, sizes in SETTINGS:
        smallest = _compiled(data, sizes[-1])
        if _pages(smallest) <= most:
            larger = (_compiled(data, size) for size in sizes[:-1])
            return next((made for made in larger if _pages(made) <= most), smallest)
    return smallest


def _compiled(data, size):
    """Signs that no font has become question marks: a name in a rare script is no reason to have no sheet."""
    try:
        return _typeset(data, size)
    except typst.TypstError as error:
        missing = re.escape("".join(NOT_IN_A_FONT.findall(error.diagnostic)))
        replaced = re.sub(f"[{missing}]", REPLACEMENT, data) if missing else data
        if replaced == data:
            raise
        return _compiled(replaced, size)


def _typeset(data, size):
    return typst.compile(
        SOURCE.read_bytes(),
        format="pdf",
        font_paths=_fonts(),
        sys_inputs={"data": data, "size": str(size)},
        pdf_standards="ua-1",
        timestamp=datetime(2000, 1, 1, tzinfo=UTC),
    )


@cache
def _fonts():
    """The portal's faces; the fonts of the machine stand in where these lack a script."""
    return typst.Fonts(include_system_fonts=True, font_paths=[str(files(name) / "files") for name in FONTS])


def _pages(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


def _told(value):
    """``value`` for JSON: every text as runs."""
    if is_dataclass(value):
        return {field.name: _told(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, (list, tuple)):
        return [_told(one) for one in value]
    if isinstance(value, (str, Promise)):
        return runs_of(value)
    return value


def _labels(sheet):
    """What stands on the paper besides the words of the sheet."""
    return {
        "kicker": runs_of(_("Water Operators’ Partnership")),
        "why": runs_of(_("Why they took part")),
        "sources_heading": runs_of(_("Sources")),
        "more": runs_of(_("Find out more")),
        "qr": qr_code_of(sheet.address).svg,
        "qr_alt": labelled(_("QR code"), sheet.address),
        "unknown": runs_of(labelled(_("Not known"), sheet.unknown) if sheet.unknown else ""),
        "page": _("page %(number)s of %(count)s") % {"number": "{n}", "count": "{of}"},
    }
