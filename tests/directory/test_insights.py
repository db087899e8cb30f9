"""The figures of the insights, counted once more: row by row in Python, without any grouping in SQL."""

from collections import Counter, defaultdict

import pytest

from directory.insights.costs import costs_of
from directory.insights.numbers import ALL, FEW, Numbers, counts, share
from directory.selection import question
from partnerships.models import Confirmation, PartnershipVersion
from reports.models import ReportVersion
from reviews.snapshots import fingerprint
from reviews.workflow import perform
from tests import factories
from tests.registered import RegisterTestCase
from vocabularies.models import Term

LEFT, RIGHT, EQUAL = {"mentor", "lead-mentor"}, {"mentee", "lead-mentee"}, {"peer", "partner"}
QUESTIONS = (
    "", "region=africa", "region=lac&role=mentor", "country=VN", "area=non-revenue-water", "platform=none",
    "year_from=2010&year_to=2015", "q=water", "has_report=yes", "cost_max=100000", "programme=eu-wop",
    "status=completed",
)  # fmt: skip
ROWS = (
    "involvements__organisation__country__area", "involvements__country__area", "agreements", "tracks__area__parent",
    "results",
)  # fmt: skip
LOSSES = {"nrw-commercial-losses": "non-revenue-water", "nrw-physical-losses": "non-revenue-water"}


def place(row):
    return row.organisation.country if row.organisation else row.country


def regions(version, roles):
    places = [place(row) for row in version.involvements.all() if row.role in roles]
    return {one.gwopa_region for one in places if one and one.gwopa_region}


def hemispheres(version, roles):
    found = set()
    for row in version.involvements.all():
        if row.role in roles and (where := place(row)):
            is_south = {"002", "009", "142", "419"} & set(where.area_codes())
            found.add("south" if is_south and where.pk not in ("AU", "CY", "IL", "JP", "KR", "NZ") else "north")
    return found


def pairing(version):
    one, other = hemispheres(version, LEFT | EQUAL), hemispheres(version, RIGHT | EQUAL)
    if not one or not other:
        return None
    return f"{one.pop()}-{other.pop()}" if len(one) == len(other) == 1 else "mixed"


def first_year(version):
    signed = sorted(row.signed_on for row in version.agreements.all() if row.signed_on)
    text = version.starts_on or (signed[0] if signed else "") or version.ends_on
    return text[:4]


def tally(pairs):
    """{line: {column: number}} of (line, column) that stand once for each partnership."""
    found = defaultdict(Counter)
    for line, column in pairs:
        found[line][column] += 1
    return {line: dict(cells) for line, cells in found.items()}


class Apart:
    """The same figures, counted apart; each is {line: {column: partnerships}}."""

    def __init__(self, versions):
        self.versions = list(versions.prefetch_related(*ROWS))
        self.reports = list(
            ReportVersion.objects.filter(state="published").prefetch_related("choices__term", "results")
        )

    def reports_of(self, version):
        return [one for one in self.reports if one.report.partnership_id == version.partnership_id]

    def places(self):
        return tally(
            (code, ALL)
            for one in self.versions
            for code in {place(row).pk for row in one.involvements.all() if row.role in RIGHT | EQUAL and place(row)}
        )

    def flows(self):
        found = tally((a, b) for one in self.versions for a in regions(one, LEFT) for b in regions(one, RIGHT))
        return {line: cells | {ALL: sum(cells.values())} for line, cells in found.items()}

    def pairings(self):
        return tally((kind, ALL) for one in self.versions if (kind := pairing(one)))

    def years(self):
        return tally((year, ALL) for one in self.versions if (year := first_year(one)))

    def areas(self):
        pairs = []
        for one in self.versions:
            named = {LOSSES.get(track.area.code, track.area.code) for track in one.tracks.all() if track.area}
            pairs += [(code, column) for code in named for column in {ALL, *regions(one, RIGHT | EQUAL)}]
        return tally(pairs)

    def practice(self):
        pairs = []
        for one in self.versions:
            groups = {track.area.parent.code for track in one.tracks.all() if track.area and track.area.parent}
            named = {row.term for report in self.reports_of(one) for row in report.choices.all()}
            pairs += [
                (term.code, column)
                for term in named
                if term.list in ("activity", "success_factor", "impeding_factor") and term.code != "other"
                for column in {ALL, *groups}
            ]
        return tally(pairs)

    def record(self):
        pairs = []
        for one in self.versions:
            reports = self.reports_of(one)
            known = {
                "all": True,
                "partners": all(row.organisation for row in one.involvements.all() if row.role in LEFT | RIGHT | EQUAL),
                "place": any(place(row) for row in one.involvements.all() if row.role in RIGHT | EQUAL),
                "years": first_year(one),
                "areas": any(track.area for track in one.tracks.all()),
                "status": one.status not in ("", "unknown"),
                "cost": one.cost_amount is not None,
                "results": list(one.results.all()) or any(report.results.all() for report in reports),
                "report": reports,
            }
            pairs += [(name, ALL) for name, answer in known.items() if answer]
        return tally(pairs)


def cells_of(figures):
    """As Apart has them: without what counts nothing, and without the code that several lists of answers have."""
    return {
        line.key: {key: count for key, count in line.cells.items() if count}
        for line in figures.lines
        if line.count and not (line.kind and line.key == "other")
    }


