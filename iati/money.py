"""What it costs: a budget where the entry calls the figure one and its period is known; all else in words."""

from iati.elements import add, add_narratives, said
from partnerships.models import PartnershipVersion

OTHER = "4"
"""DescriptionType: neither general nor objectives nor target groups."""
BUDGET = PartnershipVersion.CostKind.BUDGET
DAYS_OF_A_YEAR = 366
KINDS = {
    PartnershipVersion.CostKind.ACTUAL: "an actual cost",
    PartnershipVersion.CostKind.BUDGET: "a budget",
    PartnershipVersion.CostKind.GOAL: "a funding goal",
    "": "a figure whose kind is not stated",
}


def exactly(number):
    """A Decimal with the digits that it has, for machines: “54540”, “29.5”."""
    return f"{number.normalize():f}"


def budget_period(version):
    """(first day, last day) that the figure covers; None when it is no budget or fits no period of IATI.

    The standard allows a year at most. Dividing a longer one would invent what each year got.
    """
    start, end = version.starts_on, version.ends_on
    if version.cost_amount is None or version.cost_kind != BUDGET or not (start and end):
        return None
    first, last = start.earliest, end.latest
    return (first, last) if first < last and (last - first).days < DAYS_OF_A_YEAR else None


def add_budget(activity, version):
    if not (period := budget_period(version)):
        return
    first, last = (day.isoformat() for day in period)
    budget = add(activity, "budget")
    add(budget, "period-start", {"iso-date": first})
    add(budget, "period-end", {"iso-date": last})
    value = {"currency": version.cost_currency, "value-date": first}
    add(budget, "value", value, exactly(version.cost_amount))


def add_money_in_words(activity, version):
    """The total cost unless a budget says it, and every contribution: they have amounts but no dates."""
    sentences = [_contribution(payment) for payment in version.payments.all()]
    if version.cost_amount is not None and not budget_period(version):
        sentences.insert(0, _cost(version))
    if sentences:
        add_narratives(add(activity, "description", {"type": OTHER}), said(*sentences))


def _cost(version):
    covers = f" It covers: {version.cost_covers}." if version.cost_covers else ""
    amount = f"{version.cost_currency} {exactly(version.cost_amount)}"
    return f"Total cost: {amount}, {KINDS[version.cost_kind]}.{covers}"


def _contribution(payment):
    parts = [
        payment.amount is not None and f"{payment.currency} {exactly(payment.amount)}",
        payment.share is not None and f"{exactly(payment.share)} % of the total cost",
        payment.in_kind and f"in kind: {payment.in_kind}",
        payment.note,
    ]
    return f"Contribution of {_who(payment.involvement)}: {'; '.join(part for part in parts if part)}."


def _who(row):
    if row.organisation:
        return row.organisation.name if row.organisation.is_published else "an organisation that is not public"
    return row.description or "a partner that is not named"
