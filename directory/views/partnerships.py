"""“Where are WOPs happening?”: the directory, as a list, a map or a table of the same filtered set."""

from django.core.paginator import InvalidPage, Page, Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from directory.discovery import open_graph
from directory.downloads import DOWNLOADS
from directory.facets import Facets
from directory.filters.base import unknown_parameters
from directory.filters.indexed import BEST
from directory.filters.partnerships import ORDERINGS, VIEWS, PartnershipFilter
from directory.map import map_of
from directory.map_sheets import SHEETS
from directory.map_zooms import zooms_of
from directory.query_strings import label_of, query_of, sentence, sharper, values_of
from directory.table import table_of, unknown_columns
from directory.wording import entry_of
from partnerships.models import PartnershipVersion
from reports.querysets import with_report_count
from vocabularies.localised import labelled

TYPED = {"q", "ordering", "year_from", "year_to", "cost_max", "has_report"}
"""Parameters that have a field of their own in the form of a list."""
PER_PAGE = {"list": 20, "map": 20, "table": 50}


class CountedPaginator(Paginator):
    """A Paginator whose number of rows is already known."""

    def __init__(self, rows, per_page, *, count):
        super().__init__(rows, per_page)
        self.known_count = count

    @cached_property
    def count(self):
        return self.known_count


@require_safe
def partnerships(request):
    """An invalid value is answered by 400 with its message and no rows."""
    filterset = PartnershipFilter(request.GET, PartnershipVersion.objects.published())
    view = filterset.asked.get("view") or "list"
    facets = Facets(filterset)
    shown = facets.as_list() if filterset.is_valid() else []
    rows = filterset.qs.read_as(as_lines)
    page, page_error = page_of(request, CountedPaginator(rows, PER_PAGE[view], count=facets.total))
    drawing = map_of(filterset.qs.as_queryset(), SHEETS.get(request.GET.get("zoom", "")))
    context = {
        "section": "partnerships",
        "filterset": filterset,
        "view": view,
        "views": [(code, label, code == view) for code, label in VIEWS.items()],
        "orderings": [(code, label) for code, label in ORDERINGS.items() if code != BEST or filterset.asked.get("q")],
        "facets": shown,
        "kept": carried(request, filterset, shown),
        "sentence": sentence(filterset, facets.total),
        "provenance": _provenance(facets.provenance()),
        "sharper": sharper(filterset, shown),
        "chips": chips(request, filterset),
        "clear_url": reverse("directory:partnerships"),
        "ordering": filterset.ordering,
        "map": drawing,
        "zooms": zooms_of(drawing) if view == "map" else [],
        "downloads": DOWNLOADS,
        "page_obj": page,
        "insisting": f"{query_of(filterset)}&exact=1",
        "problems": problems(request, filterset, page_error),
        "entries": [entry_of(version) for version in page] if view != "map" else [],
    }
    if view == "table":
        context |= _table(request, context)
    context |= _addressed(filterset, context, view)
    return render(request, "directory/partnerships.html", context, status=400 if context["problems"] else 200)


def _provenance(counts):
    """How many of those found are compiled, reported, confirmed, in words; differences only where there are any."""
    if not counts:
        return []
    words = {
        "public-sources": ngettext(
            "%(count)s compiled from public sources", "%(count)s compiled from public sources", counts["public-sources"]
        ),
        "reported": ngettext("%(count)s reported by a partner", "%(count)s reported by a partner", counts["reported"]),
        "both-sides": ngettext(
            "%(count)s confirmed by both sides", "%(count)s confirmed by both sides", counts["both-sides"]
        ),
        "difference": ngettext(
            "%(count)s in which a partner reports a difference",
            "%(count)s in which a partner reports a difference",
            counts["difference"],
        ),
    }
    shown = [code for code in words if code != "difference" or counts[code]]
    return [words[code] % {"count": number_format(counts[code], force_grouping=True)} for code in shown]


def _table(request, context):
    """The columns stand in the address beside the filters, as the fields of the form that chooses them."""
    codes = [code for code in request.GET.getlist("column") if code]
    wrong = [{"text": text, "remove_url": _without(request, "column")} for text in unknown_columns(codes)]
    return {
        "table": table_of(context["page_obj"], context["entries"], codes, context["ordering"]),
        "problems": context["problems"] + wrong,
    }


def as_lines(versions):
    """``versions`` with all that a line of the list shows."""
    return with_report_count(versions.with_years()).for_list()


def _addressed(filterset, context, view):
    """What other programs are told of this page; nothing while the question is not valid."""
    if context["problems"]:
        return {"canonical": ""}
    as_usual = view == "list" and not filterset.asked["ordering"]
    page = context["page_obj"].number
    return {
        "query": query_of(filterset),
        "canonical_query": query_of(filterset, page=page if as_usual and page > 1 else ""),
        "discovery": open_graph.of_directory(filterset, context["page_obj"].paginator.count),
    }


def problems(request, filterset, page_error=""):
    """What is wrong with the question, each with the address without that parameter."""
    found = [
        {"text": labelled(filterset.filters[name].label, error), "remove_url": _without(request, name)}
        for name, errors in filterset.form.errors.items()
        for error in errors
    ]
    if page_error:
        found.append({"text": page_error, "remove_url": _without(request, "page")})
    return found


def strict_problems(request, filterset, *more):
    """What is wrong with a question that no person typed, in words: a parameter that nobody has is wrong too.

    ``more``: parameters beside the filters. Pages let others pass: mails and networks hang theirs on every link.
    """
    unknown = unknown_parameters(request.GET, [*filterset.filters, *more])
    return [words for found in unknown.values() for words in found] + [
        problem["text"] for problem in problems(request, filterset)
    ]


def page_of(request, paginator):
    """(the Page that ``?page=`` asks for, "") or (an empty Page, what is wrong with it)."""
    try:
        return paginator.page(request.GET.get("page") or 1), ""
    except InvalidPage:
        error = ngettext(
            "There is no page “%(page)s”; there is %(pages)s.",
            "There is no page “%(page)s”; there are %(pages)s.",
            paginator.num_pages,
        )
        return Page([], 1, paginator), error % {"page": request.GET["page"], "pages": paginator.num_pages}


def chips(request, filterset, unsaid=("ordering", "view")):
    """The active filters but ``unsaid``, each with the address that takes it away."""
    return [
        {"label": label_of(filterset, name, value), "remove_url": _without(request, name, value)}
        for name, value in values_of(filterset, unsaid)
    ]


def _without(request, name, value=None):
    """The address of this page without the parameter, or without one of its several values."""
    query = request.GET.copy()
    values = query.getlist(name)
    query.setlist(name, [one for one in values if one != str(value)] if value and len(values) > 1 else [])
    query.pop("page", None)
    return f"?{query.urlencode()}"


def carried(request, filterset, facets):
    """(name, value) of what was asked validly and no field of the form shows: it goes along unseen.

    While a value is invalid there are no facets, so everything ticked is carried too: mending one
    value loses nothing.
    """
    shown = TYPED | {facet.name for facet in facets} | set(filterset.form.errors)
    return [(name, value) for name in filterset.filters if name not in shown for value in request.GET.getlist(name)]
