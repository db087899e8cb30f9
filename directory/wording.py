"""How an entry reads in a sentence or a line: dates, money, confirmation, topics."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from partnerships.models import EQUAL_ROLES, LEFT_ROLES, RIGHT_ROLES, Confirmation, Participant, Status
from partnerships.pairs import Pair, pair_of
from partnerships.services.confirming import answers_to
from reviews.models import ReviewEvent
from vocabularies.dates import PartialDate
from vocabularies.localised import labelled
from vocabularies.models import OTHER
from vocabularies.wording import quantity

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
    if version.place:
        facts.insert(0, Truncator(version.place).chars(PLACE_IN_A_LIST))
    if reports:
        facts.append(ngettext("%(count)s report", "%(count)s reports", reports) % {"count": reports})
    return Entry(
        reference=version.partnership.reference,
        url=reverse("directory:partnership", args=[version.partnership.reference]),
        title=version.title,
        pair=pair_of(version),
        dates=dates_of(version),
        facts=facts,
        topics=topics_of(version),
        summary=worded(version.summary, version.language),
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
    """``text``, marked with the first given of ``languages`` where the page is in another one."""
    language = next(filter(None, languages), "")
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
    return f"{cost} ({version.cost_covers})" if version.cost_covers else cost


def confirmation_line(version, answers=None, *, naming=None):
    """The one public wording of who stands behind an entry; ``answers`` as ``answers_about`` found them.

    ``naming`` is the version that names both sides: for a report that of its WOP.
    """
    said = None if answers is None else {version.pk: answers}
    return standings_of([version], said, naming={version.pk: naming or version})[version.pk].words


@dataclass(frozen=True)
class Standing:
    """Who stands behind an entry: ``code`` for programs, the ``confirmation_line`` for people."""

    code: str
    words: str


STANDINGS = ("difference", "both-sides", "reported", "public-sources")
"""The codes of a Standing, the first that holds."""


def standings_of(versions, said=None, naming=None):
    """{primary key: its Standing} of ``versions``; ``said`` as ``answers_to`` found it.

    ``naming``: {primary key: the version that names both sides}, by default the versions themselves.
    """
    said = answers_to(versions) if said is None else said
    naming = naming or {version.pk: version for version in versions}
    found = {version.pk: _said_by_the_sides(naming[version.pk], said[version.pk]) for version in versions}
    reporters = reporters_of([version for version in versions if not found[version.pk]])
    return {pk: standing or _reported_by(reporters.get(pk)) for pk, standing in found.items()}


def _said_by_the_sides(version, answers):
    differing = [row.organisation.short_name for row in answers if row.answer == Confirmation.Answer.DIFFERS]
    if differing:
        return Standing("difference", _("%(names)s reports a difference") % {"names": ", ".join(differing)})
    if _confirmed_by_both_sides(version, {row.organisation_id for row in answers}):
        return Standing("both-sides", _("confirmed by both sides"))
    return None


def _reported_by(name):
    if name:
        return Standing("reported", _("reported by %(name)s") % {"name": name})
    return Standing("public-sources", _("compiled from public sources"))


def differences_in(answers):
    """What organisations say that differs, as far as they let it be shown."""
    return [row for row in answers if row.answer == Confirmation.Answer.DIFFERS and row.may_be_shown and row.text]


def _confirmed_by_both_sides(version, confirmed):
    """At least one organisation of each side; where nobody mentors, all of them."""
    rows = [row for row in version.involvements.all() if row.organisation_id]
    left, right, equals = (
        {row.organisation_id for row in rows if row.role in roles} for roles in (LEFT_ROLES, RIGHT_ROLES, EQUAL_ROLES)
    )
    if left and right:
        return bool(left & confirmed and right & confirmed)
    return bool(equals) and equals <= confirmed


def reporter_of(version):
    """Who submitted the published words: an operator or a secretariat; None when they were loaded."""
    return reporters_of([version]).get(version.pk)


def reporters_of(versions):
    """{primary key: its ``reporter_of``} of those of ``versions``, all of one model, that were submitted."""
    submitters = _submitters_of(versions)
    wops = {version.pk: version.wop() for version in versions if version.pk in submitters}
    members = _participants_of({wop.pk for wop in wops.values()}, set(submitters.values()))
    return {
        pk: members.get((wop.pk, submitters[pk])) or (str(wop.entered_by) if wop.entered_by_id else _("a partner"))
        for pk, wop in wops.items()
    }


def _submitters_of(versions):
    """{primary key: that of the person who submitted it last, None for one who has left}."""
    if not versions:
        return {}
    kind = ContentType.objects.get_for_model(versions[0])
    events = ReviewEvent.objects.filter(content_type=kind, object_id__in=[one.pk for one in versions], action="submit")
    return dict(events.order_by("created_at", "pk").values_list("object_id", "by"))


def _participants_of(wops, people):
    """{(partnership, person): the name of the first organisation that takes part and that the person belongs to}."""
    if not people - {None}:
        return {}
    rows = Participant.objects.filter(partnership__in=wops, organisation__members__user__in=people - {None})
    rows = rows.annotate(person=F("organisation__members__user")).select_related("organisation").order_by("-pk")
    return {(row.partnership_id, row.person): row.organisation.short_name for row in rows}
