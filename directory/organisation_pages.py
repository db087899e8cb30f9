"""What the pages of organisations say about them, worked out before any template runs."""

from collections import Counter, defaultdict
from dataclasses import dataclass, replace

from django.db.models import Count, F
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from directory.wording import entry_of, measured, period_of, worded
from operators.models import OrganisationKind
from partnerships.models import EQUAL_ROLES, LEFT_ROLES, RIGHT_ROLES, Involvement, PartnershipVersion, Role, Track
from reports.querysets import with_report_count
from reviews.states import State
from vocabularies.localised import label_in_sql
from vocabularies.models import OTHER

SHOWN_PER_ROLE = 12
STRONG_AREAS = 8
SIDES = {role: role for role in EQUAL_ROLES}
SIDES |= dict.fromkeys(LEFT_ROLES, Role.MENTOR) | dict.fromkeys(RIGHT_ROLES, Role.MENTEE)
"""Who led stands with the others of the same side."""


@dataclass(frozen=True)
class RoleCount:
    """In how many published WOPs an organisation has a role; ``side`` is "other" beside the two sides."""

    side: str
    text: str


@dataclass(frozen=True)
class Line:
    """An organisation in a list; no more is said of its kind than that it is an operator: then ``kind`` is ""."""

    slug: str
    name: str
    acronym: str
    url: str
    kind: str
    where: str
    roles: list


@dataclass(frozen=True)
class RoleGroup:
    """The published WOPs in which an organisation has a role; ``entries`` are the latest of ``count``.

    ``since`` is the year of the first one, "" where none is known.
    """

    role: str
    title: str
    count: int
    entries: list
    url: str
    since: str


@dataclass(frozen=True)
class FigureLine:
    """“7,600 persons”, “Employees, sanitation”, “year not stated”."""

    amount: str
    label: str
    year: str
    note: str
    source: str


# --- lists ----------------------------------------------------------------------------------------------


def lines_of(organisations):
    """The Lines of a page of organisations, their roles counted in one query."""
    counts = role_counts(organisations)
    return [_line(organisation, counts) for organisation in organisations]


def role_counts(organisations):
    """Counter of {(primary key, side): published WOPs}; the side is "other" beside the two sides."""
    rows = _public_rows().filter(organisation__in=[organisation.pk for organisation in organisations])
    taken = {
        (organisation, SIDES.get(role, "other"), version)
        for organisation, role, version in rows.values_list("organisation", "role", "version")
    }
    return Counter((organisation, str(side)) for organisation, side, _version in taken)


def _public_rows():
    return Involvement.objects.filter(version__in=PartnershipVersion.objects.published().order_by().values("pk"))


def _line(organisation, counts):
    named = organisation.acronym and organisation.acronym != organisation.name
    return Line(
        slug=organisation.slug,
        name=organisation.name,
        acronym=organisation.acronym if named else "",
        url=reverse("directory:operator", args=[organisation.slug]),
        kind=organisation.get_kind_display() if organisation.kind != OrganisationKind.OPERATOR else "",
        where=place_of(organisation),
        roles=[
            RoleCount(side, text % {"count": counts[organisation.pk, side]})
            for side, text in role_texts().items()
            if counts[organisation.pk, side]
        ],
    )


def role_texts():
    return {
        Role.MENTOR: _("mentor in %(count)s"),
        Role.MENTEE: _("mentee in %(count)s"),
        Role.PEER: _("peer in %(count)s"),
        Role.PARTNER: _("partner in %(count)s"),
        "other": _("other roles in %(count)s"),
    }


def place_of(organisation):
    """“Castries, Saint Lucia”; "" for a body without a country."""
    return ", ".join(str(part) for part in (organisation.city, organisation.country) if part)


# --- one organisation ---------------------------------------------------------------------------------------


def figures_of(organisation):
    return [_figure(figure) for figure in organisation.figures.select_related("indicator")]


def _figure(figure):
    parts = [str(figure.indicator), *(str(label).lower() for label in figure.service_labels)]
    return FigureLine(
        amount=measured(figure.value, figure.unit),
        label=", ".join(parts),
        year=str(figure.year or _("year not stated")),
        note=figure.note,
        source=figure.source,
    )


