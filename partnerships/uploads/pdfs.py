"""PDFs: opened by a library in a process of its own, whose memory and time are limited."""

import re
import subprocess
import sys
import threading
import zipfile
from io import BytesIO
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MEMORY = 512 * 1024 * 1024  # bytes of address space, besides four times the file itself
PATIENCE = 20  # seconds
READER = Path(__file__).with_name("pdf_reader.py")
END = re.compile(rb"%%EOF[\s\x00]*\Z")
FIRST_OBJECT = re.compile(rb"(?<!\d)\d{1,10}\s{1,9}\d{1,5}\s{1,9}obj\b")
HEADER = re.compile(rb"(?:%[^\r\n<]*(?:[\r\n]|\Z)|[\s\x00])*\Z")
reading = threading.Lock()
"""One at a time in each process of the portal."""


def check_pdf(content):
    """Refuse what is not one complete PDF with pages that everybody can read and nothing that acts by itself."""
    if not END.search(content[-2048:]):
        raise ValidationError(
            _("The PDF is not complete, or something follows its end. Print or export it as PDF again."), code="broken"
        )
    if _opens_as_archive(content) or not _begins_plainly(content):
        raise ValidationError(_("The PDF holds a second file. Print or export it as PDF again."), code="two_in_one")
    word = _word_for(content)
    if word != "fine":
        code, message = _refusals()[word]
        raise ValidationError(message, code=code)


def _opens_as_archive(content):
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return bool(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return False


def _begins_plainly(content):
    """Whether nothing but comments stands before the first object: no page of markup that a browser could show."""
    first = FIRST_OBJECT.search(content)
    return HEADER.match(content[: first.start()]) is not None if first else True


def _word_for(content):
    """What ``pdf_reader`` says; a reader that came to its limits, or down, says nothing."""
    command = [sys.executable, "-I", str(READER), str(MEMORY + 4 * len(content)), str(PATIENCE)]
    try:
        with reading:
            done = subprocess.run(command, input=content, capture_output=True, timeout=2 * PATIENCE, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        return "costly"
    word = done.stdout.decode("ascii", "replace").strip()
    return word if word == "fine" or word in _refusals() else "costly"


def _refusals():
    """(code, message) for each word of ``pdf_reader``."""
    return {
        "broken": ("broken", _("The PDF cannot be read. Print or export it as PDF again.")),
        "pages": ("broken", _("The PDF has no page. Print or export it as PDF again.")),
        "costly": ("bomb", _("The PDF takes too much memory or time to read. Print or export it as PDF again.")),
        "password": (
            "password",
            _("The PDF is protected by a password or locked. Save it without protection: reviewers must read it."),
        ),
        "script": (
            "script",
            _("The PDF holds a script or an active form. Print it as PDF, so that only its pages are left."),
        ),
        "opening": (
            "script",
            _("The PDF does something by itself when it is opened. Print it as PDF, so that only its pages are left."),
        ),
        "launch": ("program", _("The PDF starts a program or opens another file. Take that out and save it again.")),
        "attachment": (
            "nested",
            _("The PDF holds another file or a film. Take it out, or upload it on its own."),
        ),
    }
