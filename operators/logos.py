"""Logos: checked by what they are, made small, and written anew without anything that came along."""

import secrets
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from operators.images import opened_picture
from operators.storage_failures import kept_whole

FORMATS = ("PNG", "JPEG", "WEBP")
MAX_BYTES = 2 * 1024 * 1024
MAX_PIXELS = 16_000_000
SIDE = 512
"""Pixels of the longer side as it is kept."""


def store_logo(upload):
    """Keep the picture of ``upload`` and return its name in the storage; ValidationError for anything else."""
    content = ContentFile(as_png(upload))
    with kept_whole():
        return default_storage.save(f"logos/{secrets.token_urlsafe(16)}.png", content)


def as_png(upload):
    """The picture as the bytes of a small PNG without metadata."""
    if upload.size > MAX_BYTES:
        raise ValidationError(_("The picture is larger than 2 MB. Choose a smaller one."), code="too-large")
    try:
        upload.seek(0)
        with opened_picture(upload, FORMATS, MAX_PIXELS) as picture:
            return _redrawn(picture)
    except (OSError, SyntaxError, ValueError) as error:
        raise ValidationError(
            _("This is not a picture we can read. Choose a PNG, JPEG or WebP."), code="invalid"
        ) from error


def _redrawn(picture):
    picture.draft("RGB", (SIDE, SIDE))
    small = picture.convert("RGBA") if picture.mode == "P" else picture  # the numbers of a palette have no middle
    small.thumbnail((SIDE, SIDE))
    small = ImageOps.exif_transpose(small).convert("RGBA")
    # Only the pixels go over: no metadata, no second frame, nothing behind the end of the file.
    clean = Image.new("RGBA", small.size)
    clean.paste(small)
    written = BytesIO()
    clean.save(written, "PNG", optimize=True)
    return written.getvalue()
