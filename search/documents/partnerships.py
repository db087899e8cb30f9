"""The documents of partnerships: what a filter asks and what a search finds, of the published version and reports."""

from datetime import UTC, datetime

from django.db.models import Q

from partnerships.models import PartnershipVersion, Status
from platforms.models import Platform
from reports.models import ReportVersion
from search.areas import asked_by
from search.documents.places import Places
from search.documents.texts import line, texts_of, titles, translations
from search.fields import CHOICES, RUNNING
from search.roles import asked_as
from vocabularies.models import TermList
from vocabularies.search import folded

KIND = "partnership"
NO_PLATFORM = "none"
UNDATED = 9998
"""Sorts behind every year."""
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
ROOM = 2**21
"""More than there will ever be references."""
CHOSEN = {
    TermList.ACTIVITY: "activity",
    TermList.SUPPORT_TYPE: "support",
    TermList.SUCCESS_FACTOR: "factor",
    TermList.IMPEDING_FACTOR: "factor",
}
"""{list of terms: the field with those that published reports choose from it}."""
LINKS = (
    "partnership",
    "involvements__organisation__country__area",
    "involvements__organisation__former_names",
    "involvements__country__area",
    "tracks__area__parent",
    "named_platforms__platform",
    "named_programmes__programme",
)
TOLD = ("objectives", "targets", "work_plan", "assessments", "results")
"""Rows of a version with a text."""
REPORTED = ("choices__term", "objectives", "results")


def everything():
    """Those with a published version."""
    return PartnershipVersion.objects.published().order_by().values_list("partnership", flat=True)


def named_by(marks):
    """Those whose documents are made of what was marked; ``marks``: {what: primary keys}."""
    public = PartnershipVersion.objects.published().order_by()
    versions = PartnershipVersion._base_manager.filter(pk__in=marks["version"]).order_by()
    reports = ReportVersion._base_manager.filter(pk__in=marks["report-version"]).order_by()
    yield from versions.values_list("partnership", flat=True)
    yield from reports.values_list("report__partnership", flat=True)
    for what, condition in _naming(marks):
        if marks[what]:
            yield from public.filter(condition).values_list("partnership", flat=True).distinct()


def _naming(marks):
    """(what, Q on the versions that name one of the marked)."""
    reports = ReportVersion.objects.published().filter(choices__term__in=marks["term"])
    below = Platform.objects.filter(pk__in=marks["platform"]).with_those_below()
    within = Q(pk=None)
    for code in marks["area"]:
        for place in ("involvements__organisation__country", "involvements__country"):
            within |= Q(**{f"{place}__area__lineage__contains": f"/{code}/"})
    areas = Q(tracks__area__in=marks["term"]) | Q(tracks__area__parent__in=marks["term"])
    countries = Q(involvements__organisation__country__in=marks["country"])
    return (
        ("organisation", Q(involvements__organisation__in=marks["organisation"])),
        ("platform", Q(named_platforms__platform__in=below)),
        ("programme", Q(named_programmes__programme__in=marks["programme"])),
        ("term", areas | Q(partnership__in=reports.order_by().values("report__partnership"))),
        ("country", countries | Q(involvements__country__in=marks["country"])),
        ("area", within),
    )


def made(keys):
    """{primary key: data} of the published ones of ``keys``."""
    published = PartnershipVersion.objects.published().with_published_at().with_years()
    versions = list(published.filter(partnership__in=keys).prefetch_related(*LINKS, *texts_of(PartnershipVersion)))
    reports = _reports_on(versions)
    tree = dict(Platform.objects.values_list("pk", "parent")), dict(Platform.objects.values_list("pk", "key"))
    places = Places()
    return {one.partnership_id: _document(one, reports.get(one.partnership_id, []), tree, places) for one in versions}


def _reports_on(versions):
    found = {}
    wops = [version.partnership_id for version in versions]
    reports = ReportVersion.objects.published().filter(report__partnership__in=wops).order_by("pk")
    for report in reports.select_related("report").prefetch_related(*REPORTED, *texts_of(ReportVersion)):
        found.setdefault(report.report.partnership_id, []).append(report)
    return found


def _document(version, reports, tree, places):
    return {
        "terms": {name: sorted(set(values)) for name, values in _terms(version, reports, tree).items()},
        "numbers": _numbers(version),
        "amounts": _amounts(version),
        "sorted": {"title": f"{folded(version.title)} {version.partnership.reference}"},
        "words": {str(tier): line(texts) for tier, texts in _words(version, reports, places).items()},
    }


