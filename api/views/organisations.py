"""Published organisations of every kind."""

from types import SimpleNamespace

from django.utils.translation import gettext_lazy as _

from api.serializers.organisations import Organisation
from api.views.read_only import by_name, reading_list, reading_one, refuse
from directory.archived import archived_organisation
from directory.filters.partnerships import OrganisationFilter
from directory.organisation_pages import role_counts, strong_areas_of
from operators.models import Organisation as Model

NEEDED = {
    "services": ["services"],
    "languages": ["languages"],
    "figures": ["figures__indicator"],
    "former_names": ["former_names"],
    "needs": ["needs__area"],
    "strengths": ["strengths__area"],
    "hosted_platforms": ["hosted_platforms__platform"],
    "funded_programmes": ["funded_programmes"],
}
"""{property: what is fetched for it}."""


@reading_list(
    Organisation,
    name="organisations_list",
    summary=_("Organisations"),
    about=_("Published operators; ?group= or ?kind= asks for other organisations too."),
    filters=OrganisationFilter,
)
def organisations(question):
    """Operators, unless ?group= or ?kind= asks for others: the same set as the page."""
    found = question.found(Model.objects.published())
    return _complete(question.page(_with_needed(found, question.shown)), question.shown)


@reading_one(
    Organisation,
    name="organisations_read",
    summary=_("One organisation"),
    about=_("By its key, which never changes, or by its address on the pages."),
    modified=lambda organisation: organisation.updated_at,
    can_be_gone=True,
)
def organisation(question, name):
    """By its key, or by its address on the pages."""
    found = by_name(_with_needed(Model.objects.published(), question.shown), name)
    if found is None:
        refuse(archived_organisation(key=name) or archived_organisation(slug=name))
    return _complete([found], question.shown)[0]


def _with_needed(organisations, shown):
    needed = [path for name in shown for path in NEEDED.get(name, ())]
    return organisations.select_related("country").prefetch_related(*needed)


def _complete(organisations, shown):
    counts = role_counts(organisations) if "roles" in shown else {}
    for one in organisations:
        if "roles" in shown:
            sides = {side: counts[one.pk, side] for side in ("mentor", "mentee", "peer", "partner", "other")}
            one.roles = SimpleNamespace(**sides)
        if "strong_areas" in shown:
            one.strong_areas = strong_areas_of(one)
    return organisations
