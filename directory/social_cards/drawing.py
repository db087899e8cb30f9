"""The picture beside a link to the portal: mentor on the left, mentee on the right, a line between them.

1200 × 630 pixels, the shape that other sites expect (Open Graph), in the light colours of static/css/tokens.css.
"""

import hashlib
import io
import threading
from dataclasses import astuple, dataclass, field
from functools import lru_cache

from django.utils.translation import gettext as _
from PIL import Image, ImageDraw

from directory.social_cards.text import SANS, SERIF, Lettering, fitted
from directory.wording import dates_of, topics_of
from partnerships.mentor_mentee import pair_of
from partnerships.models import Status
from reviews.translations import told

SIZE = WIDTH, HEIGHT = 1200, 630
PAPER, SAND, INK, STONE = "#fbfaf7", "#f1ece0", "#10242e", "#4f616a"
DEEP, WATER, CLAY = "#0b4f6c", "#01668a", "#a03f17"
MARGIN, LEFT_END, RIGHT_END = 64, 518, 682
MIDDLE = 288
GAP = 22
FINER = 4
SIDE_WIDTH = LEFT_END - MARGIN - 34
SHOWN = 3
"""Operators of a side; of more only the number is told."""
COLOURS = 64
"""Enough for letters with soft edges, and the file stays small."""
KEPT = 64
"""Drawings that a process remembers; not in the cache of the portal, where they would drive out the rate limits."""
DRAWING = 1
"""Counts up when cards are drawn differently: every picture then has another fingerprint."""
drawing = threading.Lock()
"""One at a time: a font file is read by one thread only."""


@dataclass(frozen=True)
class CardEnd:
    role: str
    name: str
    place: str


@dataclass(frozen=True)
class Card:
    """All that a picture says. ``left`` and ``right`` are CardEnds; without them ``title`` stands in the middle."""

    reference: str
    title: str
    left: tuple
    right: tuple
    is_peers: bool
    below: tuple
    portal: str = field(default_factory=lambda: _("WOP Portal"))

    @property
    def fingerprint(self):
        return hashlib.sha256(repr((DRAWING, astuple(self))).encode()).hexdigest()[:32]


def card_of(version):
    """The Card of a version that came from ``for_list()`` and ``with_years()``."""
    pair, title = pair_of(version), told(version, "title")
    status = version.get_status_display() if version.status != Status.UNKNOWN else ""
    facts = " · ".join(part for part in (dates_of(version), status) if part)
    topics = ", ".join(topics_of(version))
    return Card(
        reference=version.partnership.reference,
        title=title,
        left=_ends(pair.left),
        right=_ends(pair.right),
        is_peers=pair.is_peers,
        below=(facts, topics) if facts or topics else ("", title),
    )


def card_of_portal():
    """For pages that are not about one WOP."""
    about = _("Who helps whom among water operators, on what, and what came of it.")
    return Card("", _("Water operators who help each other, not for profit"), (), (), False, ("", about))


def _ends(ends):
    shown = [CardEnd(str(end.role_label), end.name, end.where) for end in ends[:SHOWN]]
    if len(ends) > SHOWN:
        shown.append(CardEnd("", "", _("and %(number)s more") % {"number": len(ends) - SHOWN}))
    return tuple(shown) or (CardEnd("", _("Operator not named"), ""),)


@lru_cache(KEPT)
def drawn(card):
    """The PNG of a Card."""
    with drawing:
        return _png(_drawn(card))


def _png(image):
    written = io.BytesIO()
    few = image.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(written, "PNG", optimize=True)
    return written.getvalue()


def _drawn(card):
    image = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, HEIGHT - 150, WIDTH, HEIGHT), fill=SAND)
    _brand(image, pen, card)
    if card.left:
        _pair(image, pen, card)
    else:
        _title(image, pen, card.title)
    _below(pen, card)
    return image


def _brand(image, pen, card):
    _motif(image, _Motif(74, left=[(MARGIN + 13, 74)], right=[(MARGIN + 75, 74)], line=5, dot=12))
    Lettering(pen, SANS, 32, 600, INK).write(MARGIN + 104, 85, card.portal)
    Lettering(pen, SANS, 32, 400, STONE).write(WIDTH - MARGIN, 85, card.reference, align="right")


def _title(image, pen, title):
    _motif(image, _Motif(172, left=[(MARGIN + 20, 172)], right=[(WIDTH - MARGIN - 20, 172)], line=6, dot=20))
    size, lines = fitted(title, SERIF, 600, width=WIDTH - 2 * MARGIN, lines=3, sizes=(76, 66, 56))
    for number, line in enumerate(lines):
        Lettering(pen, SERIF, size, 600, INK).write(MARGIN, 290 + number * size * 1.15, line)


