"""Pictures are drawn anew: what they told beside the picture is gone, and those that would harm are refused."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from tests.partnerships.checking import check, refusal
from tests.sample_files import picture


def with_exif(form, orientation=6):
    image = Image.open(BytesIO(picture(form)))
    exif = image.getexif()
    exif[0x0112] = orientation
    exif[0x010F] = "CameraMaker"
    exif.get_ifd(0x8825)[2] = (13.0, 54.0, 0.0)
    buffer = BytesIO()
    image.save(buffer, form, exif=exif, quality=95)
    return buffer.getvalue()


@pytest.mark.parametrize(("suffix", "form"), [("jpg", "JPEG"), ("webp", "WEBP"), ("png", "PNG")])
def test_pictures_lose_where_and_with_what_they_were_taken(suffix, form):
    content = with_exif(form)
    assert b"CameraMaker" in content
    kept = check(f"photo.{suffix}", content).content
    assert b"CameraMaker" not in kept
    assert not Image.open(BytesIO(kept)).getexif()


def test_pictures_stay_upright():
    kept = Image.open(BytesIO(check("photo.jpg", with_exif("JPEG")).content)).convert("RGB")
    assert kept.size == (30, 40)
    red, white = kept.getpixel((15, 5)), kept.getpixel((15, 35))
    assert red[0] > 200 > red[1] + 100
    assert min(white) > 200


def test_words_in_a_picture_do_not_survive():
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", "private words")
    kept = check("map.png", picture("PNG", pnginfo=told)).content
    assert b"private words" not in kept
    assert b"private words" not in check("photo.jpg", picture("JPEG", comment=b"private words")).content


def test_a_colour_profile_is_worked_in_and_dropped():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    kept = Image.open(BytesIO(check("photo.jpg", picture("JPEG", icc_profile=profile)).content))
    assert "icc_profile" not in kept.info
    assert kept.convert("RGB").getpixel((5, 5))[0] > 200


def test_a_transparent_picture_stays_transparent():
    buffer = BytesIO()
    Image.new("RGBA", (10, 10), (255, 0, 0, 0)).save(buffer, "PNG")
    kept = Image.open(BytesIO(check("logo.png", buffer.getvalue()).content))
    assert kept.convert("RGBA").getpixel((1, 1))[3] == 0


def png_that_says(width, height):
    """A PNG whose header states a size that its few bytes do not have."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(bytes(100))), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


@pytest.mark.parametrize("size", [(60_000, 60_000), (8000, 5001)])
def test_pictures_with_too_many_pixels_are_refused_before_they_are_decoded(size):
    assert refusal("bomb.png", png_that_says(*size)) == "bomb"


def test_as_many_pixels_as_allowed_are_taken(settings):
    settings.UPLOAD_MAX_PIXELS = 1200
    assert check("photo.png", picture("PNG", (40, 30)))
    assert refusal("photo.png", picture("PNG", (40, 31))) == "bomb"


@pytest.mark.parametrize(("suffix", "form"), [("jpg", "JPEG"), ("png", "PNG"), ("webp", "WEBP")])
def test_damaged_pictures_are_refused(suffix, form):
    content = picture(form, (400, 300))
    assert refusal(f"photo.{suffix}", content[: len(content) // 2]) == "broken"


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_moving_pictures_are_refused(form):
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    buffer = BytesIO()
    frames[0].save(buffer, form, save_all=True, append_images=frames[1:])
    assert refusal(f"moving.{form.lower()}", buffer.getvalue()) == "animated"
