"""Countries and regions: the lists, and a page for each."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.place_pages import by_region, counted_countries, counted_regions, country_page, region_page
from directory.regions import area_regions, gwopa_regions, region_of, regions_of
from vocabularies.models import Country


@require_safe
def countries(request):
    """Every country and territory with an operator or a published partnership, by region."""
    context = {"section": "partnerships", "crumbs": _crumbs(), "groups": by_region(counted_countries())}
    return render(request, "directory/countries.html", context)


@require_safe
def country(request, code):
    """An empty one says so; a code in small letters leads to the one address."""
    found = Country.objects.with_areas().filter(code=code.upper()).first()
    if found is None:
        raise Http404
    if code != found.code:
        return redirect("directory:country", found.code, permanent=True)
    crumbs = [*_crumbs(), (_("Countries and territories"), reverse("directory:countries"))]
    context = {"section": "partnerships", "name": str(found), "crumbs": crumbs, "regions": regions_of(found)}
    return render(request, "directory/place.html", context | country_page(found))


@require_safe
def regions(request):
    """The regions of GWOPA, and the areas of M49."""
    counted = counted_countries()
    context = {
        "section": "partnerships",
        "crumbs": _crumbs(),
        "gwopa": counted_regions(gwopa_regions(), counted),
        "areas": counted_regions(area_regions(), counted),
    }
    return render(request, "directory/regions.html", context)


@require_safe
def region(request, slug):
    """The code of an area leads to the one address."""
    found = region_of(slug)
    if found is None:
        raise Http404
    if slug != found.slug:
        return redirect(found.url, permanent=True)
    inside = [one for one in counted_countries() if found.has(one.place)]
    crumbs = [*_crumbs(), (_("Regions"), reverse("directory:regions"))]
    context = {"section": "partnerships", "name": found.name, "crumbs": crumbs, "countries": inside}
    return render(request, "directory/place.html", context | region_page(found))


def _crumbs():
    return [(_("Partnerships"), reverse("directory:partnerships"))]
