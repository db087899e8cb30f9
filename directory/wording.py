"""How an entry reads in a sentence or a line: dates, money, topics."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from partnerships.mentor_mentee import Pair, pair_of
from partnerships.models import Status
from reviews.translations import told
from vocabularies.formatting import quantity
from vocabularies.localised import labelled
from vocabularies.models import OTHER
from vocabularies.partial_dates import PartialDate

PLACE_IN_A_LIST = 80
"""Letters of the place of the work in the line of a list; the profile has all of them."""
UNITS = {"persons": gettext_lazy("persons"), "h/day": gettext_lazy("h/day"), "m³/day": gettext_lazy("m³/day")}
"""Usual units that are words; signs like % need no translation, what somebody typed stays as typed."""


@dataclass(frozen=True)
class Entry:
    """One partnership in a list."""

    reference: str
    url: str
    title: str
    pair: Pair
    dates: str
    facts: list
    topics: list
    summary: str
    cost: str
    status: str


def entry_of(version):
    """The Entry of a version that came from ``for_list()`` and ``with_years()``."""
    platforms = [str(row.platform) for row in version.named_platforms.all()]
    reports = getattr(version, "report_count", 0)
    facts = list(platforms)
    if version.status != Status.UNKNOWN:
        facts.insert(0, version.get_status_display())
    if place := told(version, "place"):
        facts.insert(0, Truncator(place).chars(PLACE_IN_A_LIST))
    if reports:
        facts.append(ngettext("%(count)s report", "%(count)s reports", reports) % {"count": reports})
    return Entry(
        reference=version.partnership.reference,
        url=reverse("directory:partnership", args=[version.partnership.reference]),
        title=told(version, "title"),
        pair=pair_of(version),
        dates=dates_of(version),
        facts=facts,
        topics=topics_of(version),
        summary=worded(told(version, "summary"), version.language),
        cost=cost_of(version) if version.cost_amount is not None else "",
        status=version.get_status_display(),
    )


def account_of(entry):
    """“Mentor: SICSM (Martinique). Mentee: WASCO (Saint Lucia). 2013 – 2015. Improvement areas: Metering.”"""
    ends = [
        labelled(end.role_label, _("%(name)s (%(place)s)") % {"name": end.name, "place": end.where})
        if end.where and end.where != end.name
        else labelled(end.role_label, end.name)
        for end in (*entry.pair.left, *entry.pair.right)
    ]
    topics = [labelled(_("Improvement areas"), ", ".join(entry.topics))] if entry.topics else []
    return " ".join(f"{str(part).removesuffix('.')}." for part in (*ends, entry.dates, *entry.facts, *topics) if part)


def topics_of(version):
    """The improvement areas of the tracks in words."""
    return [str(area) for area in areas_of(version)]


def areas_of(version):
    """The improvement areas (Term) of the tracks, each once, in their order; “Other” says least and comes last."""
    areas = dict.fromkeys(track.area for track in version.tracks.all() if track.area)
    return sorted(areas, key=lambda area: area.code == OTHER)


def dates_of(version):
    """“2013 – 2015”, “since 2010” while under way, “from 2010”, “signed 3 December 2014”; "" when undated."""
    if version.starts_on and not version.ends_on and version.status == Status.UNDER_WAY:
        return _("since %(date)s") % {"date": version.starts_on.localised()}
    if version.starts_on or version.ends_on:
        return period_of(version.starts_on, version.ends_on)
    signed = PartialDate(getattr(version, "signed_on", None) or "")
    return _("signed %(date)s") % {"date": signed.localised()} if signed else ""


def period_of(start, end):
    """“2013 – 2015”, “from 2010”, “until 2015” of two PartialDates; "" when neither is known."""
    if start and end:
        return _("%(start)s – %(end)s") % {"start": start.localised(), "end": end.localised()}
    if start:
        return _("from %(date)s") % {"date": start.localised()}
    return _("until %(date)s") % {"date": end.localised()} if end else ""


def measured(number, unit):
    """“7,600 persons”, “29.5 %”: a number is never shown without its unit."""
    return f"{quantity(number)} {UNITS.get(unit, unit)}".strip()


def worded(text, *languages):
    """``text``, marked with the first given of ``languages`` where the page is in another one.

    Words that were translated for the reader know their own language.
    """
    language = next(filter(None, (getattr(text, "language", ""), *languages)), "")
    if not text or not language or language == get_language():
        return text
    return format_html('<span lang="{}">{}</span>', language, text)


def report_name(report):
    """“Periodic report, 2015”."""
    return _("%(kind)s, %(period)s") % {"kind": report.get_kind_display(), "period": report.period_label}


def money(amount, currency):
    """“USD 60,000”: the code first, decimals only where there are any."""
    decimals = 0 if amount == amount.to_integral_value() else 2
    return f"{currency} {number_format(amount, decimals, force_grouping=True)}"


def cost_of(version):
    """“Funding goal, EUR 250,000 (phase 1)”; “not known” without an amount, never 0."""
    if version.cost_amount is None:
        return _("not known")
    amount = money(version.cost_amount, version.cost_currency)
    cost = _("%(kind)s, %(amount)s") % {"kind": version.kind_of_cost, "amount": amount}
    covers = told(version, "cost_covers")
    return f"{cost} ({covers})" if covers else cost
