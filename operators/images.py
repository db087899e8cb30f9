"""Opening pictures of others: how many pixels they may have is looked at before any is decoded, and one at a time."""

import threading
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image

HALVED = 4
"""A JPEG may have so many times the pixels: decoded at half its width and height it has no more than the others."""
decoding = threading.Lock()
"""One picture in memory at a time in each process of the portal, however many people send theirs."""


@contextmanager
def opened_picture(file, formats, most):
    """The picture in ``file``, not yet decoded, of at most ``most`` pixels once it is; ValidationError for more."""
    with decoding:
        try:
            with Image.open(file, formats=formats) as image:
                _keep_to(image, most)
                yield image
        except Image.DecompressionBombError as error:
            raise _too_many(most) from error


def _keep_to(image, most):
    pixels = image.width * image.height
    # All of a progressive JPEG is held in memory, at whatever size it is asked for.
    if pixels > most and image.format == "JPEG" and not image.info.get("progressive"):
        most *= HALVED
        image.draft(None, (image.width // 2, image.height // 2))
    if pixels > most:
        raise _too_many(most)


def _too_many(most):
    return ValidationError(
        _("The picture has more than %(number)s million pixels. Save it smaller."),
        code="bomb",
        params={"number": most // 1_000_000},
    )
