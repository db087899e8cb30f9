"""What WOPs cost: what the published ones state, and the rule of thumb, scaled to a shape that somebody plans."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from django.db.models import Count

from directory.insights.numbers import FEW
from reviews.translations import told
from vocabularies.partial_dates import PartialDate, months_between

RULE_OF_THUMB = 50_000
"""US dollars: two visits and the staff time of both sides on two tracks in a year usually cost less (GWOPA)."""
VISITS = TRACKS = 2
"""So many technical visits and improvement tracks a year the rule of thumb speaks of."""
NEAR = 1
"""A WOP is of the same shape when its tracks and its years differ by no more."""


@dataclass(frozen=True)
class Cost:
    """What one partnership states; ``usd`` by its own currency or the rate entered with it.

    ``years`` it took and its number of ``tracks`` are None where they are not known.
    """

    version: int
    reference: str
    amount: Decimal
    currency: str
    kind: str
    kind_label: str
    covers: str
    usd: Decimal | None
    rate_on: str
    rate_source: str
    first_year: str
    last_year: str
    years: Decimal | None
    tracks: int | None


def costs_of(versions):
    """[Cost] of the published ``versions`` that state one, by reference; what is not known is never taken for 0."""
    stated = versions.exclude(cost_amount=None).with_years().select_related("partnership")
    counted = stated.annotate(track_count=Count("tracks", distinct=True)).order_by("partnership__reference")
    return [_cost(version) for version in counted.with_translations()]


def _cost(version):
    return Cost(
        version=version.pk,
        reference=version.partnership.reference,
        amount=version.cost_amount,
        currency=version.cost_currency,
        kind=version.cost_kind,
        kind_label=str(version.kind_of_cost),
        covers=told(version, "cost_covers"),
        usd=version.cost_in_usd,
        rate_on=PartialDate(version.cost_usd_rate_on).localised() if version.cost_usd_rate else "",
        rate_source=version.cost_usd_rate_source,
        first_year=version.first_year or "",
        last_year=version.last_year or "",
        years=_years(version),
        tracks=version.track_count or None,
    )


def _years(version):
    """As agreed or told; else the middle of what both dates allow, to a tenth."""
    months = version.duration_months
    if months is None and version.starts_on and version.ends_on:
        months = sum(months_between(version.starts_on, version.ends_on)) / 2
    return None if months is None else round(Decimal(months) / 12, 1)


@dataclass(frozen=True)
class Shape:
    """A WOP that somebody plans: technical ``visits`` a year, ``tracks``, ``years``; ``in_kind`` in per cent."""

    visits: int = VISITS
    tracks: int = TRACKS
    years: int = 1
    in_kind: int = 0

    @property
    def is_of_the_rule(self):
        """Whether the rule of thumb speaks of it as it stands."""
        return self.visits == VISITS and self.tracks == TRACKS

    @property
    def rule(self):
        """US dollars by the rule of thumb: it grows with the years, and by halves with visits and tracks."""
        return round(RULE_OF_THUMB * self.years * (self.visits + self.tracks) / (VISITS + TRACKS))

    @property
    def in_money(self):
        """What of it is left to be paid."""
        return round(self.rule * (100 - self.in_kind) / 100)

    def is_like(self, cost):
        """Nobody counts the visits of a published WOP, so that tracks and years decide."""
        if cost.tracks is None or cost.years is None:
            return False
        return abs(cost.tracks - self.tracks) <= NEAR and abs(cost.years - self.years) <= NEAR


@dataclass(frozen=True)
class Group:
    """The amounts of one kind, in US dollars; ``costs`` from the lowest to the highest."""

    kind_label: str
    costs: list

    @property
    def n(self):
        return len(self.costs)

    @property
    def lowest(self):
        return self.costs[0].usd

    @property
    def highest(self):
        return self.costs[-1].usd

    @property
    def median(self):
        """None of fewer than FEW."""
        return median(cost.usd for cost in self.costs) if self.n >= FEW else None

    @property
    def years(self):
        """(first, last) year in which they ran, as four digits: of that time is the money. () when none is dated."""
        dated = [year for cost in self.costs for year in (cost.first_year, cost.last_year) if year]
        return (min(dated), max(dated)) if dated else ()


def grouped(costs):
    """A Group for each kind of amount: what was spent is never mixed with what was planned or hoped for."""
    kinds = defaultdict(list)
    for cost in costs:
        if cost.usd is not None:
            kinds[cost.kind_label].append(cost)
    groups = [Group(label, sorted(found, key=lambda cost: cost.usd)) for label, found in kinds.items()]
    return sorted(groups, key=lambda group: (-group.n, group.kind_label))
