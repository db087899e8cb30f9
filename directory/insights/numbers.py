"""The one place where the portal counts published partnerships: insights, home, guide and pages of platforms ask here.

A partnership counts once in each line and column, however many of its rows say the same. What is not known is counted
too, and never as something else.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Case, Count, Exists, F, OuterRef, Q, Value, When
from django.db.models.fields import CharField
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property

from directory.provenance import PROVENANCES, provenances_of, said_about
from operators.querysets import OPERATOR_KINDS
from partnerships.models import (
    EQUAL_ROLES,
    LEFT_ROLES,
    MAIN_ROLES,
    RIGHT_ROLES,
    Involvement,
    PartnershipVersion,
    Role,
    Status,
    Track,
    TrackResult,
)
from reports.models import ReportChoice, ReportResult, ReportVersion
from search.areas import AREA_DETAILS
from vocabularies.localised import label_in_sql
from vocabularies.models import OTHER, Country, ImprovementArea, TermList

HELPED = (*RIGHT_ROLES, *EQUAL_ROLES)
"""Where they are, the work is done."""
HELPED_ASKED = tuple(("role", role) for role in (Role.MENTEE, *EQUAL_ROLES))
"""The same as parameters of the directory, where who asks for mentees means lead mentees too."""
FEW = 5
"""Of fewer than these no share and no median is told: one partnership more or less would turn it round."""
ALL = ""
"""The column that counts a line whatever its column."""
IN_ROWS = {
    "partnerships": Count("version", distinct=True),
    "operators": Count(
        "organisation",
        filter=Q(organisation__state="published", organisation__kind__in=OPERATOR_KINDS),
        distinct=True,
    ),
    "countries": Count("place", filter=Q(role__in=MAIN_ROLES), distinct=True),
}
"""What is counted in involvement rows with their ``placed()``: WOPs, operators in them, countries of the two sides."""
PRACTICE = (TermList.ACTIVITY, TermList.SUCCESS_FACTOR, TermList.IMPEDING_FACTOR)
QUESTIONS = ("all", "partners", "place", "years", "areas", "status", "cost", "results", "report")
"""All of them, then what the record may know of a partnership, as ``Numbers.known`` counts it."""


def counts(versions):
    """{"partnerships", "operators", "countries"} of a version queryset."""
    return Involvement.objects.filter(version__in=_keys(versions)).placed().aggregate(**IN_ROWS)


def _keys(versions):
    return versions.order_by().values("pk")


def share(part, whole):
    """Per cent, rounded; None of fewer than FEW."""
    return round(100 * part / whole) if whole >= FEW else None


@dataclass(frozen=True)
class Line:
    """``cells``: {key of a column: partnerships}; ``kind``: what sort of thing it is, where a figure has several.

    ``asks``: the parameters with which the directory finds what ``cells[ALL]`` counts; ``at``: degrees north and east.
    """

    key: str
    label: str
    cells: dict
    asks: tuple = ()
    kind: str = ""
    at: tuple = ()

    @property
    def count(self):
        return self.cells.get(ALL, 0)


@dataclass(frozen=True)
class Figures:
    """What one chart shows: ``n`` of the ``total`` partnerships have an answer to it."""

    total: int
    n: int
    lines: list
    columns: tuple = ()
    """(key, label) beside ALL; an empty label is one of the code, which the page words."""

    @property
    def not_known(self):
        return self.total - self.n


class Numbers:
    """The figures of a version queryset of published partnerships; each is counted when it is asked for."""

    def __init__(self, versions):
        self.keys = _keys(versions)
        self.versions = PartnershipVersion.objects.filter(pk__in=self.keys)

    # --- what is known of how many ----------------------------------------------------------------------------

    @cached_property
    def known(self):
        """{provenance: {question: partnerships}}, with “all” and what single figures need, in one query."""
        counted = {name: Count("pk", filter=condition) for name, condition in _conditions().items()}
        rows = self.versions.with_years().order_by().annotate(source=self._provenance()).values("source")
        return {row.pop("source"): row for row in rows.annotate(all=Count("pk"), **counted)}

    def how_many(self, name):
        return sum(row[name] for row in self.known.values())

    @property
    def total(self):
        return self.how_many("all")

    def _provenance(self):
        """In SQL, by whom an entry is; only those about which somebody said something have to be looked at."""
        submitted, answered = said_about(PartnershipVersion)
        told_of = self.versions.filter(Q(submitted) | Q(answered))
        found = defaultdict(list)
        for pk, provenance in provenances_of(list(told_of.with_involved())).items():
            found[provenance.code].append(pk)
        cases = [When(pk__in=keys, then=Value(code)) for code, keys in found.items()]
        return Case(*cases, default=Value(PROVENANCES[-1]), output_field=CharField())

    def record(self):
        """Questions by who stands behind the entry: how many answer each."""
        columns = [code for code in PROVENANCES if code in self.known]
        lines = [
            Line(name, "", {ALL: self.how_many(name)} | {code: self.known[code][name] for code in columns})
            for name in QUESTIONS
        ]
        return Figures(self.total, self.total, lines, tuple((code, "") for code in columns))

    # --- where, and who with whom -----------------------------------------------------------------------------

    def places(self):
        """Countries in which somebody is helped or works with an equal."""
        rows = self._helped().values_list(
            "place",
            label_in_sql("organisation__country__name", "country__name"),
            _of_place("latitude"),
            _of_place("longitude"),
        )
        lines = [
            Line(code, name, {ALL: count}, (("country", code), *HELPED_ASKED), at=(north, east))
            for code, name, north, east, count in rows.annotate(count=Count("version", distinct=True))
        ]
        return Figures(self.total, self.how_many("place"), _falling(lines))

    def flows(self):
        """Regions of mentors by regions of mentees; a partnership of several regions counts in each."""
        rows = self._involved(LEFT_ROLES).filter(version__involvements__role__in=RIGHT_ROLES)
        there = _of_place("gwopa_region", "version__involvements__")
        pairs = rows.values_list(_of_place("gwopa_region"), there).annotate(count=Count("version", distinct=True))
        cells = defaultdict(dict)
        for start, end, count in pairs:
            if start and end:
                cells[start][end] = count
        lines = [Line(start, "", ends | {ALL: sum(ends.values())}) for start, ends in cells.items()]
        columns = sorted({end for ends in cells.values() for end in ends})
        return Figures(self.total, self.how_many("paired"), _falling(lines), tuple((end, "") for end in columns))

    def pairings(self):
        """Who helps whom between the global South and the North; equals stand on both sides."""
        south, north = (Exists(self._side(LEFT_ROLES, within)) for within in (True, False))
        to_south, to_north = (Exists(self._side(RIGHT_ROLES, within)) for within in (True, False))
        kind = Case(
            When(south & ~north & to_south & ~to_north, then=Value("south-south")),
            When(north & ~south & to_south & ~to_north, then=Value("north-south")),
            When(north & ~south & to_north & ~to_south, then=Value("north-north")),
            When(south & ~north & to_north & ~to_south, then=Value("south-north")),
            default=Value("mixed"),
        )
        rows = self.versions.filter(south | north, to_south | to_north).order_by().annotate(kind=kind).values("kind")
        lines = [Line(kind, "", {ALL: count}) for kind, count in rows.annotate(n=Count("pk")).values_list("kind", "n")]
        return Figures(self.total, sum(line.count for line in lines), _falling(lines))

    def _side(self, roles, is_south):
        rows = Involvement.objects.filter(version=OuterRef("pk"), role__in=(*roles, *EQUAL_ROLES)).placed()
        south = Q(place__in=Country.objects.in_the_south().order_by().values("pk"))
        return rows.filter(south if is_south else ~south & Q(place__isnull=False))

    # --- on what, and when ------------------------------------------------------------------------------------

    def areas(self):
        """Improvement areas by the region where somebody is helped; a kind of loss counts as non-revenue water."""
        tracks = Track.objects.filter(version__in=self.keys).exclude(area=None).order_by().annotate(code=_area())
        counted = Count("version", distinct=True)
        cells = {code: {ALL: count} for code, count in tracks.values_list("code").annotate(n=counted)}
        helped = tracks.filter(version__involvements__role__in=HELPED)
        there = _of_place("gwopa_region", "version__involvements__")
        for code, region, count in helped.values_list("code", there).annotate(n=counted):
            if region:
                cells[code][region] = count
        named = ImprovementArea.objects.filter(code__in=cells).values_list("code", label_in_sql("label"))
        lines = [Line(code, label, cells[code], (("area", code),)) for code, label in named]
        regions = sorted({region for line in lines for region in line.cells} - {ALL})
        return Figures(self.total, self.how_many("areas"), _falling(lines), tuple((one, "") for one in regions))

    def years(self):
        """Years in which they began, each with its number, those between without any too."""
        rows = self.versions.with_years().exclude(first_year=None).order_by().values_list("first_year")
        counted = {int(year): count for year, count in rows.annotate(count=Count("pk"))}
        span = range(min(counted), max(counted) + 1) if counted else ()
        lines = [Line(str(year), str(year), {ALL: counted.get(year, 0)}) for year in span]
        return Figures(self.total, sum(counted.values()), lines)

    # --- how --------------------------------------------------------------------------------------------------

    def practice(self):
        """Activities and factors that published reports name, by the group of areas that the WOP works on."""
        wop = "version__report__partnership__versions"
        rows = ReportChoice.objects.filter(
            version__in=ReportVersion.objects.published().order_by().values("pk"), term__list__in=PRACTICE,
            **{f"{wop}__in": self.keys},
        ).order_by()  # fmt: skip
        counted = Count(wop, distinct=True)
        named = rows.values_list("term__list", "term__code", label_in_sql("term__label")).annotate(n=counted)
        lines = {(kind, code): _of_practice(kind, code, label, count) for kind, code, label, count in named}
        group, groups = f"{wop}__tracks__area__parent", {}
        by_group = rows.values_list("term__list", "term__code", f"{group}__code", label_in_sql(f"{group}__label"))
        for kind, code, key, label, count in by_group.annotate(n=counted):
            if key:
                lines[kind, code].cells[key] = count
                groups[key] = label
        return Figures(self.total, self.how_many("practice"), _falling(lines.values()), tuple(sorted(groups.items())))

    # --- rows -------------------------------------------------------------------------------------------------

    def _involved(self, roles):
        return Involvement.objects.filter(version__in=self.keys, role__in=roles).placed().order_by()

    def _helped(self):
        return self._involved(HELPED).exclude(place=None)


PARAMETERS = {TermList.ACTIVITY: "activity", TermList.SUCCESS_FACTOR: "factor", TermList.IMPEDING_FACTOR: "factor"}


def _of_practice(kind, code, label, count):
    asks = () if code == OTHER else ((PARAMETERS[kind], code),)  # one parameter asks for both kinds of factor
    return Line(code, label, {ALL: count}, asks, kind)


def _falling(lines):
    """The most first; “Other” says least and comes last."""
    return sorted(lines, key=lambda line: (line.key == OTHER, -line.count, line.label, line.key))


def _of_place(column, above=""):
    """Of the organisation's country, or of the partner that is not named, on the way of ``placed()``."""
    return Coalesce(f"{above}organisation__country__{column}", f"{above}country__{column}")


