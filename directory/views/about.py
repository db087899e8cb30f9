"""The guide: what a WOP is, and how to take part in one."""

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.guide import GET_INVOLVED, WHAT_ARE_WOPS, costs, counts, motivations, steps
from directory.platform_pages import coverage_of, from_the_top
from platforms.models import Platform
from platforms.routing import covering
from vocabularies.models import Country


@require_safe
def about(request):
    return redirect("directory:what-is-a-wop")


@require_safe
def what_is_a_wop(request):
    context = {"section": "about", "counts": counts(), "sources": [WHAT_ARE_WOPS]}
    return render(request, "directory/what_is_a_wop.html", context)


@require_safe
def get_involved(request):
    """``?country=`` names the platforms that cover a country; an unknown one is answered by 400."""
    countries = list(Country.objects.with_areas().by_name())
    code = request.GET.get("country", "")
    country = next((one for one in countries if one.pk == code), None)
    platforms = sorted(Platform.objects.prefetch_related("areas", "countries"), key=from_the_top)
    reasons, reports = motivations()
    context = {
        "section": "about",
        "steps": steps(),
        "costs": costs(),
        "counts": counts(),
        "motivations": reasons,
        "reports": reports,
        "countries": countries,
        "country": country,
        "platforms": [(one, coverage_of(one)) for one in (covering([country], platforms) if country else platforms)],
        "problems": _problems(code) if code and country is None else [],
        "sources": [GET_INVOLVED, WHAT_ARE_WOPS],
    }
    return render(request, "directory/get_involved.html", context, status=400 if context["problems"] else 200)


def _problems(code):
    text = _("Country: “%(value)s” is not known; a possible value is “%(example)s”.")
    return [{"text": text % {"value": code, "example": "LC"}, "remove_url": "?"}]