def role_groups_of(organisation):
    """Its published WOPs by role, the two sides first, in a constant number of queries."""
    versions = defaultdict(dict)
    for version, role, year in _versions_and_roles(organisation):
        versions[SIDES.get(role, role)].setdefault(version, year)
    entries = _entries(pk for found in versions.values() for pk in list(found)[:SHOWN_PER_ROLE])
    order = [role for role in (Role.MENTOR, Role.MENTEE, *Role.values) if role in versions]
    return [_group(organisation, Role(role), versions[role], entries) for role in dict.fromkeys(order)]


def _versions_and_roles(organisation):
    """(version, role, first year), the latest start first and undated ones last."""
    versions = PartnershipVersion.objects.published().with_years().filter(involvements__organisation=organisation)
    latest_first = versions.order_by(F("first_year").desc(nulls_last=True), "partnership__reference")
    return latest_first.values_list("pk", "involvements__role", "first_year")


def _entries(pks):
    """{version: Entry} without summaries: the page is about the organisation."""
    versions = with_report_count(PartnershipVersion.objects.filter(pk__in=set(pks)).with_years()).for_list()
    return {version.pk: replace(entry_of(version), summary="") for version in versions}


def _group(organisation, role, versions, entries):
    question = urlencode({"organisation": organisation.key, "role": role})
    return RoleGroup(
        role=role,
        title=_("In another role") if role == Role.OTHER else _("As %(role)s") % {"role": role.label.lower()},
        count=len(versions),
        entries=[entries[pk] for pk in list(versions)[:SHOWN_PER_ROLE]],
        url=f"{reverse('directory:partnerships')}?{question}",
        since=min(filter(None, versions.values()), default=""),
    )


def path_of(groups):
    """The groups of an organisation that was helped first and helped others later: mentee, mentor; else None."""
    by_role = {group.role: group for group in groups}
    mentee, mentor = by_role.get(Role.MENTEE), by_role.get(Role.MENTOR)
    is_path = mentee and mentor and mentee.since and mentee.since < mentor.since
    return (mentee, mentor) if is_path else None


def partners_of(organisation):
    """Those on the two sides with whom it did more than one WOP: name, count, and the url of all of it."""
    mine = _public_rows().main().filter(organisation=organisation).values("version")
    others = Involvement.objects.main().filter(version__in=mine, organisation__state=State.PUBLISHED)
    rows = others.exclude(organisation=organisation).order_by().values("organisation")
    counted = rows.annotate(count=Count("version", distinct=True)).filter(count__gt=1)
    named = counted.order_by("-count", "organisation__name", "organisation").values_list(
        "organisation__name", "organisation__acronym", "organisation__slug", "count"
    )
    return [_partner(organisation, *row) for row in named]


def _partner(organisation, name, acronym, slug, count):
    slugs = sorted([organisation.slug, slug])
    return {"name": acronym or name, "count": count, "url": reverse("directory:twins", args=slugs)}


def strong_areas_of(organisation):
    """The areas of the WOPs that it mentors, most frequent first: each code, label, count, url."""
    mentored = PartnershipVersion.objects.published().filter(
        involvements__organisation=organisation, involvements__role__in=LEFT_ROLES
    )
    rows = Track.objects.filter(version__in=mentored.order_by().values("pk"), area__isnull=False)
    counted = (
        rows.exclude(area__code=OTHER)
        .order_by()
        .values("area__code", "area__position", label=label_in_sql("area__label"))
    )
    areas = counted.annotate(count=Count("version", distinct=True)).order_by("-count", "area__position", "area__code")
    return [_area(organisation, area) for area in areas[:STRONG_AREAS]]


def _area(organisation, area):
    question = {"organisation": organisation.key, "role": Role.MENTOR, "area": area["area__code"]}
    return {
        "code": area["area__code"],
        "label": area["label"],
        "count": area["count"],
        "url": f"{reverse('directory:partnerships')}?{urlencode(question)}",
    }


def hosted_by(organisation):
    """The platforms that it hosts or hosted, as the timeline shows them."""
    return [
        {
            "when": time_of_host(row),
            "what": row.platform.name,
            "note": worded(row.note, row.platform.about_language),
            "url": reverse("directory:platform", args=[row.platform.slug]),
            "in_a_word": (_("hosted %(platform)s") if row.ends_on else _("hosts %(platform)s"))
            % {"platform": row.platform},
        }
        for row in organisation.hosted_platforms.select_related("platform")
    ]


def time_of_host(row):
    """“October 2007 – August 2013”, “since August 2013”: without an end it goes on."""
    if row.starts_on and not row.ends_on:
        return _("since %(date)s") % {"date": row.starts_on.localised()}
    return period_of(row.starts_on, row.ends_on) or _("dates not stated")
