"""Dates as precise as their source: a year, a month or a day, without a time zone.

A partial date is stored as its ISO 8601 text: ``2014``, ``2014-12``, ``2014-12-03``; unknown is
``""``. The text sorts and compares like the date, so SQL needs nothing special on either
database, and what was only a year can never turn into 1 January (docs/decisions/0002-partial-dates.md).
"""

import calendar
import datetime
import re
from functools import cache
from itertools import product

from babel.dates import get_month_names
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from vocabularies.localised import LANGUAGE_CODES
from vocabularies.search import folded

SHAPE = re.compile(r"(?P<year>\d{4})(-(?P<month>\d{2})(-(?P<day>\d{2}))?)?", re.ASCII)
WORD = re.compile(r"[0-9]+|[^\W\d_]+")
OTHER_SIGN = re.compile(r"[^\w\s.,/'’ºª°()–—-]")
"""None that stands in a date: “<2014” and “~2014” say more than “2014” does."""
LITTLE_WORDS = {"de", "del", "d", "do", "of", "the", "le", "el", "em", "en", "in", "st", "nd", "rd", "th", "er", "o"}
BETWEEN = {"to", "until", "and", "a", "al", "y", "e", "hasta", "au", "et", "ate"}
INTRODUCING = {"from", "between", "entre", "desde", "du"}
DASH = re.compile(r"[–—-]")
DAY = datetime.timedelta(days=1)
LONGEST = 60
"""Characters of a date in words."""
POSSIBLE = [[1, 1, 2], [1, 2, 2], [2, 2, 2], [1, 2, 0], [2, 2, 0], [2, 0, 0]]
"""How many years, names of months and days say when something began and ended: what is said once holds for both."""
INVALID = _("Write a year (2014), a month (2014-12) or a day (2014-12-03).")


class PartialDate(str):
    """An ISO date cut after the year, the month or not at all. Empty means unknown."""

    __slots__ = ()

    @classmethod
    def parse(cls, text):
        """``text`` as a PartialDate; ValidationError unless empty or a date that exists."""
        text = (text or "").strip()
        if text and not cls._exists(text):
            raise ValidationError(INVALID, code="invalid")
        return cls(text)

    @staticmethod
    def _exists(text):
        match = SHAPE.fullmatch(text)
        if not match:
            return False
        try:
            datetime.date(*(int(match[part] or 1) for part in ("year", "month", "day")))
        except ValueError:
            return False
        return True

    @property
    def parts(self):
        return [int(part) for part in self.split("-")] if self else []

    @property
    def precision(self):
        return ["", "year", "month", "day"][len(self.parts)]

    @property
    def year(self):
        return self.parts[0] if self else None

    @property
    def earliest(self):
        """The first day it can mean, as datetime.date; None when unknown."""
        return datetime.date(*[*self.parts, 1, 1][:3]) if self else None

    @property
    def latest(self):
        """The last day it can mean, as datetime.date; None when unknown."""
        if not self:
            return None
        year, month, day = [*self.parts, None, None][:3]
        month = month or 12
        return datetime.date(year, month, day or calendar.monthrange(year, month)[1])

    def localised(self):
        """In words of the active language and never more precise than the source."""
        if self.precision == "day":
            return formats.date_format(self.earliest, "DATE_FORMAT")
        if self.precision == "month":
            return formats.date_format(self.earliest, "YEAR_MONTH_FORMAT")
        return str(self)


class AmbiguousDate(ValidationError):
    """Text that can mean two days. ``readings``: both PartialDates, the one with the day first before the other."""

    def __init__(self, text, readings):
        self.readings = readings
        meanings = {"text": text, "one": readings[0].localised(), "other": readings[1].localised()}
        super().__init__(
            _("“%(text)s” can mean %(one)s or %(other)s. Choose which."), code="ambiguous", params=meanings
        )


class SeveralDays(ValidationError):
    """Text that says when something began and when it ended. ``first`` and ``last`` are PartialDates."""

    def __init__(self, text, first, last):
        self.first, self.last = first, last
        meanings = {"text": text, "first": first.localised(), "last": last.localised()}
        words = _(
            "“%(text)s” lasts from %(first)s to %(last)s. Write %(first)s here and %(last)s where the end is asked for."
        )
        super().__init__(words, code="several", params=meanings)


def parse_date(text):
    """``text`` as people write dates in the languages of the portal, as a PartialDate; "" when it is empty.

    Raises AmbiguousDate where it can mean two days, SeveralDays where it has a beginning and an end, ValidationError
    where it is no date. A year has four digits.
    """
    text = text.strip()
    try:
        return _one_date(text)
    except AmbiguousDate:
        raise
    except ValidationError:
        if ends := _both_ends(text):
            raise SeveralDays(text, *ends) from None
        raise


