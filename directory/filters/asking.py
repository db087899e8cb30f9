"""What a filter asks of the index: said once, with the filter. Its facet follows from it (directory/facets.py)."""

from dataclasses import dataclass

from django.utils import timezone

from search.conditions import at_least, at_most, but, exactly, one_of
from search.fields import RUNNING


@dataclass(frozen=True)
class Terms:
    """Entries with one of the values in the field ``name``; its facet counts the field ``counted``, "" is none."""

    name: str
    counted: str | None = None

    def condition(self, values):
        return one_of(self.name, values if isinstance(values, list) else [values])

    @property
    def facet(self):
        return self.name if self.counted is None else self.counted


class Asks:
    """Something that no facet counts."""

    facet = ""


class Arranges(Asks):
    """It says how something is shown and finds nothing."""

    def condition(self, value):
        return None


class OfOneRow(Asks):
    """Asked together with others of one row: directory/filters/rows.py."""

    def condition(self, value):
        return None


class EndsFrom(Asks):
    """Entries that lasted until the year or longer; what is under way without an end lasts until now."""

    def condition(self, year):
        ends = at_least("last_year", year)
        return ends if year <= timezone.now().year else but(ends, exactly("last_year", RUNNING))


class BeginsUntil(Asks):
    def condition(self, year):
        return at_most("first_year", year)


class CostsAtMost(Asks):
    """An unknown cost never counts."""

    def condition(self, limit):
        return at_most("dollars", float(limit))
