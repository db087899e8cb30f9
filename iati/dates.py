"""When an activity takes place. IATI wants days; how precise the source is stands beside them."""

from dataclasses import dataclass
from datetime import date

from partnerships.models import Status
from vocabularies.partial_dates import PartialDate

PLANNED_START, ACTUAL_START, PLANNED_END, ACTUAL_END = "1", "2", "3", "4"
BEGUN = (Status.UNDER_WAY, Status.COMPLETED, Status.SUSPENDED)


@dataclass(frozen=True)
class ActivityDate:
    type: str
    day: date
    notes: tuple = ()


def activity_dates(version, today):
    """ActivityDates of a version: planned ones unless its status says that they came true and the day is past."""
    start = _start(version, today)
    end = _end(version, start, today)
    return [one for one in (start, end) if one]


def _start(version, today):
    if version.starts_on:
        day = version.starts_on.earliest
        is_actual = version.status in BEGUN and day <= today
        return ActivityDate(ACTUAL_START if is_actual else PLANNED_START, day, _precision(version.starts_on))
    if signed := PartialDate(version.signed_on or ""):
        notes = ("The day on which the agreement was signed; no start is stated.", *_precision(signed))
        return ActivityDate(PLANNED_START, signed.earliest, notes)
    return None


def _end(version, start, today):
    """Never before the start: both may be known as the same year. One that contradicts a signature is left out."""
    end = version.ends_on
    if not end or (start and end.latest < start.day):
        return None
    day = max(end.earliest, start.day) if start else end.earliest
    is_actual = version.status == Status.COMPLETED and day <= today
    return ActivityDate(ACTUAL_END if is_actual else PLANNED_END, day, _precision(end))


def _precision(stated):
    if stated.precision == "day":
        return ()
    return (f"Stated as {stated}: the {stated.precision} is known, the day is not.",)
