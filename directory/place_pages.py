"""What the pages of countries and regions say: which WOPs, who helps whom, who is there, who arranges it."""

from dataclasses import dataclass, replace

from django.db.models import Count
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from directory.filters.partnerships import OrganisationFilter, PartnershipFilter
from directory.map import map_of
from directory.map_sheets import SHEETS
from directory.organisation_pages import lines_of
from directory.regions import area_regions, gwopa_regions
from directory.wording import entry_of
from operators.models import Organisation
from partnerships.models import EQUAL_ROLES, Involvement, PartnershipVersion, Role
from platforms.models import Platform
from platforms.routing import covering
from reports.querysets import with_report_count
from vocabularies.models import Country
from vocabularies.search import folded

SHOWN = 10
OPERATORS_SHOWN = 20
LINES_SHOWN = 40


@dataclass(frozen=True)
class Counted:
    """A country or region with how many published WOPs, and operators, it has; WOPs are not counted for regions."""

    place: object
    name: str
    url: str
    operators: int
    partnerships: int = 0
    countries: int = 0


@dataclass(frozen=True)
class Side:
    """The published WOPs in which operators of a place are mentors, mentees or equals: the latest of ``count``."""

    role: str
    title: str
    count: int
    entries: list
    url: str


# --- one place ------------------------------------------------------------------------------------------------


def country_page(country):
    """The context of ``directory/place.html`` for a Country that came ``with_areas()``."""
    return _page(_asking("country", country.code), [country], None)


def region_page(region):
    """The same for a Region."""
    countries = [country for country in Country.objects.with_areas() if region.has(country)]
    return _page(_asking("region", region.code), countries, SHEETS.get(region.code))


def _asking(name, value):
    question = QueryDict(mutable=True)
    question[name] = value
    return question


def _page(question, countries, sheet):
    everything = PartnershipFilter(question, PartnershipVersion.objects.published())
    drawing = map_of(everything.qs.as_queryset(), sheet)
    lines = sorted(drawing.arcs, key=lambda arc: -arc.count)
    return {
        "sides": sides_of(everything),
        "map": drawing,
        "lines": lines[:LINES_SHOWN],
        "lines_left_out": len(lines[LINES_SHOWN:]),
        "count": drawing.partnerships,
        "platforms": covering(countries, Platform.objects.prefetch_related("areas", "countries")),
        "query": question.urlencode(),
        **_operators(question),
    }


def _operators(question):
    asked = question.copy()
    asked["ordering"] = "-partnerships"
    filterset = OrganisationFilter(asked, Organisation.objects.published())
    return {
        "operators": lines_of(list(filterset.qs.select_related("country")[:OPERATORS_SHOWN])),
        "operator_count": filterset.qs.count(),
    }


def sides_of(everything):
    """The Sides that have any WOP, of the question ``everything``."""
    found = []
    for roles, title in _titles().items():
        question = everything.data.copy()
        question.setlist("role", roles)
        wops = PartnershipFilter(question, everything.queryset, known=everything.known).qs
        latest = wops.pks(0, SHOWN)
        found.append(Side(roles[0], title, wops.count(), latest, _directory(question)))
    entries = _entries([pk for side in found for pk in side.entries])
    return [
        replace(side, entries=[entries[pk] for pk in side.entries if pk in entries]) for side in found if side.count
    ]


def _titles():
    return {
        (Role.MENTOR,): _("Operators from here as mentors"),
        (Role.MENTEE,): _("Operators from here as mentees"),
        tuple(EQUAL_ROLES): _("Operators from here as peers or partners"),
    }


def _directory(question):
    return f"{reverse('directory:partnerships')}?{question.urlencode()}"


def _entries(pks):
    """{primary key of a partnership: Entry}."""
    published = PartnershipVersion.objects.published().filter(partnership__in=set(pks))
    versions = with_report_count(published.with_years()).for_list()
    return {version.partnership_id: entry_of(version) for version in versions}


# --- lists ----------------------------------------------------------------------------------------------------


def counted_countries():
    """[Counted] of the countries and territories with an operator or a published WOP, by name; in three queries."""
    partnerships, operators = _partnerships_by_country(), _operators_by_country()
    countries = Country.objects.with_areas().filter(code__in={*partnerships, *operators})
    return sorted(
        (
            Counted(
                country,
                str(country),
                reverse("directory:country", args=[country.code]),
                operators.get(country.code, 0),
                partnerships.get(country.code, 0),
            )
            for country in countries
        ),
        key=lambda one: folded(one.name),
    )


def _partnerships_by_country():
    rows = Involvement.objects.filter(version__in=PartnershipVersion.objects.published().order_by().values("pk"))
    counted = rows.main().placed().exclude(place=None).order_by().values("place")
    return dict(counted.annotate(number=Count("version", distinct=True)).values_list("place", "number"))


def _operators_by_country():
    rows = Organisation.objects.operators().published().exclude(country=None).order_by().values("country")
    return dict(rows.annotate(number=Count("pk")).values_list("country", "number"))


def by_region(counted):
    """[(Region, its Counted countries)] of the regions of GWOPA that have any."""
    grouped = [(region, [one for one in counted if region.has(one.place)]) for region in gwopa_regions()]
    return [(region, inside) for region, inside in grouped if inside]


def counted_regions(regions, counted):
    """[Counted] of those of ``regions`` that have any of the ``counted`` countries."""
    found = []
    for region in regions:
        inside = [one for one in counted if region.has(one.place)]
        if inside:
            operators = sum(one.operators for one in inside)
            found.append(Counted(region, region.name, region.url, operators, countries=len(inside)))
    return found


def all_counted_regions():
    """Those of GWOPA and those of M49."""
    return counted_regions([*gwopa_regions(), *area_regions()], counted_countries())
