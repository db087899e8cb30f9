"""How values stand in cells: texts that a spreadsheet would take for a formula are marked, numbers stay numbers."""

import re
from datetime import UTC
from decimal import Decimal
from uuid import UUID

from vocabularies.clean_text import cleaned
from vocabularies.partial_dates import PartialDate

MARK = "'"
FORMULA = re.compile(r"'*(\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|[\t\r\n])")
"""What begins so is calculated by some spreadsheet, or would be if a mark were taken away."""
LONGEST = 32_767
"""Signs that a cell of XLSX holds."""
CUT = " […]"


def safe(text):
    """``text`` with a mark in front where it would be calculated; ``unsafe`` gives it back exactly."""
    return MARK + text if FORMULA.match(text) else text


def unsafe(text):
    """What ``safe`` was given."""
    return text[1:] if text.startswith(MARK) and FORMULA.match(text) else text


def as_text(value):
    """``value`` in a cell of CSV; "" when it is not known."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal | int):
        return plain(value)
    if hasattr(value, "tzinfo"):
        return moment(value)
    return safe(cleaned(str(value)))


def as_cell(value):
    """``value`` in a cell of XLSX; None when it is not known."""
    if value is None or value == "":
        return None
    if isinstance(value, PartialDate):
        return value.earliest if value.precision == "day" else str(value)
    if isinstance(value, bool | int | Decimal):
        return value
    if hasattr(value, "tzinfo"):
        return value.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    return _short(safe(cleaned(str(value))))


def as_json(value):
    """``value`` in JSON; None when it is not known."""
    if value is None or value == "":
        return None
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if hasattr(value, "tzinfo"):
        return moment(value)
    return str(value) if isinstance(value, UUID) else value


def plain(number):
    """Without exponent and without the zeros that only the column adds."""
    return f"{number:f}".rstrip("0").rstrip(".") if isinstance(number, Decimal) and number % 1 else f"{number:.0f}"


def moment(value):
    """“2026-11-22T11:41:00Z”."""
    return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def is_cut(value):
    """Whether ``as_cell`` keeps only the beginning of it."""
    return isinstance(value, str) and len(safe(value)) > LONGEST


def _short(text):
    return text if len(text) <= LONGEST else text[: LONGEST - len(CUT)] + CUT
