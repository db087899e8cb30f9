"""The charts of one question to the directory: each with its sentence, its picture and the table of all its numbers."""

from dataclasses import dataclass, field

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from directory.insights import charts, words
from directory.insights.costs import costs_of
from directory.insights.numbers import Figures, Numbers, share
from directory.query_strings import query_of, values_of
from directory.wording import money

ASKED_OF_ONE_ROW = {"country", "region", "organisation", "role"}
"""A line that asks for one of these cannot be added to a question with another: both must match the same row."""


@dataclass(frozen=True)
class TableRow:
    """``code``: what programs know it by; ``url``: where what it counts is listed, "" where no question finds that."""

    code: str
    cells: list
    url: str = ""


@dataclass(frozen=True)
class Table:
    headings: list
    rows: list


@dataclass(frozen=True)
class Chart:
    """``form``: the template of the picture, ``directory/_chart_<form>.html``."""

    code: str
    form: str
    figures: Figures
    table: Table
    picture: dict = field(default_factory=dict)

    @property
    def template(self):
        return f"directory/_chart_{self.form}.html"

    @property
    def name(self):
        return words.NAMES[self.code]

    @property
    def title(self):
        return words.sentence(self.code, self.figures)

    @property
    def about(self):
        return words.ABOUT[self.code]

    @property
    def counted(self):
        return words.counted(self.code, self.figures)


class Insights:
    """The charts of a valid ``filterset``; only those are counted that are asked for."""

    FORMS = {
        "places": "map",
        "flows": "flows",
        "pairings": "bars",
        "years": "columns",
        "areas": "matrix",
        "practice": "matrix",
        "costs": "costs",
        "record": "matrix",
    }

    def __init__(self, filterset):
        self.filterset = filterset
        self.numbers = Numbers(filterset.qs.as_queryset() if values_of(filterset) else filterset.queryset)

    @property
    def total(self):
        return self.numbers.total

    def charts(self):
        return [self.chart(code) for code in words.NAMES]

    def chart(self, code):
        """Raises KeyError for a code that no chart has."""
        if code == "costs":
            return self._of_costs()
        form = self.FORMS[code]
        figures = getattr(self.numbers, code)()
        return Chart(code, form, figures, self._table(code, figures), _PICTURES[form](figures))

    # --- tables -----------------------------------------------------------------------------------------------

    def _table(self, code, figures):
        columns, has_shares = words.columns_of(figures), code != "flows"  # one partnership may be several flows
        headings = [words.FIRST_COLUMNS[code], _("Partnerships")]
        headings += [_("Share of n, in %")] if has_shares else []
        rows = [
            TableRow(line.key, _cells(line, figures, has_shares) + [line.cells.get(key, 0) for key, _label in columns],
                     self._found_by(line.asks))
            for line in figures.lines
        ]  # fmt: skip
        return Table(headings + [label for _key, label in columns], rows)

    def _found_by(self, asks):
        names = {name for name, _value in asks}
        within = {name for name, value in self.filterset.asked.items() if value}
        if not names or names & within or (names & ASKED_OF_ONE_ROW and within & ASKED_OF_ONE_ROW):
            return ""
        query = QueryDict(query_of(self.filterset), mutable=True)
        for name, value in asks:
            query.appendlist(name, value)
        return f"{reverse('directory:partnerships')}?{query.urlencode()}"

    # --- costs ------------------------------------------------------------------------------------------------

    def _of_costs(self):
        costs = costs_of(self.numbers.versions)
        drawn = charts.cost_strips(costs, _cost_in_words)
        picture = {"costs": drawn, "without_dollars": sum(cost.usd is None for cost in costs)}
        return Chart("costs", self.FORMS["costs"], Figures(self.total, len(costs), []), table_of_costs(costs), picture)


_PICTURES = {
    "map": lambda figures: {"map": charts.disc_map(figures), "bars": charts.bars(figures.lines)},
    "flows": lambda figures: {"flows": charts.flows(figures)},
    "bars": lambda figures: {"bars": charts.bars(figures.lines)},
    "columns": lambda figures: {"columns": charts.columns(figures)},
    "matrix": lambda figures: {"columns": words.columns_of(figures), "groups": charts.matrices(figures)},
}


def _cells(line, figures, has_shares):
    label = f"{words.KINDS[line.kind]}: {line.label}" if line.kind else words.label_of(line)
    return [label, line.count, *([share(line.count, figures.n)] if has_shares else [])]


def table_of_costs(costs):
    """What each states, in its own currency first."""
    headings = [
        _("Reference"), _("First year"), _("Last year"), _("Years it takes"), _("Improvement tracks"), _("Amount"),
        _("Currency"), _("Kind of figure"), _("What it covers"), _("US dollars"), _("Rate of"), _("Source of the rate"),
    ]  # fmt: skip
    rows = [
        TableRow(
            cost.reference,
            [cost.reference, cost.first_year, cost.last_year, cost.years, cost.tracks, _plain(cost.amount),
             cost.currency, cost.kind_label, cost.covers, cost.usd and _plain(cost.usd),
             cost.rate_on, cost.rate_source],
            reverse("directory:partnership", args=[cost.reference]),
        )
        for cost in costs
    ]  # fmt: skip
    return Table(headings, rows)


def _plain(amount):
    """Without decimals that say nothing."""
    return int(amount) if amount == int(amount) else round(amount, 2)


def _cost_in_words(cost):
    """“WOP-0003: Budget, USD 60,000”."""
    amount = {"kind": cost.kind_label, "amount": money(cost.usd, "USD")}
    return f"{cost.reference}: {_('%(kind)s, %(amount)s') % amount}"
