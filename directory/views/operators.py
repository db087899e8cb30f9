"""Organisations of every kind: the list, by default of the operators, and a page for each."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from directory.archived import archived_organisation
from directory.discovery import open_graph
from directory.filters.partnerships import ORGANISATION_ORDERINGS, OrganisationFilter
from directory.organisation_facets import OrganisationFacets
from directory.organisation_pages import (
    figures_of,
    hosted_by,
    lines_of,
    partners_of,
    path_of,
    place_of,
    role_groups_of,
    strong_areas_of,
)
from directory.query_strings import any_of, in_sentence, query_of
from directory.views.partnerships import CountedPaginator, carried, chips, page_of, problems
from directory.views.profile import answer_gone
from directory.wording import worded
from operators.models import Organisation
from vocabularies.formatting import language_in_sentence

PER_PAGE = 50


@require_safe
def operators(request):
    """An invalid value is answered by 400 with its message and no rows."""
    filterset = OrganisationFilter(request.GET, Organisation.objects.published())
    facets = OrganisationFacets(filterset)
    rows = filterset.qs.select_related("country")
    page, page_error = page_of(request, CountedPaginator(rows, PER_PAGE, count=facets.total))
    valid = filterset.is_valid()
    shown = facets.as_list() if valid else []
    context = {
        "section": "operators",
        "filterset": filterset,
        "facets": shown,
        "kept": carried(request, filterset, shown),
        "groups": facets.groups if valid else [],
        "orderings": ORGANISATION_ORDERINGS.items(),
        "ordering": filterset.data.get("ordering") or "name",
        "sentence": sentence(filterset, facets.total),
        "chips": chips(request, filterset, unsaid=("ordering", "group")),
        "clear_url": reverse("directory:operators"),
        "page_obj": page,
        "problems": problems(request, filterset, page_error),
        "lines": lines_of(page),
        "canonical_query": query_of(filterset, page=page.number if page.number > 1 else ""),
    }
    if context["problems"]:
        context["canonical"] = ""
    return render(request, "directory/operators.html", context, status=400 if context["problems"] else 200)


def sentence(filterset, count):
    """The result as a sentence: “12 operators as mentor on non-revenue water in Kenya”."""
    if not filterset.is_valid():
        return _("No result")
    asked = filterset.asked
    kinds, roles, topics, countries, regions = (
        [str(filterset.label_of(name, code)) for code in asked.get(name) or []]
        for name in ("kind", "role", "area", "country", "region")
    )
    parts = [_total(filterset.chosen_group, count)]
    for form, labels in (
        (_("of the kind %(labels)s"), kinds),
        (_("as %(labels)s"), roles),
        (_("on %(labels)s"), topics),
    ):
        if labels:
            parts.append(form % {"labels": any_of([in_sentence(label) for label in labels])})
    if spoken := [language_in_sentence(code) for code in asked.get("language") or []]:
        parts.append(_("speaking %(labels)s") % {"labels": any_of(spoken)})
    if places := [any_of(labels) for labels in (countries, regions) if labels]:
        parts.append(_("in %(places)s") % {"places": ", ".join(places)})
    if text := asked.get("q"):
        parts.append(_("for “%(text)s”") % {"text": text})
    return " ".join(parts)


def _total(group, count):
    if group == "operators":
        text = ngettext("%(count)s operator", "%(count)s operators", count)
    elif group == "others":
        text = ngettext("%(count)s other organisation", "%(count)s other organisations", count)
    else:
        text = ngettext("%(count)s organisation", "%(count)s organisations", count)
    return text % {"count": number_format(count, force_grouping=True)}


@require_safe
def operator(request, slug):
    """A published organisation of any kind; an archived one is gone, any other is not there."""
    organisation = Organisation.objects.published().select_related("country").filter(slug=slug).first()
    if organisation is None:
        return answer_gone(request, archived_organisation(slug=slug))
    groups = role_groups_of(organisation)
    context = {
        "section": "operators",
        "organisation": organisation,
        "crumbs": [(_("Operators and other organisations"), reverse("directory:operators"))],
        "place": place_of(organisation),
        "about": worded(organisation.about, organisation.about_language),
        "services": organisation.services.all(),
        "working_languages": organisation.languages.all(),
        "former_names": organisation.former_names.all(),
        "figures": figures_of(organisation),
        "needs": organisation.needs.select_related("area"),
        "strengths": organisation.strengths.select_related("area"),
        "groups": groups,
        "path": path_of(groups),
        "partners": partners_of(organisation),
        "strong_areas": strong_areas_of(organisation),
        "hosted": hosted_by(organisation),
        "programmes": organisation.funded_programmes.all(),
    }
    context["discovery"] = open_graph.of_organisation(
        organisation, *(context[name] for name in ("place", "former_names", "working_languages"))
    )
    return render(request, "directory/operator.html", context)
