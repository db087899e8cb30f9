"""What a report and the version of its WOP both tell: where they disagree, people decide and neither gives way."""

from dataclasses import dataclass
from enum import Enum, auto

from django.utils.translation import gettext as _

from reports.models import ReportResult
from reviews.models import YesNo
from vocabularies.formatting import quantity
from vocabularies.models import OTHER, TermList

OF_A_RESULT = {"baseline": ("baseline", "baseline_on"), "target": ("target", "target_on")}
"""{what is compared: its number and its date in a result of a report}."""
OF_THE_ENTRY = OF_A_RESULT | {"target": ("value", "due_on")}
"""The same in the entry, where a target has a row of its own."""


class Verdict(Enum):
    AGREES, DIFFERS, OPEN = auto(), auto(), auto()


@dataclass(frozen=True)
class Comparison:
    """One point; while one of the two leaves it open there is neither agreement nor contradiction."""

    label: str
    verdict: Verdict
    reported: str = ""
    stated: str = ""


def comparisons(report, wop):
    """The Comparisons between a ReportVersion and a PartnershipVersion: of every point that a report can tell again."""
    return [
        comparison(report, wop) for comparison in (_cost, _agreement, _organisations, _objectives, _areas, _results)
    ]


def differences(report, wop):
    """Those on which the two disagree."""
    return [one for one in comparisons(report, wop) if one.verdict == Verdict.DIFFERS]


def _compared(label, reported, stated, *, is_same):
    """Of two texts, "" where nothing is told."""
    if not reported or not stated:
        return Comparison(label, Verdict.OPEN)
    return Comparison(label, Verdict.AGREES if is_same else Verdict.DIFFERS, reported, stated)


def _cost(report, wop):
    """The amount with its currency and, as far as both say it, what kind of figure it is and what it covers."""
    pairs = [(getattr(report, name), getattr(wop, name)) for name in ("cost_kind", "cost_covers")]
    is_same = (report.cost_amount, report.cost_currency) == (wop.cost_amount, wop.cost_currency)
    is_same = is_same and all(one == other for one, other in pairs if one and other)
    return _compared(_("Total cost"), _money(report), _money(wop), is_same=is_same)


def _money(said):
    if said.cost_amount is None:
        return ""
    more = [str(said.kind_of_cost), said.cost_covers]
    return f"{said.cost_currency} {quantity(said.cost_amount)} ({'; '.join(filter(None, more))})"


def _agreement(report, wop):
    """An entry that lists none does not say that there is none; one that the report knows of is missing there."""
    said = report.formal_agreement if report.formal_agreement in (YesNo.YES, YesNo.NO) else ""
    listed = "; ".join(str(row) for row in wop.agreements.all())
    stated = listed
    if said == YesNo.YES and not listed and not wop.unanswered.filter(question="agreements").exists():
        stated = _("no agreement is listed")
    reported = str(YesNo(said).label) if said else ""
    return _compared(_("Formal agreement"), reported, stated, is_same=said == YesNo.YES and bool(listed))


def _organisations(report, wop):
    """Supporters that the entry of the WOP does not name; one that is only described cannot be looked for."""
    named = set(wop.involvements.values_list("organisation", flat=True))
    supporters = list(report.supporters.exclude(organisation=None).select_related("organisation"))
    others = [row for row in supporters if row.organisation_id not in named]
    is_told = others or not report.supporters.filter(organisation=None).exists()
    reported = "; ".join(row.organisation.name for row in others or supporters) if is_told else ""
    stated = _("not among the partners of the entry") if others else reported
    return _compared(_("Supporting organisations"), reported, stated, is_same=not others)


def _objectives(report, wop):
    reported, stated = ("\n".join(row.text for row in said.objectives.all()) for said in (report, wop))
    return _compared(_("Objectives"), reported, stated, is_same=reported == stated)


def _areas(report, wop):
    """A report of one period may be on fewer areas than the WOP; one that the WOP does not work on is a difference.

    “Other” is a different thing each time.
    """
    terms = [row.term for row in report.choices.select_related("term") if row.term.list == TermList.IMPROVEMENT_AREA]
    reported = [term for term in terms if term.code != OTHER]
    stated = {track.area_id: track.area for track in wop.tracks.select_related("area") if track.area_id}
    is_same = {term.pk for term in reported} <= stated.keys()
    return _compared(str(TermList.IMPROVEMENT_AREA.label), _listed(reported), _listed(stated.values()), is_same=is_same)


def _listed(things):
    return "; ".join(map(str, things))


def _results(report, wop):
    """Where both measure a track by the same indicator, it began at one value and has one target."""
    pairs = list(_measured_twice(report, wop))
    differing = [(reported, stated) for reported, stated in pairs if reported != stated]
    reported, stated = ("\n".join(texts) for texts in zip(*(differing or pairs), strict=True)) if pairs else ("", "")
    return _compared(_("Results"), reported, stated, is_same=not differing)


def _measured_twice(report, wop):
    """Pairs of what the report and what the entry says: “Non-revenue water, baseline: 45 %”, with dates that differ.

    Of a track that one of them measures more than once by the same indicator nobody knows which belong together.
    """
    reported = _once(report.results.select_related("indicator"), lambda row: row.track_key)
    for name, rows in (("baseline", wop.results), ("target", wop.targets)):
        stated = _once(rows.select_related("track", "indicator"), lambda row: row.track and row.track.key)
        for place in reported.keys() & stated.keys():
            told = [(reported[place], *OF_A_RESULT[name]), (stated[place], *OF_THE_ENTRY[name])]
            if all(getattr(row, number) is not None for row, number, _day in told):
                is_dated = _contradict(*(str(getattr(row, day)) for row, _number, day in told))
                label = ReportResult._meta.get_field(name).verbose_name
                yield tuple(_value(label, *one, is_dated=is_dated) for one in told)


def _contradict(one, other):
    """Of two dates, "" where none is told; 2014 does not contradict June 2014."""
    return bool(one and other) and not one.startswith(other) and not other.startswith(one)


def _once(rows, track_of):
    """{(track, indicator): the only row}."""
    found = {}
    for row in rows.exclude(indicator=None):
        found.setdefault((track_of(row), row.indicator_id), []).append(row)
    return {place: rows[0] for place, rows in found.items() if len(rows) == 1}


def _value(label, row, number, day, *, is_dated):
    dated = f" ({getattr(row, day).localised()})" if is_dated else ""
    return f"{row.indicator}, {label}: {quantity(getattr(row, number))} {row.unit}{dated}"
