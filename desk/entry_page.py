"""What the working page of an entry shows."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from desk.comments import comments_of
from desk.entry_types import entry_type_of, review_url
from desk.history import history_of
from desk.permissions import is_insider
from desk.refusals import editing_url
from desk.steps import buttons_for
from desk.visibility import visibility_of
from partnerships.models.base import Version
from partnerships.permissions import acting_platform
from partnerships.services.confirmations import FROZEN, answers_about, organisations_to_answer
from reviews.services import can_share
from reviews.states import OPEN_STATES, Actor, State

DECISIONS = {"publish", "request_changes", "reject"}
"""Taken on the desk, where the differences stand beside them."""


def entry_page(entry, user):
    """The context of ``desk/entry.html``."""
    is_version = isinstance(entry, Version)
    actors = entry.roles_of(user)
    reason = visibility_of(entry)
    return {
        "entry": entry,
        "kind": entry_type_of(entry),
        "reference": entry.wop().reference if is_version else "",
        "number": entry.number if is_version else None,
        "why": reason,
        "history": history_of(entry),
        "ways": _ways(entry, actors, reason),
        "new_version_url": _new_version_url(entry, actors, user),
        "buttons": [button for button in buttons_for(entry, user) if button.action not in DECISIONS],
        "parties": (parties := _parties(entry) if is_version else []),
        "answering": _answering(entry, user, parties) if is_version else "",
        "confirm_url": reverse("desk:confirm", args=[entry_type_of(entry).code, entry.pk]) if is_version else "",
        "facts": _facts(entry) if not is_version else [],
        **(_between_insiders(entry, user) if is_insider(user, entry, actors) else {"is_insider": False}),
    }


def _between_insiders(entry, user):
    """Remarks, reasons and links for outsiders: for authors and secretariats, not for who is only asked to confirm."""
    is_shared = can_share(user, entry) and isinstance(entry, Version)
    return {
        "is_insider": True,
        **comments_of(entry, user),
        "can_share": is_shared,
        "links": entry.preview_links.all() if is_shared else [],
        "now": timezone.now(),
    }


def _ways(entry, actors, reason):
    """Pairs (label, url) of where one can go from here, the most important first."""
    ways = []
    if Actor.AUTHOR in actors and entry.is_editable:
        ways.append((_("Go on writing"), editing_url(entry)))
    if Actor.REVIEWER in actors and entry.state == State.SUBMITTED:
        ways.append((_("Review it"), review_url(entry)))
    if isinstance(entry, Version):
        ways.append((_("Read it as it would be public"), reverse("directory:draft-preview", args=_place(entry))))
    if reason.is_public:
        ways.append((_("Open the public page"), entry.public_url))
    return ways


def _place(entry):
    return [entry_type_of(entry).code, entry.pk]


def _new_version_url(entry, actors, user):
    """To post to; "" while somebody is at work on one, or for who may not."""
    if not isinstance(entry, Version) or entry.state != State.PUBLISHED:
        return ""
    if Actor.AUTHOR not in actors and acting_platform(user, entry.wop()) is None:
        return ""
    if entry.siblings().filter(state__in=OPEN_STATES).exists():
        return ""
    if entry_type_of(entry).code == "report":
        return reverse("reports:new-version", args=[entry.report_id])
    return reverse("partnerships:new-version", args=[entry.partnership.reference])


def _parties(entry):
    """(organisation, its answer or None, whether it has members) of all whose word counts on these words."""
    answers = {answer.organisation_id: answer for answer in answers_about(entry)}
    parties = entry.parties().order_by("name", "pk")
    manned = set(parties.filter(members__isnull=False).values_list("pk", flat=True))
    return [(party, answers.get(party.pk), party.pk in manned) for party in parties]


def _answering(entry, user, parties):
    """ "due" while an organisation of ``user`` has not said its word, "done" when all have, "" when none is asked."""
    mine = set(organisations_to_answer(entry, user)) if entry.state in FROZEN else set()
    said = {organisation for organisation, answer, _manned in parties if answer}
    return "due" if mine - said else "done" if mine else ""


def _facts(entry):
    """(label, value) of a registration or of a change of an organisation."""
    before = getattr(entry, "organisation", None)
    fields = ["name", "acronym", "kind", "country"] + (["reason"] if before else ["city", "website", "source", "about"])
    facts = [(entry._meta.get_field(name).verbose_name, _shown(entry, name)) for name in fields]
    head = [(_("organisation"), str(before))] if before else []
    return [(label, value) for label, value in head + facts if value]


def _shown(entry, name):
    display = getattr(entry, f"get_{name}_display", None)
    return display() if display else getattr(entry, name)
