"""Office documents are zip archives: what such an archive may hold, and how much of it."""

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_ENTRIES = 5000
MOST_RATIO = 200  # times; text in office documents stays well below 100
RATIO_COUNTS_FROM = 1_000_000  # bytes unpacked: small parts may compress to next to nothing
MACROS = re.compile(r"(^|/)(vbaProject[^/]*|vbaData\.xml|macrosheets/.*|Basic/.*|Scripts/.*)$", re.IGNORECASE)
MACRO_TYPES = re.compile(rb"macroEnabled|vbaProject|ms-office\.activeX", re.IGNORECASE)
END = b"PK\x05\x06"
DIRECTORY_ONLY = b"\x00\x00"


@dataclass
class Budget:
    """What is left to unpack, over an archive and the documents embedded in it."""

    size: int
    entries: int = MOST_ENTRIES

    def spend(self, size):
        self.entries -= 1
        self.size -= size
        if self.entries < 0 or self.size < 0:
            raise _refusal("bomb", _("The file unpacks to far more than it holds. Save it again from your program."))


def check_archive(content):
    """Refuse an office document that is broken, locked, a bomb, carries macros or hides another file."""
    _check(content, Budget(settings.UPLOAD_MAX_UNPACKED), depth=0)


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
        raise _locked()
    if name.startswith("/") or "\\" in name or ".." in name.split("/"):
        raise _refusal("name", _("The file holds a part with a path out of it. Save it again from your program."))
    if MACROS.search(name) and not name.endswith("/"):
        raise _macros()
    if entry.file_size > RATIO_COUNTS_FROM and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
        budget.spend(settings.UPLOAD_MAX_UNPACKED + 1)
    budget.spend(entry.file_size)
    _check_part(name, _unpacked(archive, entry), budget, depth)


def _unpacked(archive, entry):
    """The bytes of one part, never more than it states; its checksum is compared on the way."""
    with archive.open(entry) as part:
        return part.read(entry.file_size + 1)


def _check_part(name, part, budget, depth):
    if name == "[Content_Types].xml" and MACRO_TYPES.search(part):
        raise _macros()
    if name == "META-INF/manifest.xml" and b"encryption-data" in part:
        raise _locked()
    if part.startswith(b"PK\x03\x04"):
        if depth or "/embeddings/" not in f"/{name}".lower():
            raise _refusal("nested", _("The file holds another archive. Take it out, or upload it on its own."))
        _check(part, budget, depth + 1)
    if part.startswith((b"MZ", b"\x7fELF")):
        raise _refusal("program", _("The file holds a program. Take it out and save the file again."))


def _refusal(code, message):
    return ValidationError(message, code=code)


def _two_in_one():
    return _refusal("two_in_one", _("The file holds a second one. Open it in your program and save it again."))


def _macros():
    return _refusal("macros", _("The file holds macros. Save it without them, for example as .docx instead of .docm."))


def _locked():
    return _refusal("password", _("The file is protected by a password. Save it without one: reviewers must read it."))
