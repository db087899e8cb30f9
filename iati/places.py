"""Who receives: one country is a fact, how several share is not.

The standard wants shares that sum to 100 as soon as there are several countries, and nobody ever states them. So the
smallest region that holds all of them receives the whole, and the countries stand below as locations, which need no
share (docs/decisions/0018-iati.md).
"""

from dataclasses import dataclass

from iati.elements import NOTES, add, add_narratives, labels, said, told
from partnerships.models import EQUAL_ROLES, RIGHT_ROLES, Role
from vocabularies.models import Area, Country

RECIPIENTS = (*RIGHT_ROLES, *EQUAL_ROLES, Role.BENEFICIARY)
"""Peers learn from each other: both sides receive. Of partners nobody says who does: neither side is left out."""
WHOLE = "100"
WORLD = "001"
UN_M49 = "2"
ISO_COUNTRY = "A4"
NOT_SHARED = "How the partnership is shared among the countries is not stated; they stand below as locations."
PARTLY_UNKNOWN = "The country of a partner is not known; those that are stand below as locations."
WORK = "Where the work is done, as the entry says it."
NO_SHARE = "Country of a partner that receives support. Its share is not stated."


@dataclass(frozen=True)
class World:
    """Which areas lie around each country."""

    lineages: dict
    areas: dict

    @classmethod
    def load(cls):
        lineages = {country.pk: country.area_codes() for country in Country.objects.with_areas()}
        return cls(lineages, Area.objects.in_bulk())

    def around(self, countries):
        """The smallest M49 Area that holds all of ``countries``."""
        first, *others = (self.lineages[country.pk] for country in countries)
        return self.areas[next(code for code in first if all(code in other for other in others))]


def add_places(activity, version, world):
    """recipient-country or recipient-region, and location: of the work, and of countries whose share is not stated."""
    _add_countries(activity, version, world)
    if place := told(version, "place"):
        location = add(activity, "location")
        add_narratives(add(location, "name"), place)
        add_narratives(add(location, "description"), said(WORK))


def _add_countries(activity, version, world):
    rows = [row for row in version.involvements.all() if row.role in RECIPIENTS]
    countries = list(dict.fromkeys(row.place for row in rows if row.place))
    is_partly_unknown = not all(row.place for row in rows)
    if len(countries) == 1 and not is_partly_unknown:
        country = add(activity, "recipient-country", {"code": countries[0].pk, "percentage": WHOLE})
        add_narratives(country, labels(countries[0]))
        return
    area = world.areas[WORLD] if is_partly_unknown else world.around(countries)
    _add_region(activity, area, PARTLY_UNKNOWN if is_partly_unknown else NOT_SHARED)
    for country in countries:
        _add_location(activity, country)


def _add_region(activity, area, remark):
    attributes = {"code": area.pk, "vocabulary": UN_M49, "percentage": WHOLE}
    region = add(activity, "recipient-region", attributes)
    add_narratives(region, [(NOTES, f"{area.name_en}. {remark}"), *labels(area)])


def _add_location(activity, country):
    location = add(activity, "location")
    add(location, "location-id", {"code": country.pk, "vocabulary": ISO_COUNTRY})
    add_narratives(add(location, "name"), labels(country))
    add_narratives(add(location, "description"), said(NO_SHARE))
