"""The regions that have a page: those of GWOPA and the areas of M49 within them."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import override

from vocabularies.models import Area, GwopaRegion

WORLD = "001"


@dataclass(frozen=True)
class Region:
    """``code`` is what ``?region=`` takes; ``area`` is None for a region of GWOPA."""

    code: str
    slug: str
    name: str
    area: Area | None = None

    @property
    def url(self):
        return reverse("directory:region", args=[self.slug])

    def has(self, country):
        """Whether the Country lies in it; fetch it with its area."""
        return self.code in country.area_codes() if self.area else country.gwopa_region == self.code


def gwopa_regions():
    return [Region(str(code), str(code), str(label)) for code, label in GwopaRegion.choices]


def area_regions():
    """In one query, in the order of their codes. Not the world, nor what bears the name of a region of GWOPA."""
    with override("en"):
        taken = {slugify(label) for label in GwopaRegion.labels}
    areas = [(slugify(area.name_en), area) for area in Area.objects.exclude(code=WORLD)]
    return [Region(area.code, slug, str(area), area) for slug, area in areas if slug not in taken]


def region_of(text):
    """The Region with this slug or code; None when there is none."""
    return next((one for one in (*gwopa_regions(), *area_regions()) if text in (one.slug, one.code)), None)


def regions_of(country):
    """The regions that have the Country, that of GWOPA first, then from the smallest area up."""
    codes = country.area_codes()
    areas = sorted((one for one in area_regions() if one.has(country)), key=lambda one: codes.index(one.code))
    return [one for one in gwopa_regions() if one.has(country)] + areas