def _area():
    """The code of a track's area; one that says more precisely what another says counts as that."""
    wider = [When(area__code__in=details, then=Value(code)) for code, details in AREA_DETAILS.items()]
    return Case(*wider, default=F("area__code"), output_field=CharField())


def _rows(model, **conditions):
    return model.objects.filter(version=OuterRef("pk"), **conditions)


def _in_reports(model, **conditions):
    """Rows of the published reports on a version's partnership."""
    public = ReportVersion.objects.published().order_by().values("pk")
    return model.objects.filter(version__in=public, version__report__partnership=OuterRef("partnership"), **conditions)


def _conditions():
    """{name: Q on versions with their years}: the QUESTIONS, and what a chart needs to have anything to show."""
    main = _rows(Involvement, role__in=MAIN_ROLES)
    helped, mentors, mentees = (
        _rows(Involvement, role__in=roles).placed() for roles in (HELPED, LEFT_ROLES, RIGHT_ROLES)
    )
    region = Q(_region__gt="")
    paired = [Exists(rows.annotate(_region=_of_place("gwopa_region")).filter(region)) for rows in (mentors, mentees)]
    reports = ReportVersion.objects.published().filter(report__partnership=OuterRef("partnership"))
    results = _in_reports(ReportResult)
    practice = _in_reports(ReportChoice, term__list__in=PRACTICE)
    return {
        "partners": Exists(main) & ~Exists(main.filter(organisation=None)),
        "place": Exists(helped.exclude(place=None)),
        "years": Q(first_year__isnull=False),
        "areas": Exists(_rows(Track).exclude(area=None)),
        "status": ~Q(status__in=("", Status.UNKNOWN)),
        "cost": Q(cost_amount__isnull=False),
        "results": Exists(_rows(TrackResult)) | Exists(results),
        "report": Exists(reports),
        "paired": paired[0] & paired[1],
        "practice": Exists(practice),
    }
