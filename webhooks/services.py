"""Webhooks as their coordinators change them, and what the workflow tells them."""

from collections.abc import Collection
from datetime import timedelta
from typing import Protocol

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from platforms.models import Platform
from platforms.querysets import PlatformQuerySet
from webhooks import signatures
from webhooks.allowed_addresses import sockets_of, target_of
from webhooks.delivery_errors import Problem, UndeliveredError
from webhooks.models import CHOSEN, Delivery, Event, Webhook
from webhooks.permissions import can_manage_webhooks
from webhooks.tasks import send_due

EVENTS = {"publish": Event.PUBLISHED, "load": Event.PUBLISHED, "archive": Event.ARCHIVED, "restore": Event.RESTORED}
"""{action of the workflow: what is told}."""
MOST = 10
"""Webhooks of one platform."""
CHANGE_OVER = timedelta(days=1)
"""So long a former secret signs beside the new one."""
LOOK_UP_SECONDS = 5
State = Delivery.State


class Announced(Protocol):
    """A version that is told to other systems."""

    def concerned_platforms(self) -> PlatformQuerySet: ...

    def public_names(self) -> dict[str, object]: ...


def tell(entry: Announced, action: str) -> None:
    """Have every webhook concerned told, in the transaction of what happened; sent after the commit.

    Concerned are the platform that reviews ``entry``, those that it names, and all above these. One query while
    nobody listens.
    """
    if action not in EVENTS:
        return
    event = EVENTS[action]
    listening = [one for one in Webhook.objects.hearing_of(entry.concerned_platforms()) if event in one.events]
    if listening:
        now, about = timezone.now(), _in_short(entry)
        Delivery.objects.bulk_create(
            Delivery(webhook=one, event=event, entry=entry, about=about, occurred_at=now, next_try_at=now)
            for one in listening
        )
        _send_after_commit()


def _in_short(entry):
    """``WOP-0001, 2015``: for the list of deliveries, and nothing that is not public of archived entries too."""
    names = entry.public_names()
    return ", ".join(str(names[name]) for name in ("reference", "period") if name in names)


def _send_after_commit():
    """If even this fails, the sweep finds them."""
    transaction.on_commit(send_due.enqueue, robust=True)


def make_webhook(
    platform: Platform, *, by: User, url: str, events: Collection[str], note: str = ""
) -> tuple[Webhook, str]:
    """A new webhook and its secret, which nobody is shown again: (Webhook, str)."""
    _check(by, platform)
    url, secret = _reachable(url), signatures.new_secret()
    with transaction.atomic():
        _lock(platform)
        if platform.webhooks.count() >= MOST:
            raise ValidationError(_("A platform has at most %(most)s webhooks.") % {"most": MOST})
        webhook = Webhook(platform=platform, created_by=by, secret=signatures.sealed(secret))
        _write(webhook, url=url, events=events, note=note)
    return webhook, secret


def save_webhook(webhook: Webhook, *, by: User, revision: int, url: str, events: Collection[str], note: str) -> Webhook:
    """Change it; ValidationError with code ``stale`` when somebody else has since ``revision``."""
    _check(by, webhook.platform)
    url = url if url == webhook.url else _reachable(url)
    with transaction.atomic():
        _lock(webhook.platform)
        if not Webhook.objects.filter(pk=webhook.pk, revision=revision).update(revision=F("revision") + 1):
            message = _("Somebody has changed this webhook since you opened it. See what is saved, then save again.")
            raise ValidationError(message, code="stale")
        webhook = Webhook.objects.get(pk=webhook.pk)
        _write(webhook, url=url, events=events, note=note)
    return webhook


def _lock(platform):
    """Two coordinators who enter the same address at one moment are told of it like everybody."""
    Platform.objects.select_for_update().get(pk=platform.pk)


def _write(webhook, *, url, events, note):
    wrong = set(events) - {code for code, _label in CHOSEN}
    if wrong or not events:
        raise ValidationError({"events": _("Choose at least one.")})
    webhook.url, webhook.note = url, note.strip()
    webhook.events = [code for code, _label in CHOSEN if code in events]
    webhook.full_clean()
    webhook.save()


def _reachable(url):
    """``url`` in its exact form; ValidationError when deliveries may not go there."""
    try:
        target = target_of(url)
        sockets_of(target, seconds=LOOK_UP_SECONDS)
    except ValidationError as error:
        raise ValidationError({"url": error}) from error
    except UndeliveredError as error:
        raise ValidationError({"url": ValidationError(_wrong_host(error), code=error.problem.value)}) from error
    return str(target)


def _wrong_host(error):
    if error.problem == Problem.PRIVATE:
        return _(
            "This name leads into a network that is not public. Enter the name of a server that everybody on the "
            "internet can reach."
        )
    return _("No server was found under this name. Check how it is written.")


def renew_secret(webhook: Webhook, *, by: User, at_once: bool = False) -> str:
    """A new secret, to be shown now; the former one signs for another day, or no longer where ``at_once``."""
    _check(by, webhook.platform)
    secret = signatures.new_secret()
    with transaction.atomic():
        webhook = Webhook.objects.select_for_update().get(pk=webhook.pk)
        webhook.former_secret = "" if at_once else webhook.secret
        webhook.former_until = None if at_once else timezone.now() + CHANGE_OVER
        webhook.secret = signatures.sealed(secret)
        webhook.save(update_fields=["secret", "former_secret", "former_until"])
    return secret


@transaction.atomic
def switch(webhook: Webhook, *, by: User, on: bool) -> None:
    """Off: nothing is written for it, and what is due waits. On: what waits is sent as far as it is still so."""
    _check(by, webhook.platform)
    state = Webhook.State.ON if on else Webhook.State.OFF
    Webhook.objects.filter(pk=webhook.pk).update(state=state, given_up=0)
    if on:
        _send_after_commit()


@transaction.atomic
def delete_webhook(webhook: Webhook, *, by: User) -> None:
    """With everything that was delivered to it."""
    _check(by, webhook.platform)
    webhook.delete()


@transaction.atomic
def ping(webhook: Webhook, *, by: User) -> Delivery:
    """Send a test, once, even to a webhook that is off."""
    _check(by, webhook.platform)
    Webhook.objects.select_for_update().get(pk=webhook.pk)
    if webhook.deliveries.filter(event=Event.PING, state__in=[State.DUE, State.SENDING]).exists():
        raise ValidationError(_("A test is on its way already."), code="waiting")
    delivery = Delivery.objects.create(webhook=webhook, event=Event.PING)
    _send_after_commit()
    return delivery


@transaction.atomic
def send_again(delivery: Delivery, *, by: User) -> None:
    """Once more from the beginning, under the same id."""
    _check(by, delivery.webhook.platform)
    if not delivery.webhook.is_on:
        raise ValidationError(_("Switch the webhook on first."), code="off")
    again = Delivery.objects.over().filter(pk=delivery.pk).exclude(event=Event.PING)
    if not again.update(state=State.DUE, tries=0, next_try_at=timezone.now()):
        raise ValidationError(_("It is on its way already."), code="waiting")
    _send_after_commit()


def _check(by, platform):
    if not can_manage_webhooks(by, platform):
        raise PermissionDenied(_("Only coordinators of this platform, or of one above it, manage its webhooks."))