def _terms(version, reports, tree):
    involved = version.involvements.all()
    areas = [track.area for track in version.tracks.all() if track.area]
    return {
        "rows": [term for row in involved for term in _of_row(row)],
        "parties": [f"{role}|{row.organisation.key}" for row in involved if row.organisation
                    for role in asked_as(row.role)],
        "platform": _platforms(version, *tree) or [NO_PLATFORM],
        "programme": [row.programme.key for row in version.named_programmes.all()],
        "area": [area.code for area in areas],
        "area_asked": [code for area in areas for code in asked_by(area)],
        "has_report": ["yes" if reports else "no"],
        **_chosen(reports),
        **{name: [value] for name in CHOICES if (value := getattr(version, name))},
    }  # fmt: skip


def _of_row(row):
    """What can be asked of one involvement: its role, and its role with each place in which it lies."""
    places = [row.place.code, row.place.gwopa_region, *row.place.area_codes()] if row.place else []
    for role in asked_as(row.role):
        yield role
        yield from (f"{role}|{place}" for place in places if place)


def _platforms(version, parents, keys):
    """The keys of the named platforms and of all above them."""
    found = [row.platform_id for row in version.named_platforms.all()]
    for pk in found:
        if (parent := parents[pk]) and parent not in found:
            found.append(parent)
    return [keys[pk] for pk in found]


def _chosen(reports):
    chosen = {name: [] for name in CHOSEN.values()}
    for choice in (choice for report in reports for choice in report.choices.all()):
        if choice.term.list in CHOSEN:
            chosen[CHOSEN[choice.term.list]].append(choice.term.code)
    return chosen


def _numbers(version):
    number = int(version.partnership.reference.rpartition("-")[2])
    first = int(version.first_year) if version.first_year else None
    numbers = {
        "pk": version.partnership_id,
        "reference": number,
        "newest": _milliseconds(version.published_at) * ROOM + ROOM - number,
        "latest": (first or 0) * ROOM + ROOM - number,
        "earliest": (first or UNDATED) * ROOM + number,
    }
    return numbers | ({"first_year": first, "last_year": _last_year(version)} if first else {})


def _milliseconds(moment):
    return int((moment - EPOCH).total_seconds() * 1000) if moment else 0


def _last_year(version):
    if not version.ends_on and version.status == Status.UNDER_WAY:
        return RUNNING
    return int(version.last_year)


def _amounts(version):
    dollars = version.cost_in_usd
    return {} if dollars is None else {"dollars": float(dollars)}


def _words(version, reports, places):
    """{tier: texts}, as search/fields.py says what the tiers are."""
    involved = version.involvements.all()
    organisations = [row.organisation for row in involved if row.organisation]
    return {
        4: [version.partnership.reference, *titles(version), *(one.acronym for one in organisations)],
        3: [name for row in involved for name in _names(row)],
        2: [version.place, *places.names(*(row.place for row in involved if row.place)), *_topics(version, reports)],
        1: [*told_in(version), *(text for report in reports for text in _reported(report))],
    }


def _names(row):
    yield from (row.description, row.name_used)
    if row.organisation:
        yield from (row.organisation.name, row.organisation.city)
        for former in row.organisation.former_names.all():
            yield from (former.name, former.acronym)


def _topics(version, reports):
    terms = [track.area for track in version.tracks.all() if track.area]
    terms += [choice.term for report in reports for choice in report.choices.all()]
    yield from (name for term in dict.fromkeys(terms) for name in term.all_names())
    for row in version.named_platforms.all():
        # The full names say Latin America and the Caribbean of what is done in Peru.
        yield row.platform.acronym or row.platform.name
    yield from (row.programme.name for row in version.named_programmes.all())


def told_in(version):
    """The texts of a version, as people wrote them."""
    yield from (version.summary, version.approach)
    for track in version.tracks.all():
        yield from (track.title, track.description)
    for relation in TOLD:
        yield from (row.text for row in getattr(version, relation).all())
    yield from translations(version)


def _reported(report):
    yield from (report.title, report.activities_description, report.overall_results, report.other_themes)
    for relation in (report.objectives, report.results):
        yield from (row.text for row in relation.all())
    yield from (choice.explanation for choice in report.choices.all())
    yield from translations(report)
