"""Office documents are zip archives: what such an archive may hold, and how much of it."""

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from partnerships.uploads.file_types import OLD_OFFICE
from partnerships.uploads.office_parts import bomb, locked, looking_into, macros

MOST_ENTRIES = 5000
MOST_ELEMENTS = 5_000_000  # of XML in the parts that are read: some seconds
MOST_RATIO = 200  # times; text in office documents stays well below 100
RATIO_COUNTS_FROM = 1_000_000  # bytes unpacked: small parts may compress to next to nothing
MACROS = re.compile(r"(^|/)(vbaProject[^/]*|vbaData\.xml|macrosheets/.*|Basic/.*|Scripts/.*)$", re.IGNORECASE)
END = b"PK\x05\x06"
PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"L\0\0\0\x01\x14\x02\0")
"""How programs begin: of Windows, of Linux, scripts, shortcuts to one."""
ARCHIVES = (b"PK\x03\x04", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07")
DIRECTORY_ONLY = b"\x00\x00"
PIECE = 65_536  # bytes of a part in memory at once
OLE_MACROS = "_VBA_PROJECT".encode("utf-16-le")
OLE_PROGRAM = "Ole10Native".encode("utf-16-le")
OLE_LOCKED = "EncryptedPackage".encode("utf-16-le")
LONGEST = max(map(len, (OLE_MACROS, OLE_PROGRAM, OLE_LOCKED)))
"""How an object of the old kind keeps any file that somebody dropped into the document."""


@dataclass
class Budget:
    """What is left to unpack, over an archive and the documents embedded in it."""

    size: int
    entries: int
    elements: int

    def spend(self, size):
        self.entries -= 1
        self.size -= size
        if self.entries < 0 or self.size < 0:
            raise bomb()


def check_archive(content):
    """Refuse an office document that is broken, locked, a bomb, carries macros or hides another file."""
    _check(content, Budget(settings.UPLOAD_MAX_UNPACKED, MOST_ENTRIES, MOST_ELEMENTS), depth=0)


def _check(content, budget, depth):
    _check_frame(content)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _check_directory(archive, content)
            for entry in archive.infolist():
                _check_entry(archive, entry, budget, depth)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, UnicodeError) as error:
        raise _refusal("broken", _("The file is damaged. Open it in your program and save it again.")) from error


def _check_frame(content):
    """The archive fills the file: nothing before it, nothing behind it, no room for a second format."""
    if content[-22:-18] != END or content[-2:] != DIRECTORY_ONLY or b"%PDF-" in content[:1024]:
        raise _two_in_one()


def _check_directory(archive, content):
    entries = archive.infolist()
    names = [entry.filename.lower() for entry in entries]
    if not entries or min(entry.header_offset for entry in entries) != 0:
        raise _two_in_one()
    if len(set(names)) != len(names) or sum(entry.compress_size for entry in entries) > len(content):
        raise _refusal("broken", _("The file is damaged. Open it in your program and save it again."))


def _check_entry(archive, entry, budget, depth):
    name = entry.filename
    if entry.flag_bits & 0x1:
        raise locked()
    if name.startswith("/") or "\\" in name or ".." in name.split("/"):
        raise _refusal("name", _("The file holds a part with a path out of it. Save it again from your program."))
    if MACROS.search(name) and not name.endswith("/"):
        raise macros()
    if entry.file_size > RATIO_COUNTS_FROM and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
        budget.spend(settings.UPLOAD_MAX_UNPACKED + 1)
    budget.spend(entry.file_size)
    with archive.open(entry) as part:
        _check_part(name, part, budget, depth)


def _check_part(name, part, budget, depth):
    """Look at one part, piece by piece; its checksum is compared on the way."""
    head = part.read(PIECE)
    if head.startswith(ARCHIVES):
        if depth or "/embeddings/" not in f"/{name}".lower() or not head.startswith(b"PK"):
            raise _refusal("nested", _("The file holds another archive. Take it out, or upload it on its own."))
        return _check(head + part.read(), budget, depth + 1)
    if head.startswith(PROGRAMS):
        raise _program()
    look = _looking_for_ole() if head.startswith(OLD_OFFICE) else looking_into(name, budget)
    piece = head
    while piece:
        look(piece)
        piece = part.read(PIECE)
    return look(b"")


def _looking_for_ole():
    """A function that is handed an object of the old kind in pieces and refuses passwords, macros, files in it."""
    seen = b""

    def look(piece):
        nonlocal seen
        seen = seen[-LONGEST:] + piece
        if OLE_LOCKED in seen:
            raise locked()
        if OLE_MACROS in seen:
            raise macros()
        if OLE_PROGRAM in seen:
            raise _program()

    return look


def _refusal(code, message):
    return ValidationError(message, code=code)


def _two_in_one():
    return _refusal("two_in_one", _("The file holds a second one. Open it in your program and save it again."))


def _program():
    return _refusal("program", _("The file holds a program. Take it out and save the file again."))