def _one_date(text):
    if not text or SHAPE.fullmatch(text):
        return PartialDate.parse(text)
    if len(text) > LONGEST or OTHER_SIGN.search(text):
        raise ValidationError(INVALID, code="invalid")
    words = [word for word in WORD.findall(folded(text)) if word not in LITTLE_WORDS]
    numbers = [word for word in words if word.isdigit()]
    years = [number for number in numbers if len(number) == 4]
    others = [number for number in numbers if len(number) < 3]
    names = [word for word in words if not word.isdigit()]
    if len(years) != 1 or len(numbers) != len(years) + len(others) or len(names) + len(others) > 2:
        raise ValidationError(INVALID, code="invalid")
    if names:
        return _date(years[0], _month_called(names), *others)
    if len(others) < 2 or numbers[0] == years[0]:
        return _date(years[0], *others)
    return _day_and_month(text, years[0], others)


def _both_ends(text):
    """The PartialDates of “3-5 June 2014”, “30 May – 2 June 2014”, “2013-2014”; None of anything else."""
    if len(text) > LONGEST or OTHER_SIGN.search(text):
        return None
    words = [word for word in WORD.findall(folded(text)) if word not in LITTLE_WORDS | INTRODUCING]
    if not DASH.search(text) and not BETWEEN & set(words):
        return None
    words = [word for word in words if word not in BETWEEN]
    years = [word for word in words if len(word) == 4 and word.isdigit()]
    days = [word for word in words if len(word) < 3 and word.isdigit()]
    names = [word for word in words if not word.isdigit()]
    numbers = [len(years), len(names), len(days)]
    if sum(numbers) != len(words) or numbers not in POSSIBLE:
        return None
    try:
        months = [_month_called([name]) for name in names]
        first, last = (_date(*(part[end % len(part)] for part in (years, months, days) if part)) for end in (0, 1))
    except ValidationError:
        return None
    return (first, last) if first < last else None


def _day_and_month(text, year, others):
    """Before the year some write the day first and some the month; with points between them nobody does the latter."""
    day, month = others
    if "." in text or int(month) > 12:
        return _date(year, month, day) if "." in text else _date(year, day, month)
    if int(day) > 12 or int(day) == int(month):
        return _date(year, month, day)
    raise AmbiguousDate(text, [_date(year, month, day), _date(year, day, month)])


def _date(year, *month_and_day):
    return PartialDate.parse("-".join([year, *(f"{int(part):02}" for part in month_and_day)]))


def _month_called(names):
    """The number of a month by its name, or by how it begins, in any language of the portal."""
    found = {number for name, number in _months().items() if len(names) == 1 and len(names[0]) > 2
             and name.startswith(names[0])}  # fmt: skip
    if len(found) != 1:
        raise ValidationError(INVALID, code="invalid")
    return found.pop()


@cache
def _months():
    """{name: number}"""
    known = {"setiembre": 9}  # as in Peru and Uruguay
    for language, width, place in product(LANGUAGE_CODES, ("wide", "abbreviated"), ("format", "stand-alone")):
        for number, name in get_month_names(width, place, language).items():
            known[folded(name).strip(".")] = number
    return known


def span(first, last):
    """“3–5 June 2014”, “30 May – 2 June 2014” of two PartialDates: what both share is said once."""
    if not last or first == last:
        return first.localised()
    are_days = first.precision == last.precision == "day"
    if are_days and first.parts[:2] == last.parts[:2]:
        # In every language of the portal a date begins with its day.
        return f"{first.parts[2]}–{last.localised()}"
    is_one_year = are_days and first.year == last.year
    start = formats.date_format(first.earliest, "MONTH_DAY_FORMAT") if is_one_year else first.localised()
    return str(_("%(start)s – %(end)s") % {"start": start, "end": last.localised()})


def months_between(start, end):
    """(fewest, most) months that two known PartialDates may lie apart, the last day included."""
    fewest = _months_from(start.latest, end.earliest + DAY)
    return max(fewest, 0), _months_from(start.earliest, end.latest + DAY)


def _months_from(day, other):
    return 12 * (other.year - day.year) + other.month - day.month + (other.day - day.day) / 31


class PartialDateField(models.CharField):
    """A column of PartialDate values; ``""`` is unknown, NULL does not occur."""

    description = _("A year, a month or a day")

    def __init__(self, *args, **kwargs):
        kwargs |= {"max_length": 10, "blank": True, "default": ""}
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("max_length", "blank", "default"):
            kwargs.pop(fixed, None)
        return name, path, args, kwargs

    def from_db_value(self, value, expression, connection):
        return PartialDate(value or "")

    def to_python(self, value):
        return PartialDate.parse(value)

    def get_prep_value(self, value):
        return str(PartialDate.parse(value)) if value else ""


def in_order(start, end):
    """False only when ``end`` certainly lies before ``start``; unknown ends are in order."""
    return not (start and end) or PartialDate(end).latest >= PartialDate(start).earliest
