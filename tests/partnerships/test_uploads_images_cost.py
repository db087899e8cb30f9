"""What decoding pictures costs at most, whoever sends them: memory by the number of pixels, and one at a time."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, JpegImagePlugin

from operators import images, logos
from partnerships.uploads.images import redrawn
from tests.partnerships.checking import refusal

PEAK = 450
"""Megabytes on top of the portal itself, as docs/deploy.md and the settings state them."""
MOST = settings.UPLOAD_MAX_PIXELS
MEASURE = """
import resource, sys
import django
django.setup()
from operators import logos
from partnerships.uploads.images import redrawn
from django.core.files.uploadedfile import SimpleUploadedFile
content = sys.stdin.buffer.read()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
if sys.argv[1] == "logo":
    logos.as_png(SimpleUploadedFile("logo", content))
else:
    redrawn(content, sys.argv[1])
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def megabytes_for(door, content):
    """How much more memory a fresh process needs to draw ``content`` anew."""
    command = [sys.executable, "-c", MEASURE, door]
    environment = {"DJANGO_SETTINGS_MODULE": "wopportal.settings", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(command, input=content, capture_output=True, check=True, env=environment)
    return int(done.stdout)


def picture(form, size, **options):
    """Shades that change everywhere, so that nothing is spared."""
    image = Image.effect_noise((size[0] // 10, size[1] // 10), 90).resize(size).convert("RGB")
    buffer = BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def headed(form, size, **options):
    """A picture of one colour: few bytes, many pixels."""
    buffer = BytesIO()
    Image.new("L", size).save(buffer, form, **options)
    return buffer.getvalue()


LARGEST = {
    "WebP": ("image/webp", "WEBP", (6000, 4000), {"method": 0}),
    "WebP without loss": ("image/webp", "WEBP", (6000, 4000), {"lossless": True, "method": 0, "quality": 0}),
    "PNG": ("image/png", "PNG", (6000, 4000), {"compress_level": 1}),
    "JPEG of four times the pixels": ("image/jpeg", "JPEG", (12000, 8000), {"subsampling": 0}),
    "progressive JPEG": ("image/jpeg", "JPEG", (6000, 4000), {"subsampling": 0, "progressive": True}),
    "logo as PNG": ("logo", "PNG", (4000, 4000), {}),
    "logo as WebP": ("logo", "WEBP", (4000, 4000), {}),
    "logo as JPEG": ("logo", "JPEG", (8000, 8000), {}),
}


OF_THE_DAY = ("WebP", "JPEG of four times the pixels", "logo as WebP")


@pytest.mark.parametrize(
    "name", [name if name in OF_THE_DAY else pytest.param(name, marks=pytest.mark.whole) for name in LARGEST]
)
def test_the_largest_picture_stays_within_the_memory_that_is_stated(name):
    door, form, size, options = LARGEST[name]
    content = headed(form, size) if door == "logo" else picture(form, size, **options)
    assert megabytes_for(door, content) <= PEAK


@pytest.mark.parametrize(
    ("suffix", "form", "size", "options"),
    [
        ("webp", "WEBP", (8000, 5000), {"method": 0}),
        ("png", "PNG", (6001, 4000), {}),
        ("jpg", "JPEG", (12001, 8000), {}),
        ("jpg", "JPEG", (6001, 4000), {"progressive": True}),
    ],
)
def test_more_pixels_are_refused_before_they_are_decoded(suffix, form, size, options, monkeypatch):
    content = headed(form, size, **options)
    monkeypatch.setattr(Image.Image, "load", None)
    monkeypatch.setattr(JpegImagePlugin.JpegImageFile, "load", None)
    assert refusal(f"photo.{suffix}", content) == "bomb"


def test_the_refusal_says_how_many_pixels_that_kind_may_have():
    for form, size, most in (("PNG", (6001, 4000), 24), ("JPEG", (12001, 8000), 96)):
        with pytest.raises(ValidationError, match=f"more than {most} million pixels"):
            redrawn(headed(form, size), f"image/{form.lower()}")


def test_the_photo_of_a_large_camera_is_kept_smaller():
    kept = Image.open(BytesIO(redrawn(headed("JPEG", (8160, 6120)), "image/jpeg")))
    assert kept.size == (4080, 3060)


@pytest.mark.parametrize("door", ["attachment", "logo"])
def test_one_picture_is_decoded_at_a_time(door, monkeypatch):
    inside, most = [], []
    gate = threading.Barrier(2, timeout=0.3)

    def decode(image, *_args, **_options):
        inside.append(image)
        most.append(len(inside))
        try:
            gate.wait()
        except threading.BrokenBarrierError:
            gate.reset()
        inside.pop()

    monkeypatch.setattr(Image.Image, "thumbnail", decode)
    content = headed("PNG", (20, 20))
    doors = {
        "attachment": lambda: redrawn(content, "image/png"),
        "logo": lambda: logos.as_png(SimpleUploadedFile("logo", content)),
    }
    with ThreadPoolExecutor(4) as people:
        list(people.map(lambda _number: doors[door](), range(4)))
    assert most == [1, 1, 1, 1]
    assert not images.decoding.locked()
