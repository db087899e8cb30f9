"""Which platform reviews what: one rule for forms, imports and the desk. It reads platforms and imports no model."""

from vocabularies.models import area_chain

LEVELS_FROM_LOWEST = ("national", "subregional", "regional", "global")


def lowest_covering(platforms, country_groups):
    """The lowest of ``platforms`` that covers a country of the first group that any of them covers; None without one.

    Ties go to the lower primary key. Prefetch ``areas`` and ``countries``.
    """
    for countries in country_groups:
        found = [platform for platform in platforms if _covers_any(platform, countries)]
        if found:
            return min(found, key=_lowest_first)
    return None


def covering(country, platforms):
    """Those of ``platforms`` that cover the Country, the lowest level first: to whom its operators may turn.

    Prefetch ``areas`` and ``countries``; planned and dormant platforms stay in, for the caller to mark.
    """
    return sorted((one for one in platforms if _covers_any(one, [country])), key=_lowest_first)


def _covers_any(platform, countries):
    areas = {area.pk for area in platform.areas.all()}
    singles = {country.pk for country in platform.countries.all()}
    return any(country.pk in singles or areas & set(area_chain(country)) for country in countries)


def _lowest_first(platform):
    return LEVELS_FROM_LOWEST.index(platform.level), platform.pk
