"""From where to where: the baseline, the latest value and the target of an indicator on one line."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from vocabularies.localised import labelled

LEFT, RIGHT = 10, 310
"""Where the line of the drawing in ``components/_progress.html`` begins and ends."""
PERCENT = "%"


@dataclass(frozen=True)
class Picture:
    """Places on the line, None where a value is not known; ``label`` says the same in words."""

    label: str
    baseline: int | None
    latest: int | None
    target: int | None


def picture_of(indicator, unit, values, texts):
    """The Picture of baseline, latest value and target; None with fewer than two, as nothing is to be compared.

    The line begins at zero, so that lengths tell the truth; that of a share ends at 100 %.
    """
    known = [value for value in values if value is not None]
    low, high = min([0, *known]), max([0, *known])
    if len(known) < 2 or low == high:
        return None
    if unit == PERCENT and low == 0:
        high = max(high, 100)
    places = [
        None if value is None else round(LEFT + (RIGHT - LEFT) * (value - low) / (high - low)) for value in values
    ]
    return Picture(_label(indicator, texts), *places)


def _label(indicator, texts):
    """“Non-revenue water: baseline 50 % (2012), latest value 40 % (2014), target 30 %”."""
    names = (_("baseline %(value)s"), _("latest value %(value)s"), _("target %(value)s"))
    said = ", ".join(name % {"value": text} for name, text in zip(names, texts, strict=True) if text)
    return str(labelled(indicator, said)) if indicator else said
