"""The pictures of the figures: shapes of SVG in the units of a view box, drawn by ``templates/directory/_chart_*``.

Numbers that are coordinates leave as text, so that no language writes them with its comma.
"""

from dataclasses import dataclass
from math import ceil, floor, log10, sqrt

from django.utils.formats import number_format

from directory.insights.words import KINDS, STRIPS, columns_of, label_of
from directory.map_projection import Sheet
from directory.map_sheets import sheet_of

MOST_BARS = 10
MOST_ROWS = 9
MOST_OF_A_KIND = 5
"""So many stand in the picture; the table has all."""


def _at(number):
    return f"{number:.1f}".removesuffix(".0")


# --- bars and cells: lines of a table with a shape in it -----------------------------------------------------


@dataclass(frozen=True)
class Bar:
    label: str
    count: int
    width: str
    """Per cent of the widest."""


def bars(lines, most=MOST_BARS):
    """[Bar] of the first ``most`` that count anything; the widest of all ``lines`` is 100 wide."""
    widest = max((line.count for line in lines), default=0)
    return [_bar(line, widest) for line in lines[:most] if line.count]


def _bar(line, widest):
    return Bar(label_of(line), line.count, _at(100 * line.count / widest))


@dataclass(frozen=True)
class Cell:
    count: int
    radius: str


@dataclass(frozen=True)
class Row:
    bar: Bar
    cells: list


RADIUS = 19
"""Of the largest cell, in a box of 40."""


def _matrix(lines, figures, most):
    """[Row]: a bar for what the line counts, and a disc for each column, their surfaces as their counts."""
    shown = [line for line in lines[:most] if line.count]
    keys = [key for key, _label in figures.columns]
    largest = max((line.cells.get(key, 0) for line in shown for key in keys), default=0)
    return [
        Row(bar, [_cell(line.cells.get(key, 0), largest) for key in keys])
        for line, bar in zip(shown, bars(shown, most), strict=True)
    ]


def _cell(count, largest):
    return Cell(count, _at(RADIUS * sqrt(count / largest)) if count else "0")


def matrices(figures):
    """[(what sort of lines, their Rows)]; one without a name where the lines are of one sort.

    A Row has a bar for what its line counts, and a disc for each column, their surfaces as their counts.
    """
    counted = [line for line in figures.lines if line.count]
    by_kind = {kind: [line for line in counted if line.kind == kind] for kind in ("", *KINDS)}
    most = MOST_ROWS if by_kind[""] else MOST_OF_A_KIND
    keys = [key for key, _label in figures.columns]
    widest = max((line.count for line in counted), default=0)
    largest = max((line.cells.get(key, 0) for line in counted for key in keys), default=0)
    return [
        (KINDS.get(kind, ""), [Row(_bar(line, widest), _discs(line, keys, largest)) for line in lines[:most]])
        for kind, lines in by_kind.items()
        if lines
    ]


def _discs(line, keys, largest):
    return [_cell(line.cells.get(key, 0), largest) for key in keys]


def _cell(count, largest):
    return Cell(count, _at(RADIUS * sqrt(count / largest)) if count else "0")


# --- discs on the map ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Disc:
    x: str
    y: str
    radius: str
    title: str


@dataclass(frozen=True)
class DiscMap:
    sheet: Sheet
    discs: list


def disc_map(figures):
    """On the smallest sheet that holds all; the largest disc first, so that a small one is never hidden."""
    points = {line.key: tuple(map(float, line.at)) for line in figures.lines}
    sheet = sheet_of(points.values())
    return DiscMap(sheet, [_disc(line, *sheet.project(*points[line.key])) for line in figures.lines])


def _disc(line, x, y):
    return Disc(_at(x), _at(y), _at(5 * sqrt(line.count) + 2), f"{line.label}: {line.count}")


# --- ribbons from region to region --------------------------------------------------------------------------

FLOW_WIDTH, LEFT, RIGHT, NODE = 440, 128, 312, 6
FLOW_HEIGHT, LABEL, GAP = 230, 36, 10
"""What all partnerships are high together; room of a label of two lines; between two nodes."""


@dataclass(frozen=True)
class Node:
    x: str
    y: str
    height: str
    count: int
    words: list
    """The label in one or two lines, each (text, y)."""


@dataclass(frozen=True)
class Ribbon:
    path: str
    is_within: bool
    title: str


@dataclass(frozen=True)
class Flows:
    height: int
    left: list
    right: list
    ribbons: list


def flows(figures):
    ends = dict(columns_of(figures))
    total = sum(line.count for line in figures.lines)
    if not total:
        return None
    scale = FLOW_HEIGHT / total
    arriving = {key: sum(line.cells.get(key, 0) for line in figures.lines) for key in ends}
    order = sorted(ends, key=lambda key: -arriving[key])
    starts = [(line.key, label_of(line), line.count) for line in figures.lines]
    left, low = _nodes(starts, LEFT - NODE, scale)
    right, lower = _nodes([(key, ends[key], arriving[key]) for key in order], RIGHT, scale)
    ribbons = _ribbons(figures, order, ends, scale, (_tops(left), _tops(right)))
    return Flows(ceil(max(low, lower)), [node for _key, node in left], [node for _key, node in right], ribbons)


def _nodes(things, x, scale):
    """([(key, Node)] below each other, where the last one ends)."""
    found, top = [], 4
    for key, label, count in things:
        height = count * scale
        room = max(height, LABEL)
        y = top + (room - height) / 2
        found.append(
            (key, Node(_at(x), _at(y), _at(max(height, 1)), count, _in_two_lines(f"{label} {count}", top + room / 2)))
        )
        top += room + GAP
    return found, top


