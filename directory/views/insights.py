"""What the published partnerships tell together, and what one that somebody plans may cost."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.facets import Facets
from directory.forms import ShapeForm
from directory.guide import GET_INVOLVED
from directory.insights.costs import RULE_OF_THUMB, Shape, costs_of, grouped
from directory.insights.page import Insights, table_of_costs
from directory.query_strings import query_of, title_of
from directory.selection import question
from directory.views.partnerships import carried, chips, problems
from directory.wording import entry_of
from partnerships.models import PartnershipVersion
from reports.querysets import with_report_count

LISTED = 20
"""Partnerships of a shape that are listed; the table has all."""


@require_safe
def insights(request):
    """The charts of a question to the directory; an invalid value is answered by 400 and no chart."""
    filterset = question(request.GET)
    is_valid = filterset.is_valid()
    facets = Facets(filterset).as_list() if is_valid else []
    told = Insights(filterset)
    context = {
        "section": "insights",
        "filterset": filterset,
        "facets": facets,
        "kept": carried(request, filterset, facets),
        "chips": chips(request, filterset),
        "clear_url": reverse("directory:insights"),
        "problems": problems(request, filterset),
        "total": told.total if is_valid else 0,
        "charts": told.charts() if is_valid and told.total else [],
    }
    if is_valid:
        query = query_of(filterset)
        context |= {"query": query, "canonical_query": query, "question": title_of(filterset)}
    else:
        context["canonical"] = ""
    return render(request, "directory/insights.html", context, status=200 if is_valid else 400)


@require_safe
def costs(request):
    """A shape in, the rule of thumb and what published WOPs of that shape cost out; bad input keeps what was typed."""
    form = ShapeForm(request.GET)
    context = {
        "section": "insights",
        "crumbs": [(_("Insights"), reverse("directory:insights"))],
        "form": form,
    }
    if form.is_valid():
        context |= _compared(form.shape)
    else:
        context["canonical"] = ""
    return render(request, "directory/costs.html", context, status=200 if form.is_valid() else 400)


def _compared(shape: Shape):
    published = PartnershipVersion.objects.published()
    known = costs_of(published)
    alike = [cost for cost in known if shape.is_like(cost)]
    return {
        "shape": shape,
        "limit": RULE_OF_THUMB,
        "sources": [GET_INVOLVED],
        "total": published.count(),
        "stated": len(known),
        "comparisons": [(_("Of that shape"), grouped(alike)), (_("Of any shape"), grouped(known))],
        "alike": len(alike),
        "without_dollars": sum(cost.usd is None for cost in alike),
        "listed": _listed(alike[:LISTED]),
        "table": table_of_costs(alike),
    }


def _listed(costs):
    """[(Entry, Cost)] of ``costs``."""
    rows = with_report_count(PartnershipVersion.objects.published().with_years()).for_list()
    entries = {one.pk: entry_of(one) for one in rows.filter(pk__in=[cost.version for cost in costs])}
    return [(entries[cost.version], cost) for cost in costs]