def _pair(image, pen, card):
    levels = _side(pen, card.left, LEFT_END - 34, "right", DEEP)
    left = [(LEFT_END, level) for level in levels]
    levels = _side(pen, card.right, RIGHT_END + 34, "left", DEEP if card.is_peers else CLAY)
    right = [(RIGHT_END, level) for level in levels]
    _motif(image, _Motif(MIDDLE, left, right, line=6, dot=17 if len(left + right) == 2 else 13, is_peers=card.is_peers))


def _side(pen, ends, edge, align, colour):
    """The operators of one side below each other, the middle of them level with the line; the heights of their dots."""
    blocks = [_block(end, len(ends), colour) for end in ends]
    top = MIDDLE - (sum(height for height, _lines in blocks) + GAP * (len(blocks) - 1)) / 2
    levels = []
    for height, lines in blocks:
        for face, size, weight, ink, text, offset in lines:
            Lettering(pen, face, size, weight, ink).write(edge, top + offset, text, align=align)
        levels.append(top + height / 2)
        top += height + GAP
    return levels[:SHOWN]


def _block(end, count, colour):
    """(height, [(face, size, weight, colour, text, offset of its base line)]) of one operator."""
    sizes = (66, 56, 48, 40, 34) if count == 1 else (38, 32, 28) if count == 2 else (30, 26, 23)
    role, place = (24, 28) if count == 1 else (19, 22)
    size, names = fitted(end.name, SERIF, 600, width=SIDE_WIDTH, lines=4 if count == 1 else 2, sizes=sizes)
    _size, places = fitted(end.place, SANS, 400, width=SIDE_WIDTH, lines=2 if count == 1 else 1, sizes=(place,))
    rows = [(SANS, role, 600, colour, end.role.upper())] if end.role and count < SHOWN else []
    rows += [(SERIF, size, 600, INK, line) for line in names] + [(SANS, place, 400, STONE, line) for line in places]
    lines, height = [], 0
    for face, row_size, weight, ink, text in rows:
        lines.append((face, row_size, weight, ink, text, height + row_size * 0.95))
        height += row_size * 1.22
    return height, lines


def _below(pen, card):
    facts, topics = card.below
    if facts:
        Lettering(pen, SANS, 30, 600, INK).write(MARGIN, HEIGHT - 150 + (58 if topics else 84), facts)
    size, lines = fitted(topics, SANS, 400, width=WIDTH - 2 * MARGIN, lines=1 if facts else 2, sizes=(30, 27))
    for number, line in enumerate(lines):
        top = HEIGHT - 150 + (104 if facts else 84) + number * 38
        Lettering(pen, SANS, size, 400, STONE if facts else INK).write(MARGIN, top, line)


@dataclass(frozen=True)
class _Motif:
    """Points at both ends of a line at ``level``; several on a side hang on a rail. All in pixels."""

    level: int
    left: list
    right: list
    line: int
    dot: int
    is_peers: bool = False


def _motif(image, motif):
    """Drawn four times as large and made small again, so that edges are soft."""
    points, pad = motif.left + motif.right, motif.dot + 4
    box = [int(min(x for x, _y in points)) - pad, int(min(y for _x, y in points)) - pad]
    box += [int(max(x for x, _y in points)) + pad, int(max(y for _x, y in points)) + pad]
    wide, high = box[2] - box[0], box[3] - box[1]
    large = image.crop(box).resize((wide * FINER, high * FINER))
    _draw_motif(ImageDraw.Draw(large), motif, lambda x, y: ((x - box[0]) * FINER, (y - box[1]) * FINER))
    image.paste(large.resize((wide, high), Image.Resampling.LANCZOS), tuple(box[:2]))


def _draw_motif(pen, motif, at):
    dot, width = motif.dot * FINER, motif.line * FINER
    pen.line((at(motif.left[0][0], motif.level), at(motif.right[0][0], motif.level)), fill=WATER, width=width)
    for points, colour in ((motif.left, DEEP), (motif.right, DEEP if motif.is_peers else CLAY)):
        pen.line((at(*points[0]), at(*points[-1])), fill=WATER, width=width)
        for x, y in (at(*point) for point in points):
            shape = (x - dot, y - dot, x + dot, y + dot)
            (pen.rectangle if motif.is_peers else pen.ellipse)(shape, fill=colour)