def _tops(nodes):
    return {key: float(node.y) for key, node in nodes}


def _in_two_lines(text, middle):
    if len(text) <= 18:
        return [(text, _at(middle + 4))]
    spaces = [place for place, letter in enumerate(text) if letter == " " and place < text.rindex(" ")]
    if not spaces:
        return [(text, _at(middle + 4))]
    cut = min(spaces, key=lambda place: abs(place - len(text) / 2))
    return [(text[:cut], _at(middle - 4)), (text[cut + 1 :], _at(middle + 12))]


def _ribbons(figures, order, ends, scale, tops):
    (left, right), found = tops, []
    for line in figures.lines:
        for key in order:
            if count := line.cells.get(key, 0):
                height = count * scale
                path = _ribbon(left[line.key], right[key], height)
                found.append(Ribbon(path, line.key == key, f"{label_of(line)} → {ends[key]}: {count}"))
                left[line.key] += height
                right[key] += height
    return found


def _ribbon(y1, y2, height):
    middle = (LEFT + RIGHT) / 2
    return (
        f"M{LEFT} {_at(y1)}C{middle:g} {_at(y1)} {middle:g} {_at(y2)} {RIGHT} {_at(y2)}V{_at(y2 + height)}"
        f"C{middle:g} {_at(y2 + height)} {middle:g} {_at(y1 + height)} {LEFT} {_at(y1 + height)}Z"
    )


# --- columns of years ---------------------------------------------------------------------------------------

YEARS_WIDTH, YEARS_HEIGHT, ABOVE = 440, 140, 22


@dataclass(frozen=True)
class Column:
    x: str
    y: str
    width: str
    height: str
    title: str
    middle: str
    number: int
    year: str
    """Number and year stand beside it only where they are not 0 and not empty."""


def columns(figures):
    most = max((line.count for line in figures.lines), default=0)
    if not most:
        return []
    step = YEARS_WIDTH / len(figures.lines)
    every = 1 if len(figures.lines) <= 8 else 5 if len(figures.lines) <= 40 else 10
    return [
        _column(line, place * step, step, (YEARS_HEIGHT - ABOVE) * line.count / most, line.count == most, every)
        for place, line in enumerate(figures.lines)
    ]


def _column(line, x, step, height, is_highest, every):
    gap = min(step * 0.2, 4)
    return Column(
        x=_at(x + gap / 2),
        y=_at(YEARS_HEIGHT - height),
        width=_at(step - gap),
        height=_at(height),
        title=f"{line.label}: {line.count}",
        middle=_at(x + step / 2),
        number=line.count if is_highest else 0,
        year=line.label if int(line.label) % every == 0 else "",
    )


# --- costs on a scale of powers of ten ----------------------------------------------------------------------

COSTS_WIDTH, EDGE, STRIP, SIGN = 440, 40, 46, 12
"""Width; room left and right of the scale; least height of a row; so near two signs would hide each other."""


@dataclass(frozen=True)
class Sign:
    x: str
    y: str
    kind: str
    title: str


@dataclass(frozen=True)
class Strip:
    """Those with as many tracks, in words."""

    label: str
    y: str
    label_y: str
    signs: list


@dataclass(frozen=True)
class Costs:
    height: int
    strips: list
    ticks: list
    """(x, amount in words)."""
    kinds: list
    """(code, label) of the kinds of amount in it."""


def cost_strips(costs, title):
    """The Costs of those of ``costs`` with dollars, None without any; nothing, which some cost, is on no such scale.

    ``title``: function from a Cost to its words.
    """
    shown = sorted((cost for cost in costs if cost.usd), key=lambda cost: cost.usd)
    if not shown:
        return None
    low = floor(log10(shown[0].usd))
    high = max(ceil(log10(shown[-1].usd)), low + 1)
    step = (COSTS_WIDTH - 2 * EDGE) / (high - low)
    strips, bottom = [], 0
    for least, label in STRIPS.items():
        if found := [cost for cost in shown if _shape(cost) == least]:
            across = [EDGE + step * (log10(cost.usd) - low) for cost in found]
            strip, bottom = _strip(label, found, across, bottom, title)
            strips.append(strip)
    return Costs(bottom, strips, _ticks(low, high, step), _kinds(shown))


def _strip(label, costs, across, top, title):
    """(the Strip below ``top``, where it ends)."""
    above = _stacked(across)
    line = top + STRIP - 10 + SIGN * max(above)
    signs = [
        Sign(_at(x), _at(line - SIGN * place), cost.kind or "not-stated", title(cost))
        for cost, x, place in zip(costs, across, above, strict=True)
    ]
    return Strip(str(label), _at(line), _at(top + 18), signs), line + 10


def _stacked(across):
    """How many signs each has below it: those that would hide each other stand one above the other."""
    found = []
    for place, x in enumerate(across):
        near = {found[other] for other in range(place) if abs(across[other] - x) < SIGN}
        found.append(next(above for above in range(len(near) + 1) if above not in near))
    return found


def _ticks(low, high, step):
    every = 1 if high - low <= 3 else 2
    powers = range(low, high + 1, every)
    return [(_at(EDGE + step * (power - low)), number_format(10**power, force_grouping=True)) for power in powers]


def _kinds(costs):
    kinds = dict(sorted((cost.kind, cost.kind_label) for cost in costs))
    return [(code or "not-stated", label) for code, label in kinds.items()]


def _shape(cost):
    return max(least for least in STRIPS if (cost.tracks or 0) >= least)
