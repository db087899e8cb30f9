"""What the pages of platforms show: the tree, what each counts, whom it covers, who hosts it when."""

from dataclasses import dataclass, field

from django.db.models import Count, Prefetch, Q, Value
from django.urls import reverse
from django.utils.http import urlencode

from directory.filters.in_sql import region_of_row
from directory.insights.numbers import HELPED, IN_ROWS
from directory.organisation_pages import time_of_host
from directory.wording import worded
from operators.models import Organisation
from partnerships.models import (
    EQUAL_ROLES,
    Involvement,
    NamedPlatform,
    NamedProgramme,
    PartnershipVersion,
    Role,
)
from platforms.models import Level, Platform, PlatformHost
from platforms.routing import LEVELS_FROM_LOWEST
from reviews.states import State
from vocabularies.models import Country
from vocabularies.search import folded


@dataclass(frozen=True)
class Counted:
    """Published WOPs that name a platform or one below it; operators and countries in them.

    Beside them ``in_its_countries``: those that help somebody in a country that it covers, whatever they name.
    """

    partnerships: int = 0
    operators: int = 0
    countries: int = 0
    in_its_countries: int = 0


@dataclass
class Node:
    """A platform in the tree, with those below it."""

    platform: Platform
    counted: Counted
    children: list = field(default_factory=list)

    @property
    def hosts(self):
        """Those that run it, as far as is known: without an end, it goes on."""
        return [row.organisation for row in self.platform.public_hosts if not row.ends_on]


# --- the tree -------------------------------------------------------------------------------------------


def tree():
    """(the global platform with all below it, those whose parent the register does not state), as Nodes."""
    platforms = list(Platform.objects.prefetch_related(public_hosts(), "areas", "countries"))
    counted = counted_of(platforms)
    nodes = {platform.pk: Node(platform, counted[platform.pk]) for platform in sorted(platforms, key=from_the_top)}
    for node in nodes.values():
        if node.platform.parent_id:
            nodes[node.platform.parent_id].children.append(node)
    tops = [node for node in nodes.values() if not node.platform.parent_id]
    stated = [node for node in tops if node.platform.level == Level.GLOBAL]
    return stated, [node for node in tops if node not in stated]


def from_the_top(platform):
    """Sorts platforms by level, the global one first, then by the name that is shown."""
    return -LEVELS_FROM_LOWEST.index(platform.level), folded(str(platform)), platform.pk


def public_hosts():
    """``public_hosts`` of platforms: what is not published leaves no trace, as host either."""
    published = Organisation.objects.published().values("pk")
    rows = PlatformHost.objects.filter(organisation__in=published).select_related("organisation")
    return Prefetch("hosts", rows, to_attr="public_hosts")


# --- counts ---------------------------------------------------------------------------------------------


def counted_of(platforms):
    """{primary key: Counted} of ``platforms``, in two queries. Prefetch ``areas`` and ``countries``."""
    named = {pk: counts for pk, *counts in _together(map(_arm, platforms))}
    covered = dict(_together(map(_arm_of_countries, platforms)))
    return {one.pk: Counted(*named.get(one.pk, (0, 0, 0)), covered.get(one.pk, 0)) for one in platforms}


def _together(arms):
    arms = list(arms)
    return arms[0].union(*arms[1:], all=True) if len(arms) > 1 else arms[0] if arms else []


def _arm(platform):
    rows = Involvement.objects.filter(version__in=versions_of(platform).order_by().values("pk")).placed()
    counted = rows.order_by().annotate(about=Value(platform.pk)).values("about")
    return counted.annotate(**IN_ROWS).values_list("about", *IN_ROWS)


def _arm_of_countries(platform):
    rows = Involvement.objects.filter(version__in=PartnershipVersion.objects.published().order_by().values("pk"))
    rows = rows.placed().filter(_covered_by(platform), role__in=HELPED).order_by()
    counted = rows.annotate(about=Value(platform.pk)).values("about")
    return counted.annotate(partnerships=Count("version", distinct=True)).values_list("about", "partnerships")


def _covered_by(platform):
    """Q on involvement rows in the areas and, besides, in the countries that the platform covers."""
    areas, countries = ([one.pk for one in things.all()] for things in (platform.areas, platform.countries))
    return region_of_row(areas) | Q(place__in=countries)


def question_of_countries(platform):
    """The query that finds the WOPs counted ``in_its_countries``; a list of countries only where no area says it."""
    countries = platform.countries.all()
    if not countries:
        places = [("region", area.pk) for area in platform.areas.all()]
    else:
        inside = Q(pk__in=countries)
        for area in platform.areas.all():
            inside |= Q(area__lineage__contains=f"/{area.pk}/")
        places = [("country", code) for code in Country.objects.filter(inside).values_list("pk", flat=True)]
    return urlencode([*(("role", role) for role in (Role.MENTEE, *EQUAL_ROLES)), *places]) if places else ""


def versions_of(platform):
    """The published versions that name the platform or one below it: what ``?platform=`` finds."""
    below = Platform.objects.filter(pk=platform.pk).with_those_below()
    named = NamedPlatform.objects.filter(platform__in=below)
    return PartnershipVersion.objects.published().filter(pk__in=named.values("version"))


def programmes_counted(programmes):
    """[(programme, number of published WOPs under it)]."""
    rows = NamedProgramme.objects.filter(version__in=PartnershipVersion.objects.published().order_by().values("pk"))
    counts = rows.order_by().values("programme").annotate(n=Count("version", distinct=True))
    counted = dict(counts.values_list("programme", "n"))
    return [(programme, counted.get(programme.pk, 0)) for programme in programmes]


# --- one platform -----------------------------------------------------------------------------------------


def hosts_of(platform):
    """Its hosts as the timeline shows them, several at a time where it was so."""
    return [
        {
            "when": time_of_host(row),
            "what": row.organisation.name,
            "note": worded(row.note, platform.about_language),
            "url": reverse("directory:operator", args=[row.organisation.slug]),
        }
        for row in platform.public_hosts
    ]


def milestones_of(platform):
    return [
        {"when": row.happened_on.localised(), "what": worded(row.text, platform.about_language)}
        for row in platform.milestones.all()
    ]


def who_to_write_to(platform):
    """(name, address) to begin with: the platform itself, its present hosts, or the nearest one above with either.

    Empty only where nobody up to the global platform has a website.
    """
    for one in platform.line():
        found = [(str(one), one.website)] if one.website else _websites_of_hosts(one)
        if found:
            return found
    return []


def _websites_of_hosts(platform):
    hosts = platform.hosts.filter(ends_on="", organisation__state=State.PUBLISHED).exclude(organisation__website="")
    return [(row.organisation.name, row.organisation.website) for row in hosts.select_related("organisation")]


def coverage_of(platform):
    """The names of the areas and, besides, of the countries that it covers."""
    areas = sorted(map(str, platform.areas.all()))
    return areas + sorted(map(str, platform.countries.all()), key=folded)
