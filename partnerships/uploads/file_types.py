"""The kinds of file that the portal takes, and how each is recognised by its first bytes."""

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath

from django.utils.translation import gettext_lazy as _

OOXML = "application/vnd.openxmlformats-officedocument"
ODF = "application/vnd.oasis.opendocument"


@dataclass(frozen=True)
class FileType:
    """One kind of file: how people call it, how its name ends, and how it is made up (``family``)."""

    name: str
    media_type: str
    suffixes: tuple
    family: str


FILE_TYPES = (
    FileType("PDF", "application/pdf", (".pdf",), "pdf"),
    FileType("Word (DOCX)", f"{OOXML}.wordprocessingml.document", (".docx",), "ooxml"),
    FileType("Excel (XLSX)", f"{OOXML}.spreadsheetml.sheet", (".xlsx",), "ooxml"),
    FileType("PowerPoint (PPTX)", f"{OOXML}.presentationml.presentation", (".pptx",), "ooxml"),
    FileType("OpenDocument Text (ODT)", f"{ODF}.text", (".odt",), "odf"),
    FileType("OpenDocument Spreadsheet (ODS)", f"{ODF}.spreadsheet", (".ods",), "odf"),
    FileType("OpenDocument Presentation (ODP)", f"{ODF}.presentation", (".odp",), "odf"),
    FileType("CSV", "text/csv", (".csv",), "text"),
    FileType(_("plain text (TXT)"), "text/plain", (".txt",), "text"),
    FileType("JPEG", "image/jpeg", (".jpg", ".jpeg"), "image"),
    FileType("PNG", "image/png", (".png",), "image"),
    FileType("WebP", "image/webp", (".webp",), "image"),
)
KIND_NAMES = "PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP, CSV, TXT, JPEG, PNG, WebP"
"""The allow-list as people read it: file types have the same names in every language."""
ACCEPT = ",".join(suffix for kind in FILE_TYPES for suffix in kind.suffixes)
"""For the ``accept`` of a file input: a help for choosing and no check."""

MAIN_PARTS = {
    "word/document.xml": ".docx",
    "xl/workbook.xml": ".xlsx",
    "ppt/presentation.xml": ".pptx",
}
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TEXT_THAT_IS_NOT = re.compile(rb"%PDF-|GIF8|%!PS|\{\\rtf|#!|<\?php", re.IGNORECASE)
"""Beginnings of other formats that may read as text."""


def kind_by_name(name):
    """The Kind that the end of a file name stands for, or None."""
    suffix = PurePath(name).suffix.lower()
    return next((kind for kind in FILE_TYPES if suffix in kind.suffixes), None)


def kind_by_content(content, named):
    """The Kind that ``content`` is, or None. CSV and text look alike, so there ``named`` decides."""
    if content.startswith(b"%PDF-"):
        return kind_by_name("x.pdf")
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_archive(content)
    if content.startswith(b"\xff\xd8\xff"):
        return kind_by_name("x.jpg")
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return kind_by_name("x.png")
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return kind_by_name("x.webp")
    if reads_as_text(content):
        return named if named and named.family == "text" else kind_by_name("x.txt")
    return None


def _kind_of_archive(content):
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                stated = archive.read("mimetype").decode("ascii", "replace").strip()
                return next((kind for kind in FILE_TYPES if kind.media_type == stated), None)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError):
        return None
    main = next((suffix for part, suffix in MAIN_PARTS.items() if part in names), "")
    return kind_by_name(f"x{main}") if main and "[Content_Types].xml" in names else None


def reads_as_text(content):
    """Whether it is text: a known encoding, no control characters, no beginning of another format."""
    if TEXT_THAT_IS_NOT.match(content.lstrip()):
        return False
    text = decoded(content)
    return text is not None and not re.search(r"[\x00-\x08\x0e-\x1f\x7f]", text)


def decoded(content):
    """``content`` as text: UTF-8, UTF-16 with its mark, or Windows-1252; None when it is none of them."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
