"""Who takes part: country, region, organisation and role are asked of the same row of an entry."""

from functools import cached_property

from django.db.models import F, Q

from operators.models import Organisation
from search.conditions import one_of
from search.roles import ANY_SIDE
from vocabularies.models import Country

NAMES = ("country", "region", "organisation", "role")
PLACED = ("code", "gwopa_region", "area__lineage")


class Known:
    """Where the countries and organisations of a question lie: each looked up once, and only when it is needed."""

    def __init__(self, asked):
        self.asked = asked

    @cached_property
    def countries(self):
        """{code: codes of the regions around it}, of all of them: a facet asks for those that it counts."""
        return {code: _around(*place) for code, *place in Country.objects.order_by().values_list(*PLACED)}

    @cached_property
    def organisations(self):
        """[(key, slug, country, codes of the regions around it)]."""
        names = self.asked["organisation"]
        found = Organisation.objects.published().filter(Q(key__in=names) | Q(slug__in=names)).order_by()
        rows = found.values_list("key", "slug", *(F(f"country__{name}") for name in PLACED))
        return [(key, slug, code, _around(*place)) for key, slug, code, *place in rows]


def _around(gwopa_region, lineage):
    return {gwopa_region or "", *(lineage or "").strip("/").split("/")} - {""}


def condition(asked, known):
    """The entries with a row that answers all of ``asked``, {name: values}; None where nothing is asked of rows."""
    roles = asked.get("role") or [ANY_SIDE]
    if asked.get("organisation"):
        return one_of("parties", _each(roles, _organisations(asked, known)))
    if places := _places(asked, known):
        return one_of("rows", _each(roles, places))
    if asked.get("country"):  # and regions in which they do not lie
        return one_of("rows", [])
    return one_of("rows", roles) if asked.get("role") else None


def _each(roles, things):
    return [f"{role}|{thing}" for role in roles for thing in things]


def _places(asked, known):
    countries, regions = asked.get("country"), asked.get("region")
    if countries and regions:
        return [code for code in countries if known.countries[code] & set(regions)]
    return countries or regions or []


def _organisations(asked, known):
    """The keys of those that are asked for and lie where it is asked for."""
    names, countries, regions = (set(asked.get(name) or ()) for name in ("organisation", "country", "region"))
    return [
        key
        for key, slug, country, around in known.organisations
        if names & {key, slug} and (not countries or country in countries) and (not regions or around & regions)
    ]
