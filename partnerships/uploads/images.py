"""Pictures are decoded and written anew: what was no picture in the file does not survive it."""

from io import BytesIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import ImageCms, ImageOps

from operators.images import opened_picture

FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
SIDE = 4096
"""Pixels of the longer side as it is kept: enough to print a page."""


def redrawn(content, media_type):
    """``content`` encoded anew: upright, not too large, without metadata, without anything behind the picture."""
    form = FORMATS[media_type]
    try:
        with opened_picture(BytesIO(content), [form], settings.UPLOAD_MAX_PIXELS) as image:
            if form != "JPEG" and getattr(image, "n_frames", 1) > 1:
                raise ValidationError(_("The picture moves. Save it as a still picture."), code="animated")
            return _encoded(_clean(image), form, _options(content, media_type))
    except (ValidationError, MemoryError):
        raise
    except Exception as error:  # the decoders raise whatever a broken file makes them stumble over
        raise ValidationError(_("The picture is damaged. Open it and save it again."), code="broken") from error


def _clean(image):
    """Only what is to be seen, and transparency."""
    image.thumbnail((SIDE, SIDE))
    image = _in_common_colours(ImageOps.exif_transpose(image))
    image.info = {name: image.info[name] for name in ("transparency",) if name in image.info}
    return image


def _encoded(image, form, options):
    buffer = BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def _in_common_colours(image):
    """sRGB instead of a colour profile of its own, which is metadata; a profile that does not fit is dropped."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in {"RGB", "RGBA"}:
        return image
    try:
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB")) or image
    except (ImageCms.PyCMSError, OSError):
        return image


def _options(content, media_type):
    if media_type == "image/webp":
        return {"lossless": b"VP8L" in content[:40], "quality": 90}
    return {"quality": 90} if media_type == "image/jpeg" else {}
