"""Names under which a place is looked for: its own, and those of the areas and regions around it, in all languages."""

import re
from functools import cache, lru_cache

from django.utils.translation import override

from vocabularies.localised import LANGUAGE_CODES
from vocabularies.models import Area, Country, GwopaRegion

TOO_WIDE = {"001", "003"}
"""The world, and North America as M49 has it, with the Caribbean: who asks for it means Northern America."""
AND = re.compile(r" (?:and(?: the)?|y(?: el)?|et(?: les?)?|e(?: o)?) ")


class Places:
    """Reads countries and areas once, for as many as are asked for."""

    def __init__(self):
        areas = {area.code: area.all_names() for area in Area.objects.all()}
        taken = {name for names in areas.values() for name in names}
        countries = Country.objects.with_areas()
        self._lie_in = {country.pk: country.area_codes() for country in countries}
        taken |= {name for country in countries for name in country.all_names()}
        self._areas = {code: _alone(names, taken) for code, names in areas.items() if code not in TOO_WIDE}
        labels = {region: in_all_languages(region.label) for region in GwopaRegion}
        self._regions = {region: _alone(names, taken) for region, names in labels.items()}

    def names(self, *countries):
        """Those of ``countries`` and of what lies around them, each once."""
        found = [name for country in countries for name in country.all_names()]
        codes = [code for country in countries for code in self._lie_in[country.pk]]
        found += [name for code in codes for name in self._areas.get(code, ())]
        found += [name for country in countries for name in self._regions.get(country.gwopa_region, ())]
        return list(dict.fromkeys(found))

    def of_areas(self, *areas):
        return [name for area in areas for name in self._areas.get(area.code, ())]


@lru_cache(maxsize=2)
def places_at(stamp):
    """The same for pages, kept until something is published or edited."""
    return Places()


def _alone(names, taken):
    """Of *Latin America and the Caribbean* the first half: who asks for the Caribbean does not mean Peru.

    Nothing of *Asia and the Pacific*: both are ``taken`` by places of their own.
    """
    firsts = (AND.split(name)[0] if AND.search(name) else "" for name in names)
    return [first or name for name, first in zip(names, firsts, strict=True) if not first or first not in taken]


@cache
def in_all_languages(label):
    """A label of the interface as it reads in each of its languages."""
    names = []
    for code in LANGUAGE_CODES:
        with override(code):
            names.append(str(label))
    return list(dict.fromkeys(names))
