"""Numbers that were typed together with their currency or unit: “£ 250,000”, “250 000 EUR”, “25 %”."""

import re

from vocabularies.currencies import currency_of, meanings

SHAPE = re.compile(r"([^0-9]*?)([-−]?[0-9][0-9.,'’\s]*)([^0-9].*)?", re.DOTALL)


def apart(text, *, is_money):
    """(number, unit), both as typed; (``text``, "") where no unit stands with it, or nothing that is one.

    A currency may stand on either side; of other units what stands behind the number is one.
    """
    found = SHAPE.fullmatch(text.strip())
    if not found:
        return text, ""
    before, number, after = ((part or "").strip() for part in found.groups())
    unit = (before or after) if is_money else after
    is_one = bool(meanings(unit)) if is_money else re.match(r"[^\W\d_]|[%‰°]", unit)
    return (text, "") if not is_one or (before + after) != unit else (number, unit)


def is_same(one, other, *, is_money):
    """Whether two units, as typed, are the same; “$” is every currency that is called so."""
    if is_money:
        return currency_of(other) in meanings(one)
    return one.casefold() == other.strip().casefold()
