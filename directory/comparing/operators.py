"""Organisations side by side."""

from django.utils.html import format_html
from django.utils.translation import gettext as _

from directory.organisation_pages import (
    figures_of,
    hosted_by,
    place_of,
    role_counts,
    role_texts,
    strong_areas_of,
)
from directory.wording import worded
from operators.models import Organisation

LINK = '<a href="{}">{}</a>'
NEEDED = ("services", "languages", "former_names", "needs__area", "strengths__area", "funded_programmes")


def organisations_of(slugs):
    """{slug: the published Organisation}."""
    found = Organisation.objects.published().filter(slug__in=slugs).select_related("country")
    return {one.slug: one for one in found.prefetch_related(*NEEDED)}


def facts_of(organisations):
    """[{label: text or texts}] of ``organisations``."""
    counts = role_counts(organisations)
    return [_facts(organisation, counts) for organisation in organisations]


def _facts(organisation, counts):
    return {
        _("Acronym"): organisation.acronym if organisation.acronym != organisation.name else "",
        _("Kind"): organisation.get_kind_display(),
        _("Place"): place_of(organisation),
        _("Services"): [str(service) for service in organisation.services.all()],
        _("Working languages"): [str(row) for row in organisation.languages.all()],
        _("Published partnerships"): [
            text % {"count": counts[organisation.pk, side]}
            for side, text in role_texts().items()
            if counts[organisation.pk, side]
        ],
        _("Areas of its work as mentor"): [
            format_html(LINK, area["url"], f"{area['label']} ({area['count']})")
            for area in strong_areas_of(organisation)
        ],
        **_figures(organisation),
        _("Where it can help"): [str(row.area) for row in organisation.strengths.all()],
        _("Where it looks for help"): [str(row.area) for row in organisation.needs.all()],
        _("Former names"): [former.name for former in organisation.former_names.all()],
        _("Platforms it hosts or hosted"): [
            format_html(LINK, row["url"], row["what"]) for row in hosted_by(organisation)
        ],
        _("Programmes it funds"): [str(programme) for programme in organisation.funded_programmes.all()],
        _("About"): worded(organisation.about, organisation.about_language),
    }


def _figures(organisation):
    """“Employees, sanitation”: “340 persons (2013)”."""
    found = {}
    for figure in figures_of(organisation):
        found.setdefault(figure.label, []).append(f"{figure.amount} ({figure.year})")
    return found
