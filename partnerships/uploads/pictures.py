"""Pictures are decoded and written anew: what was no picture in the file does not survive it."""

from io import BytesIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}


def redrawn(content, media_type):
    """``content`` encoded anew: upright, without metadata, without anything behind the picture."""
    image = _decoded(content, FORMATS[media_type])
    image = _in_common_colours(ImageOps.exif_transpose(image))
    kept = {name: image.info[name] for name in ("transparency",) if name in image.info}
    image = image.copy()
    image.info = kept
    buffer = BytesIO()
    image.save(buffer, FORMATS[media_type], **_options(content, media_type))
    return buffer.getvalue()


def _decoded(content, form):
    """The picture with all its pixels, whose number is looked at before any is decoded."""
    try:
        with Image.open(BytesIO(content), formats=[form]) as image:
            _check_pixels(image)
            if form != "JPEG" and getattr(image, "n_frames", 1) > 1:
                raise ValidationError(_("The picture moves. Save it as a still picture."), code="animated")
            image.load()
            return image
    except (ValidationError, MemoryError):
        raise
    except Image.DecompressionBombError as error:
        raise _too_many() from error
    except Exception as error:  # the decoders raise whatever a broken file makes them stumble over
        raise ValidationError(_("The picture is damaged. Open it and save it again."), code="broken") from error


def _check_pixels(image):
    if image.width * image.height > settings.UPLOAD_MAX_PIXELS:
        raise _too_many()


def _too_many():
    return ValidationError(
        _("The picture has more than %(number)s million pixels. Save it smaller."),
        code="bomb",
        params={"number": settings.UPLOAD_MAX_PIXELS // 1_000_000},
    )


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
