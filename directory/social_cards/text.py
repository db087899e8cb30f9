"""Writing into pictures with the portal's fonts: the files that browsers get, so every letter looks the same."""

import json
import unicodedata
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from PIL import ImageFont

FONTS = settings.BASE_DIR / "node_modules/@fontsource-variable"
SERIF, SANS = "source-serif-4", "source-sans-3"
SUBSETS = ("latin", "latin-ext", "vietnamese", "greek", "greek-ext", "cyrillic", "cyrillic-ext")
"""A font comes in files, each for some characters; the first that has one is used."""
ELLIPSIS = "…"


@cache
def _ranges(face):
    """[(subset, [(first, last code point)])] of a font."""
    told = json.loads((FONTS / face / "unicode.json").read_text())
    return [(name, [_span(part) for part in told[name].split(",")]) for name in SUBSETS if name in told]


def _span(part):
    first, _dash, last = part.removeprefix("U+").partition("-")
    return int(first, 16), int(last or first, 16)


@cache
def _subset(face, character):
    """Which file of a font has a character; "" when none has."""
    code = ord(character)
    spans = ((name, span) for name, ranges in _ranges(face) for span in ranges)
    return next((name for name, (first, last) in spans if first <= code <= last), "")


@cache
def _font(face, subset, size, weight):
    font = ImageFont.truetype(FONTS / face / "files" / f"{face}-{subset}-wght-normal.woff2", size)
    font.set_variation_by_axes([weight])
    return font


def _runs(text, face):
    """[(subset, text)]: characters that no file has are left out."""
    runs = []
    for character in unicodedata.normalize("NFC", text):
        subset = _subset(face, character) if character.isprintable() else ""
        if runs and runs[-1][0] == subset:
            runs[-1][1] += character
        elif subset:
            runs.append([subset, character])
    return runs


def width_of(text, face, size, weight):
    """In pixels."""
    return sum(_font(face, subset, size, weight).getlength(run) for subset, run in _runs(text, face))


@dataclass(frozen=True)
class Lettering:
    """A pen (PIL.ImageDraw) with a face, a size in pixels, a weight and a colour."""

    pen: object
    face: str
    size: int
    weight: int
    colour: str

    def write(self, x, y, text, *, align="left"):
        """One line whose base line is at ``y``; it begins at ``x``, or ends there with ``align="right"``."""
        if align == "right":
            x -= width_of(text, self.face, self.size, self.weight)
        for subset, run in _runs(text, self.face):
            font = _font(self.face, subset, self.size, self.weight)
            self.pen.text((x, y), run, font=font, fill=self.colour, anchor="ls")
            x += font.getlength(run)


def fitted(text, face, weight, *, width, lines, sizes):
    """(size, [lines]): the largest of ``sizes`` at which ``text`` fits into ``lines``; else the smallest, shortened."""
    for size in sizes:
        found = wrapped(text, face, size, weight, width)
        if len(found) <= lines and all(width_of(line, face, size, weight) <= width for line in found):
            return size, found
    kept = _broken(text, face, sizes[-1], weight, width)
    if len(kept) > lines:
        kept = [*kept[: lines - 1], _shortened(kept[lines - 1], face, sizes[-1], weight, width)]
    return sizes[-1], kept


def wrapped(text, face, size, weight, width):
    """The words of ``text`` in lines of at most ``width``; a word that is wider stands alone."""
    lines = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, face, size, weight) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _broken(text, face, size, weight, width):
    """As ``wrapped``, but words that are too wide are cut."""
    lines = []
    for line in wrapped(text, face, size, weight, width):
        while width_of(line, face, size, weight) > width:
            fits = next(end for end in range(len(line), 0, -1) if width_of(line[:end], face, size, weight) <= width)
            lines.append(line[:fits])
            line = line[fits:]
        lines.append(line)
    return lines


def _shortened(line, face, size, weight, width):
    while width_of(line + ELLIPSIS, face, size, weight) > width:
        line = line[:-1]
    return line.rstrip(" ,;·") + ELLIPSIS