class TestFigures(RegisterTestCase):
    def test_every_chart_agrees_with_a_count_of_the_rows_for_every_question(self):
        asked_something = 0
        for asked in QUESTIONS:
            filterset = question(asked)
            assert filterset.is_valid(), (asked, filterset.form.errors)
            found = filterset.qs.as_queryset()
            apart, numbers = Apart(found), Numbers(found)
            asked_something += len(apart.versions)
            assert numbers.total == len(apart.versions), asked
            for name in ("places", "flows", "pairings", "years", "areas", "practice"):
                assert cells_of(getattr(numbers, name)()) == getattr(apart, name)(), (name, asked)
            record = {name: {ALL: count[ALL]} for name, count in cells_of(numbers.record()).items()}
            assert record == apart.record(), asked
        assert asked_something > 200

    def test_n_counts_those_with_an_answer_and_the_rest_is_not_known(self):
        apart, numbers = Apart(PartnershipVersion.objects.published()), Numbers(PartnershipVersion.objects.published())
        answered = {
            "places": sum(bool(regions(one, RIGHT | EQUAL)) for one in apart.versions),
            "flows": sum(bool(regions(one, LEFT) and regions(one, RIGHT)) for one in apart.versions),
            "pairings": sum(pairing(one) is not None for one in apart.versions),
            "years": sum(bool(first_year(one)) for one in apart.versions),
            "areas": sum(any(track.area for track in one.tracks.all()) for one in apart.versions),
        }
        for name, n in answered.items():
            figures = getattr(numbers, name)()
            assert (figures.n, figures.not_known) == (n, len(apart.versions) - n), name

    def test_costs_are_those_that_are_stated_and_no_other(self):
        published = list(PartnershipVersion.objects.published())
        stated = {one.partnership.reference: one.cost_amount for one in published if one.cost_amount is not None}
        assert {cost.reference: cost.amount for cost in costs_of(PartnershipVersion.objects.published())} == stated
        assert 0 not in stated.values()

    def test_what_a_line_counts_is_what_the_directory_finds_behind_it(self):
        numbers = Numbers(PartnershipVersion.objects.published())
        for name in ("places", "areas", "practice"):
            for line in getattr(numbers, name)().lines:
                if line.asks:
                    found = question("&".join("=".join(pair) for pair in line.asks)).qs.count()
                    assert found == line.count, (name, line.key)

    def test_home_guide_and_platforms_count_the_same(self):
        counted = counts(PartnershipVersion.objects.published())
        assert self.client.get("/en/").context["counts"] == counted
        guide = self.client.get("/en/about/what-is-a-wop/").context["counts"]
        assert {name: guide[name] for name in ("partnerships", "operators")}.items() <= counted.items()
        tree = self.client.get("/en/platforms/").context["stated"]
        for node in (*tree, *tree[0].children):
            found = counts(question(f"platform={node.platform.key}").qs.as_queryset())
            assert {name: getattr(node.counted, name) for name in found} == {k: v or 0 for k, v in found.items()}


@pytest.mark.django_db
def test_practice_is_counted_by_the_groups_of_areas_once_for_each_partnership():
    visits, trust = Term.objects.get(code="site-visits"), Term.objects.get(code="trust-between-partners")
    version = factories.draft_version()
    for code in ("metering", "energy-efficiency", "billing-and-collection"):
        version.tracks.create(area=Term.objects.get(list="improvement_area", code=code))
    version = perform(version, "load", by=None)
    for period in ("2014", "2015"):
        report = factories.ReportVersionFactory(partnership=version.partnership, period=period)
        report.choices.create(term=visits)
        report.choices.create(term=trust)
        perform(report, "load", by=None)
    factories.published_version()
    figures = Numbers(PartnershipVersion.objects.published()).practice()
    both = {ALL: 1, "technical": 1, "commercial-and-financial": 1}
    assert {line.key: line.cells for line in figures.lines} == {"site-visits": both, "trust-between-partners": both}
    assert (figures.n, figures.not_known) == (1, 1)


@pytest.mark.django_db
def test_the_record_says_who_stands_behind_how_many():
    confirmed = factories.published_version()
    factories.published_version(starts_on="2014")
    for row in confirmed.involvements.all():
        answer = {"answer": "confirms", "fingerprint": fingerprint(confirmed)}
        Confirmation.objects.create(entry=confirmed, organisation=row.organisation, **answer)
    figures = Numbers(PartnershipVersion.objects.published()).record()
    lines = {line.key: line.cells for line in figures.lines}
    assert [key for key, _label in figures.columns] == ["both-sides", "public-sources"]
    assert lines["all"] == {ALL: 2, "both-sides": 1, "public-sources": 1}
    assert lines["years"] == {ALL: 1, "both-sides": 0, "public-sources": 1}


@pytest.mark.django_db
def test_drafts_and_archived_entries_are_not_counted():
    factories.draft_version()
    version = factories.published_version()
    assert Numbers(PartnershipVersion.objects.published()).total == 1
    PartnershipVersion.objects.filter(pk=version.pk).update(state="archived")
    assert Numbers(PartnershipVersion.objects.published()).total == 0
    assert Numbers(PartnershipVersion.objects.published()).years().lines == []


def test_no_share_is_told_of_fewer_than_five():
    assert [share(1, whole) for whole in (0, 1, FEW - 1, FEW, 8)] == [None, None, None, 20, 12]
