"""Which platform reviews what: one rule for forms, imports and the desk. It reads platforms and imports no model."""

from functools import cached_property

from vocabularies.models import area_chain

LEVELS_FROM_LOWEST = ("national", "subregional", "regional", "global")


class Routing:
    """The rule on ``platforms``, a queryset: what it reads, it reads once for however many entries."""

    def __init__(self, platforms):
        self._platforms = platforms

    @cached_property
    def _active(self):
        return list(self._platforms.filter(status="active").prefetch_related("areas", "countries"))

    @cached_property
    def _reaches(self):
        """[(active platform, what it covers)], the lowest level first."""
        return [(platform, _reach_of(platform)) for platform in sorted(self._active, key=_lowest_first)]

    @cached_property
    def is_staffed(self):
        """Whether anybody serves any platform: without, nobody need be looked for."""
        return self._platforms.filter(members__isnull=False).exists()

    def reviewing(self, named, *country_groups):
        """The platform that reviews an entry.

        ``named``: the platforms that the entry names, in its order; the first one reviews.
        ``country_groups``: iterables of Country, those of the mentees first, then of the peers, then of
        the mentors. Without a named platform the lowest active one that covers a country of the
        first group that any platform covers reviews. Falls back to the global platform; None
        only while there is none.
        """
        if named:
            return named[0]
        overall = next((platform for platform in self._active if platform.level == "global"), None)
        return self.covering(*country_groups) or overall

    def covering(self, *country_groups):
        """The lowest active platform that covers a country of the first group that any covers; None without one.

        Ties go to the lower primary key.
        """
        for countries in map(list, country_groups):
            for platform, reach in self._reaches:
                if _covers_any(reach, countries):
                    return platform
        return None


def covering(countries, platforms):
    """Those of ``platforms`` that cover one of ``countries``, the lowest level first: to whom its operators may turn.

    Prefetch ``areas`` and ``countries``; planned and dormant platforms stay in, for the caller to mark.
    """
    return sorted((one for one in platforms if _covers_any(_reach_of(one), countries)), key=_lowest_first)


def _reach_of(platform):
    """(the M49 codes of its areas, the codes of its single countries)."""
    return {area.pk for area in platform.areas.all()}, {country.pk for country in platform.countries.all()}


def _covers_any(reach, countries):
    areas, singles = reach
    return any(country.pk in singles or not areas.isdisjoint(area_chain(country)) for country in countries)


def _lowest_first(platform):
    return LEVELS_FROM_LOWEST.index(platform.level), platform.pk
