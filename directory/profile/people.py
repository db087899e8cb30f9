"""Who takes part: the two sides, those beside them, and what each pays."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from directory.wording import measured, money, quantity, report_name, worded
from partnerships.mentor_mentee import end_of, pair_of
from partnerships.models import LEFT_ROLES, MAIN_ROLES, RIGHT_ROLES
from vocabularies.models import TermList

MOTIVATIONS = (TermList.MENTOR_MOTIVATION, TermList.MENTEE_MOTIVATION)
"""Why they took part: the side of the mentor, that of the mentee."""


@dataclass(frozen=True)
class Sides:
    """Two columns. ``rows`` where one operator stands at each end, else ``left`` and ``right`` in full."""

    left: list
    right: list
    is_peers: bool
    rows: list
    motivations: list
    period: str

    @property
    def is_one_to_one(self):
        return len(self.left) == len(self.right) == 1

    @property
    def table(self):
        """As ``components/sides.html`` wants it."""
        left, right = self.left[0].end.name, self.right[0].end.name
        return {"left": left, "right": right, "is_peers": self.is_peers, "rows": self.rows}


@dataclass(frozen=True)
class Operator:
    """One operator of a side; ``facts`` is {label: text or list of texts}."""

    end: object
    facts: dict


@dataclass(frozen=True)
class Row:
    label: str
    left: object
    right: object


@dataclass(frozen=True)
class Other:
    """Somebody beside the two sides."""

    role: str
    name: str
    url: str
    place: str
    name_used: str
    notes: list = field(default_factory=list)


def sides_of(entry):
    """What is known of the operators; None when that is nothing but their names."""
    pair = pair_of(entry.version)
    operators = [_operator(row, entry.version) for row in entry.version.involvements.all() if row.role in MAIN_ROLES]
    left, right = _split(operators, pair)
    motivations = _motivations(entry.latest, pair.is_peers)
    if not motivations and not any(one.facts for one in operators):
        return None
    period = report_name(entry.latest.report) if motivations else ""
    rows = []
    if len(left) == len(right) == 1:
        rows = _rows(left, right) + ([_in_row(motivations, entry.latest)] if motivations else [])
    return Sides(left, right, pair.is_peers, rows, motivations, period)


def _split(operators, pair):
    """The same sides as ``pair_of`` draws."""
    left = [one for one in operators if one.end.role in LEFT_ROLES]
    right = [one for one in operators if one.end.role in RIGHT_ROLES]
    peers = [one for one in operators if one not in left and one not in right]
    if pair.is_peers:
        return peers[: len(pair.left)], peers[len(pair.left) :]
    return left, (right + peers if left else peers + right)


def _operator(row, version):
    """Of an organisation that is not public (any more) nothing is told but how the entry names it."""
    public = row.organisation if row.organisation and row.organisation.is_published else None
    place = ", ".join(str(part) for part in (public and public.city, row.place) if part)
    facts = {
        **(_facts_of(public, place) if public else {_("Place"): place}),
        _("Contribution"): worded(row.contribution, version.language),
        _("Name used then"): row.name_used,
        _("More"): worded(row.description, version.language) if row.organisation else "",
    }
    return Operator(end_of(row), {label: value for label, value in facts.items() if value})


def _facts_of(organisation, place):
    facts = {
        _("Kind"): organisation.get_kind_display(),
        _("Place"): place,
        _("Services"): ", ".join(str(service) for service in organisation.services.all()),
    }
    for figure in organisation.figures.all():
        facts.setdefault(str(figure.indicator), []).append(_figure(figure))
    return facts


def _figure(figure):
    """“7,600 persons (water and sanitation; year not stated)”."""
    about = [", ".join(str(label) for label in figure.service_labels), str(figure.year or _("year not stated"))]
    return f"{measured(figure.value, figure.unit)} ({'; '.join(part for part in about if part)})"


def _motivations(report, is_peers):
    """The texts of the mentor's side and of the mentee's; [] when no report tells any."""
    if report is None or is_peers:
        return []
    texts = [
        [chosen(choice, report) for choice in report.choices.all() if choice.term.list == name] for name in MOTIVATIONS
    ]
    return texts if any(texts) else []


def _in_row(motivations, report):
    """The same for one operator on each side: who tells none says why, as far as the report does."""
    reasons = {row.question: row.get_reason_display() for row in report.unanswered.all()}
    sides = zip(MOTIVATIONS, motivations, strict=True)
    return Row(_("Why they took part"), *(told or reasons.get(name, _("not answered")) for name, told in sides))


def chosen(choice, report):
    """“Solidarity principles: in own words”."""
    if not choice.explanation:
        return str(choice.term)
    explanation = worded(choice.explanation, report.language)
    return format_html(_("{term}: {explanation}"), term=choice.term, explanation=explanation)


def _rows(left, right):
    """Facts that both sides should have are “not known” where they lack; the rest is a dash."""
    one, other = left[0].facts, right[0].facts
    missing = dict.fromkeys((_("Kind"), _("Place"), _("Services")))
    rows = [
        Row(label, *(side.get(label, missing.get(label, "–")) for side in (one, other)))
        for label in [*missing, *[label for label in (one | other) if label not in missing]]
        if one.get(label) or other.get(label)
    ]
    return rows


def others_of(version):
    """Everybody who stands on neither of the two sides; who has the same role stands together, where the first does."""
    others = [_other(row, version) for row in version.involvements.all() if row.role not in MAIN_ROLES]
    roles = list(dict.fromkeys(other.role for other in others))
    return sorted(others, key=lambda other: roles.index(other.role))


def _other(row, version):
    notes = [worded(text, version.language) for text in (row.contribution, row.description) if text]
    organisation = row.organisation
    if organisation is None:
        name, notes = (notes.pop() if row.description else _("Not named")), notes
    else:
        name = f"{organisation.name} ({organisation.acronym})" if organisation.acronym else organisation.name
    url = reverse("directory:operator", args=[organisation.slug]) if organisation and organisation.is_published else ""
    return Other(str(row.role_label), name, url, str(row.place or ""), row.name_used, notes)


def payments_of(version):
    """{"rows": [(name, role, amount, share, notes)], "sum": the shares together}; None without payments."""
    payments = list(version.payments.all())
    if not payments:
        return None
    shares = [payment.share for payment in payments if payment.share is not None]
    return {"rows": [_payment(row) for row in payments], "sum": f"{quantity(sum(shares))} %" if len(shares) > 1 else ""}


def _payment(payment):
    who = payment.involvement
    return {
        "name": who.organisation.short_name if who.organisation else str(who),
        "role": str(who.role_label),
        "amount": money(payment.amount, payment.currency) if payment.amount is not None else "",
        "share": f"{quantity(payment.share)} %" if payment.share is not None else "",
        "in_kind": payment.in_kind,
        "note": payment.note,
    }


def cost_details(version):
    """Texts: what kind of figure the total cost is, what it covers, what it is in US dollars and by which rate."""
    details = [version.kind_of_cost if version.cost_amount is not None else "", version.cost_covers]
    if version.cost_usd_rate is not None:
        rate = _("1 %(currency)s = %(rate)s USD, %(date)s, %(source)s") % {
            "currency": version.cost_currency,
            "rate": quantity(version.cost_usd_rate),
            "date": version.cost_usd_rate_on.localised(),
            "source": version.cost_usd_rate_source,
        }
        if version.cost_amount is not None:
            equivalent = money(version.cost_in_usd.quantize(Decimal(1)), "USD")
            rate = _("about %(amount)s at %(rate)s") % {"amount": equivalent, "rate": rate}
        details.append(rate)
    return [str(detail) for detail in details if detail]
