"""Dates as precise as their source: a year, a month or a day, without a time zone.

A partial date is stored as its ISO 8601 text: ``2014``, ``2014-12``, ``2014-12-03``; unknown is
``""``. The text sorts and compares like the date, so SQL needs nothing special on either
database, and what was only a year can never turn into 1 January (docs/decisions/0002-partial-dates.md).
"""

import calendar
import datetime
import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import formats
from django.utils.translation import gettext_lazy as _

SHAPE = re.compile(r"(?P<year>\d{4})(-(?P<month>\d{2})(-(?P<day>\d{2}))?)?", re.ASCII)
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
