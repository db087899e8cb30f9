"""Targets and results of the WOP and results of its published reports.

A number stands as data only with its date; else in words. A target of the WOP stands with the one result of the same
track that is measured in the same way, else as a result of its own that nothing has come of yet.
"""

from typing import NamedTuple

from directory.wording import report_name
from iati.elements import add, add_narratives, labels, own, said, told
from iati.money import exactly
from iati.topics import list_address
from vocabularies.partial_dates import PartialDate

NOT_CLASSIFIED = "9"
"""ResultType: nobody says whether a result is an output, an outcome or an impact."""
UNIT, PERCENTAGE, QUALITATIVE = "1", "2", "5"
OWN_INDICATORS = "99"
WHOLE = "Result of the partnership as a whole"


class Stated(NamedTuple):
    """A number, None where there is none, and its PartialDate."""

    number: object = None
    day: PartialDate = PartialDate("")


NOTHING = Stated()


class Numbers(NamedTuple):
    """All that an indicator tells; the names are those of the remarks."""

    baseline: Stated = NOTHING
    target: Stated = NOTHING
    latest: Stated = NOTHING

    @property
    def are_known(self):
        return any(stated.number is not None for stated in self)


def add_results(activity, entry):
    """Those of the WOP itself with its targets, then those of each report."""
    unmet = list(entry.version.targets.all())
    for row in entry.version.results.all():
        target = _target_of(row, entry.version)
        unmet = [other for other in unmet if other is not target]
        _add(activity, row, _title(row.track), _numbers_of(row, _goal(target) if target else NOTHING))
    for target in unmet:
        _add(activity, target, _title(target.track), Numbers(target=_goal(target)), _by_when(target))
    for report in entry.reports:
        for row in report.results.all():
            title = [(report.language, row.track_title)] if row.track_title else said(WHOLE)
            numbers = _numbers_of(row, Stated(row.target, row.target_on))
            _add(activity, row, title, numbers, f"Stated in: {report_name(report.report)}.")


def _numbers_of(result, target):
    return Numbers(Stated(result.baseline, result.baseline_on), target, Stated(result.latest, result.latest_on))


def _goal(target):
    return Stated(target.value, target.due_on)


def _by_when(target):
    """Without a number the date has no other place."""
    return f"To be reached by: {target.due_on}." if target.value is None and target.due_on else ""


def _target_of(result, version):
    """The target that ``result`` is measured against; None where it is not plain which belong together."""
    results, targets = (
        [row for row in rows if row.indicator_id and _measure_of(row) == _measure_of(result)]
        for rows in (version.results.all(), version.targets.all())
    )
    return targets[0] if len(results) == len(targets) == 1 and not targets[0].text else None


def _measure_of(row):
    return row.track_id, row.indicator_id, row.unit


def _title(track):
    if track is None:
        return said(WHOLE)
    return told(track.version, "title", track) or (
        labels(track.area) if track.area else said("Result of an improvement track")
    )


def _add(activity, row, title, numbers, remark=""):
    result = add(activity, "result", {"type": NOT_CLASSIFIED})
    add_narratives(add(result, "title"), title)
    if text := told(row.version, "text", row):
        add_narratives(add(result, "description"), text)
    _add_indicator(result, row, title, numbers, remark)
    if evidence := getattr(row, "evidence", ""):
        add(result, own("evidence"), text=evidence)


def _add_indicator(result, row, title, numbers, remark):
    indicator = add(result, "indicator", {"measure": _measure(row) if numbers.are_known else QUALITATIVE})
    name = labels(row.indicator) if row.indicator else told(row.version, "text", row) or title
    add_narratives(add(indicator, "title"), name)
    if remarks := [*_in_words(row.unit, numbers), remark] if numbers.are_known else [remark] if remark else []:
        add_narratives(add(indicator, "description"), said(*remarks))
    if row.indicator:
        reference = {"vocabulary": OWN_INDICATORS, "code": row.indicator.code, "indicator-uri": list_address("terms")}
        add(indicator, "reference", reference)
    _add_baseline(indicator, *numbers.baseline)
    _add_period(indicator, "target", *numbers.target)
    _add_period(indicator, "actual", *numbers.latest)


def _measure(row):
    return PERCENTAGE if row.unit.startswith("%") else UNIT


def _in_words(unit, numbers):
    """The unit, and every number whose date is not known."""
    yield f"Unit: {unit}."
    for name, stated in zip(("Baseline", "Target", "Latest value"), numbers, strict=True):
        if stated.number is not None and not stated.day:
            yield f"{name}: {exactly(stated.number)}, of a date that is not stated."


def _add_baseline(indicator, number, stated):
    if number is None or not stated:
        return
    day = stated.earliest.isoformat() if stated.precision == "day" else None
    attributes = {"iso-date": day, "year": stated.year, "value": exactly(number)}
    _comment(add(indicator, "baseline", attributes), stated)


def _add_period(indicator, name, number, stated):
    """The period is the date as precisely as it is stated: a day, a month or a year."""
    if number is None or not stated:
        return
    period = add(indicator, "period")
    add(period, "period-start", {"iso-date": stated.earliest.isoformat()})
    add(period, "period-end", {"iso-date": stated.latest.isoformat()})
    _comment(add(period, name, {"value": exactly(number)}), stated)


def _comment(element, stated):
    """Says what the dates beside it cannot: that only the year or the month is known."""
    if stated.precision != "day":
        add_narratives(add(element, "comment"), said(f"Date as stated: {stated}."))
