"""What the standard requires of an activity, and which partnerships lack it: they are listed, never filled up."""

from dataclasses import dataclass

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from iati.places import RECIPIENTS
from partnerships.models import Agreement, Involvement, Objective, PartnershipVersion, Status


def _rows(kind, **conditions):
    return Exists(kind.objects.filter(version=OuterRef("pk"), **conditions))


def requirements():
    """{element: Q that holds where a version can fill it}, in the order of the schema."""
    placed = Involvement.objects.placed().filter(version=OuterRef("pk"), role__in=RECIPIENTS, place__isnull=False)
    signed = Exists(Agreement.objects.filter(version=OuterRef("pk")).exclude(signed_on=""))
    return {
        "title": ~Q(title=""),
        "description": ~Q(summary="") | ~Q(approach="") | _rows(Objective, text__gt=""),
        "participating-org": Q(_rows(Involvement)),
        "activity-status": ~Q(status=Status.UNKNOWN),
        "activity-date": ~Q(starts_on="") | signed,
        "recipient-country": Q(Exists(placed)),
    }


@dataclass(frozen=True)
class Checked:
    """One partnership, by its primary key; ``lacks`` names the elements that it cannot fill."""

    partnership: int
    reference: str
    title: str
    lacks: tuple


def checked(versions, order=()):
    """Every one of ``versions`` as Checked, in one query and in their order; ``order``: as in ``sort_out``."""
    required = requirements()
    rows = _with_answers(versions).values_list("partnership", "partnership__reference", "title", *_names())
    return [
        Checked(*row[:3], tuple(name for name, holds in zip(required, row[3:], strict=True) if not holds))
        for row in _in_order(rows.iterator(), order)
    ]


def sort_out(versions, order=()):
    """(primary keys of the partnerships that lack nothing, in their order; number of the others), in one query.

    ``order``: primary keys of the partnerships in the order to be kept, where it is not that of the query.
    """
    complete, others = [], 0
    rows = _with_answers(versions).values_list("partnership", *_names())
    for partnership, *has in _in_order(rows.iterator(), order):
        if all(has):
            complete.append(partnership)
        else:
            others += 1
    return complete, others


def complete_among(partnerships):
    """The primary keys of those of ``partnerships`` (primary keys) that are exported."""
    versions = PartnershipVersion.objects.published().filter(partnership__in=partnerships).order_by()
    return set(sort_out(versions)[0])


def _in_order(rows, order):
    places = {partnership: place for place, partnership in enumerate(order)}
    return sorted(rows, key=lambda row: places[row[0]]) if places else rows


def _names():
    return [f"has_{place}" for place in range(len(requirements()))]


def _with_answers(versions):
    has = {
        name: ExpressionWrapper(holds, BooleanField())
        for name, holds in zip(_names(), requirements().values(), strict=True)
    }
    return versions.annotate(**has)
