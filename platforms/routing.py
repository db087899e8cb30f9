"""Which platform reviews an entry: one rule for forms, imports and the desk."""

from platforms.models import LEVELS_FROM_LOWEST, Level, Platform
from vocabularies.models import area_chain


def reviewing_platform(named, *country_groups):
    """The platform that reviews an entry.

    ``named``: the platforms that the entry names, in its order; the first one reviews.
    ``country_groups``: iterables of Country, those of the mentees first, then of the peers, then of
    the mentors. Without a named platform the lowest-level active platform that covers a country of the
    first group that any platform covers reviews; ties go to the lower primary key. Falls back to
    the global platform; None only while there is none.
    """
    if named:
        return named[0]
    platforms = list(Platform.objects.filter(status=Platform.Status.ACTIVE).prefetch_related("areas", "countries"))
    for countries in country_groups:
        covering = [platform for platform in platforms if _covers_any(platform, countries)]
        if covering:
            return min(covering, key=_lowest_first)
    return next((platform for platform in platforms if platform.level == Level.GLOBAL), None)


def covering(country, platforms):
    """Those of ``platforms`` that cover the Country, the lowest level first: to whom its operators may turn.

    Prefetch ``areas`` and ``countries``; planned and dormant platforms stay in, for the caller to mark.
    """
    return sorted((one for one in platforms if _covers_any(one, [country])), key=_lowest_first)


def above(platform):
    """The platform above: its parent, for one without parent the global platform, above that None."""
    if platform.parent_id:
        return platform.parent
    if platform.level == Level.GLOBAL:
        return None
    return Platform.objects.filter(level=Level.GLOBAL).first()


def line_of(platform):
    """The platform and all above it, lowest first: where its entries may be decided."""
    line = []
    while platform is not None and platform not in line:
        line.append(platform)
        platform = above(platform)
    return line


def _covers_any(platform, countries):
    areas = {area.pk for area in platform.areas.all()}
    singles = {country.pk for country in platform.countries.all()}
    return any(country.pk in singles or areas & set(area_chain(country)) for country in countries)


def _lowest_first(platform):
    return LEVELS_FROM_LOWEST.index(platform.level), platform.pk
