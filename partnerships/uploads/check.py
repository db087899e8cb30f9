"""``check_upload`` is the one gate for files from outside."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from partnerships.uploads.file_names import safe_name
from partnerships.uploads.file_types import KIND_NAMES, OLD_OFFICE, decoded, kind_by_content, kind_by_name
from partnerships.uploads.images import redrawn
from partnerships.uploads.office_files import check_archive
from partnerships.uploads.pdfs import check_pdf
from partnerships.uploads.scanner import scan

HEAD = 4096  # browsers that guess look at 1,445 bytes at most
PAGE = re.compile(r"\s*<(!doctype|\?xml|!--|(html|head|body|svg)(?=[\s/>]))", re.IGNORECASE)
"""How a page begins."""
ACTIVE = re.compile(
    r"</?script[\s/>]"
    r"|<(iframe|object|embed|svg|base|link|meta|form)\s[^<>]*="
    r"|<[a-z][^<>]*[\s/\"']on[a-z]+\s*="
    r"|<[a-z][^<>]*=\s*[\"']?\s*(javascript|vbscript|data):",
    re.IGNORECASE,
)
"""What would run or load something in a page. Words in angle brackets, as in “see <table 3>”, do neither."""


@dataclass(frozen=True)
class Checked:
    """A file that may be stored: a safe name, the type that its content has, and the bytes to keep."""

    name: str
    media_type: str
    content: bytes


def check_upload(file):
    """``file`` (an UploadedFile) as Checked; ValidationError says what is wrong and what would be right.

    Codes: empty, too_big, name, type, mismatch, broken, two_in_one, markup, password, macros, script, outside, nested,
    program, bomb, animated, infected, unscanned.
    """
    name = safe_name(file.name)
    content = _read(file)
    kind = _kind(name, content)
    if kind.family == "pdf":
        check_pdf(content)
    elif kind.family == "text":
        _check_text(content)
    elif kind.family != "image":
        check_archive(content)
    scan(content)
    return Checked(name, kind.media_type, redrawn(content, kind.media_type) if kind.family == "image" else content)


def _read(file):
    content = file.read(settings.UPLOAD_MAX_BYTES + 1)
    if not content:
        raise ValidationError(_("The file is empty. Choose another one."), code="empty")
    if len(content) > settings.UPLOAD_MAX_BYTES:
        raise ValidationError(
            _("The file is larger than %(most)s. Make it smaller, or give the address where it can be found."),
            code="too_big",
            params={"most": filesizeformat(settings.UPLOAD_MAX_BYTES)},
        )
    return content


def _kind(name, content):
    """The Kind of the content, which must be allowed and be the one that the name states."""
    named = kind_by_name(name)
    if content.startswith(OLD_OFFICE):
        raise ValidationError(
            _("An office file of the old kind or with a password. Save it as DOCX, XLSX or PPTX without a password."),
            code="password",
        )
    found = kind_by_content(content, named)
    if named is not None and found is None:
        raise ValidationError(
            _("The name says %(named)s, but the content is nothing that is taken. Choose the right file."),
            code="type",
            params={"named": named.name},
        )
    if named is None:
        raise ValidationError(
            _("Files of this type are not taken. Allowed are: %(kinds)s."), code="type", params={"kinds": KIND_NAMES}
        )
    if found != named:
        raise ValidationError(
            _("The name says %(named)s, but the content is %(found)s. Choose the right file, or mend its name."),
            code="mismatch",
            params={"named": named.name, "found": found.name},
        )
    return found


def _check_text(content):
    """Text that no browser takes for a page."""
    text = (decoded(content) or "")[:HEAD]
    if PAGE.match(text) or ACTIVE.search(text):
        raise ValidationError(
            _("The text is a page of HTML, SVG or XML, or holds a script. Save it as plain text, or as PDF."),
            code="markup",
        )
