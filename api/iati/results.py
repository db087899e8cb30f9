"""Results of the WOP and of its published reports. A number stands as data only with its date; else in words."""

from api.iati.elements import add, add_narratives, labels, own, said, told
from api.iati.money import exactly
from api.iati.topics import list_address
from directory.wording import report_name

NOT_CLASSIFIED = "9"
"""ResultType: nobody says whether a result is an output, an outcome or an impact."""
UNIT, PERCENTAGE, QUALITATIVE = "1", "2", "5"
OWN_INDICATORS = "99"
WHOLE = "Result of the partnership as a whole"


def add_results(activity, entry):
    """Those of the WOP itself, then those of each report."""
    for row in entry.version.results.all():
        _add(activity, row, _title(row.track))
    for report in entry.reports:
        for row in report.results.all():
            title = [(report.language, row.track_title)] if row.track_title else said(WHOLE)
            _add(activity, row, title, f"Stated in: {report_name(report.report)}.")


def _title(track):
    if track is None:
        return said(WHOLE)
    return told(track.version, "title", track) or (
        labels(track.area) if track.area else said("Result of an improvement track")
    )


def _add(activity, row, title, remark=""):
    result = add(activity, "result", {"type": NOT_CLASSIFIED})
    add_narratives(add(result, "title"), title)
    if text := told(row.version, "text", row):
        add_narratives(add(result, "description"), text)
    _add_indicator(result, row, title, remark)
    if row.evidence:
        add(result, own("evidence"), text=row.evidence)


def _add_indicator(result, row, title, remark):
    numbers = [row.baseline, row.latest, row.target]
    is_measured = any(number is not None for number in numbers)
    indicator = add(result, "indicator", {"measure": _measure(row) if is_measured else QUALITATIVE})
    name = labels(row.indicator) if row.indicator else told(row.version, "text", row) or title
    add_narratives(add(indicator, "title"), name)
    if remarks := [*_in_words(row), remark] if is_measured else [remark] if remark else []:
        add_narratives(add(indicator, "description"), said(*remarks))
    if row.indicator:
        reference = {"vocabulary": OWN_INDICATORS, "code": row.indicator.code, "indicator-uri": list_address("terms")}
        add(indicator, "reference", reference)
    _add_baseline(indicator, row)
    _add_period(indicator, "target", row.target, row.target_on)
    _add_period(indicator, "actual", row.latest, row.latest_on)


def _measure(row):
    return PERCENTAGE if row.unit.startswith("%") else UNIT


def _in_words(row):
    """The unit, and every number whose date is not known."""
    yield f"Unit: {row.unit}."
    for name, number, day in (
        ("Baseline", row.baseline, row.baseline_on),
        ("Target", row.target, row.target_on),
        ("Latest value", row.latest, row.latest_on),
    ):
        if number is not None and not day:
            yield f"{name}: {exactly(number)}, of a date that is not stated."


def _add_baseline(indicator, row):
    if row.baseline is None or not row.baseline_on:
        return
    day = row.baseline_on.earliest.isoformat() if row.baseline_on.precision == "day" else None
    attributes = {"iso-date": day, "year": row.baseline_on.year, "value": exactly(row.baseline)}
    _comment(add(indicator, "baseline", attributes), row.baseline_on)


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
