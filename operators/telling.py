"""Edits of a page in words: what was there, and what came instead."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from operators.models import Service
from reviews.diffs import pieces_of
from vocabularies.models import ImprovementArea, Indicator, Term
from vocabularies.wording import quantity


@dataclass(frozen=True)
class Told:
    """One edit and what it changed. ``changes``: [(label, [(op, text)])] with op "same", "out" or "in"."""

    edit: object
    changes: list


def told(edits):
    """The edits of one page in words; terms are fetched once for all of them."""
    edits = list(edits)
    terms = _terms(edits)
    return [Told(edit, _changes(edit, terms)) for edit in edits]


def _changes(edit, terms):
    return [(_label(name), _pieces(name, edit.before[name], edit.after[name], terms)) for name in edit.after]


def _label(name):
    return {
        "website": _("Website"),
        "city": _("City"),
        "about": _("About"),
        "about_language": _("Language of this text"),
        "logo": _("Logo"),
        "services": _("Services"),
        "figures": _("Figures"),
        "needs": _("Needs"),
        "strengths": _("Strengths"),
    }[name]


def _pieces(name, before, after, terms):
    if name == "logo":
        return [("out", _("the logo before"))] * bool(before) + [("in", _("another logo"))] * bool(after)
    if name == "about":
        return pieces_of(before, after)
    if isinstance(after, list):
        gone = [("out", _row(name, row, terms)) for row in before if row not in after]
        return gone + [("in", _row(name, row, terms)) for row in after if row not in before]
    show = _language if name == "about_language" else str
    return [(op, show(text)) for op, text in (("out", before), ("in", after)) if text]


def _language(code):
    return get_language_info(code)["name_translated"]


def _row(name, row, terms):
    if name == "services":
        return str(Service(row).label)
    if name == "figures":
        parts = [f"{quantity(Decimal(row['value']))} {row['unit']}", str(row["year"] or ""), row["source"], row["note"]]
        services = [str(Service(code).label) for code in row["services"].split(";") if code]
        return f"{terms['figures', row['indicator']]}: {', '.join(filter(None, [*parts, *services]))}"
    return ": ".join(filter(None, [str(terms["areas", row["area"]]), row["description"]]))


def _terms(edits):
    """{(list, code): Term} of all rows."""
    sides = [side for edit in edits for side in (edit.before, edit.after)]
    figures = {row["indicator"] for side in sides for row in side.get("figures", [])}
    areas = {row["area"] for side in sides for name in ("needs", "strengths") for row in side.get(name, [])}
    if not figures | areas:  # no query for a page that has neither
        return {}
    lists = {Indicator.own_list: "figures", ImprovementArea.own_list: "areas"}
    found = Term.objects.filter(list__in=list(lists), code__in=figures | areas)
    return {(lists[term.list], term.code): term for term in found}
