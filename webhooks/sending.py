"""Sending what is due. A delivery is claimed before its receiver is spoken to, so that two senders send it once.

When a sender dies in between it is sent again: at least once, always under the same id, by which receivers drop
repeats.
"""

import json
import logging
import time
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from notices.leases import LEASE
from notices.sending import PAUSES
from notices.services import notify
from webhooks import signatures
from webhooks.allowed_addresses import target_of
from webhooks.delivery_errors import Problem, UndeliveredError
from webhooks.models import Delivery, Event, Webhook
from webhooks.payloads import payload_of
from webhooks.posting import post

MOST_GIVEN_UP = 3
"""So many deliveries in a row that were given up stop their webhook."""
LOST_AFTER = LEASE
"""No attempt takes so long: its sender has died."""
KEPT_FOR = timedelta(days=90)
State = Delivery.State
logger = logging.getLogger(__name__)


@dataclass
class Sweep:
    """What came of sending everything that was due: how many were taken, and when to try the others again."""

    sent: int = 0
    again_at: set = field(default_factory=set)


def sweep(stopping=lambda: False):
    """Send everything that is due; ``stopping()`` ends it between two deliveries."""
    _take_back_lost()
    Delivery.objects.over().filter(occurred_at__lt=timezone.now() - KEPT_FOR).delete()
    done = Sweep()
    for pk in list(Delivery.objects.due().values_list("pk", flat=True)):
        if stopping():
            break
        if delivery := _claim(pk):
            _send(delivery, done)
    return done


def _take_back_lost():
    lost = Delivery.objects.filter(state=State.SENDING, next_try_at__lt=timezone.now() - LOST_AFTER)
    for delivery in lost.select_related("webhook"):
        _give_back(delivery, timezone.now(), problem=Problem.LOST)


def _claim(pk):
    """The delivery when it is now ours to send, else None. ``attempts`` tells our attempt from a later one."""
    now = timezone.now()
    claimed = Delivery.objects.filter(pk=pk, state=State.DUE, next_try_at__lte=now).update(
        state=State.SENDING, next_try_at=now, tried_at=now, attempts=F("attempts") + 1, tries=F("tries") + 1
    )
    return Delivery.objects.select_related("webhook__platform").get(pk=pk) if claimed else None


def _send(delivery, done):
    began = time.monotonic()
    try:
        payload = payload_of(delivery)
        if payload is None:
            _note(delivery, state=State.OBSOLETE, problem="", detail="")
            return
        answer = _posted(delivery, payload)
    except UndeliveredError as error:
        _put_off(delivery, done, problem=error.problem, detail=error.detail[:300], took_ms=_since(began))
    except Exception as error:  # whatever goes wrong with one must not keep back the others
        logger.warning("A delivery could not be sent: %r", error)
        _fail(delivery, done, problem=Problem.UNEXPECTED, detail=repr(error)[:300])
    else:
        _judge(delivery, answer, done, took_ms=_since(began))


def _since(began):
    return round((time.monotonic() - began) * 1000)


def _posted(delivery, payload):
    """The Answer of the receiver."""
    body = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
    secrets = [signatures.opened(stored) for stored in delivery.webhook.secrets()]
    headers = {"content-type": "application/json", "user-agent": f"WOP-Portal (+{settings.PORTAL_URL})"}
    headers |= signatures.headers(str(delivery.pk), int(time.time()), body, secrets)
    try:
        target = target_of(delivery.webhook.url)
    except ValidationError as error:
        raise UndeliveredError(Problem.ADDRESS) from error
    return post(target, body=body, headers=headers)


def _judge(delivery, answer, done, **fields):
    """2xx is taken, 410 is the end, everything else is tried again."""
    fields |= {"answer_code": answer.code, "answer_text": answer.text}
    if not 200 <= answer.code < 300:
        problem = Problem.GONE if answer.code == 410 else Problem.REFUSED
        problem = Problem.REDIRECT if 300 <= answer.code < 400 else problem
        _fail(delivery, done, problem=problem, **fields)
    elif _note(delivery, state=State.SENT, problem="", detail="", **fields):
        Webhook.objects.filter(pk=delivery.webhook_id).update(given_up=0)
        done.sent += 1


def _put_off(delivery, done, **fields):
    """Nobody answers there: what else is due to the same receiver waits with it and costs nobody time."""
    again_at = _fail(delivery, done, **fields)
    Delivery.objects.due().filter(webhook=delivery.webhook_id).update(next_try_at=again_at)


def _fail(delivery, done, **fields):
    """Give it back; returns when to try the receiver again."""
    pause = PAUSES[delivery.tries - 1] if delivery.tries <= len(PAUSES) else PAUSES[0]
    again_at = timezone.now() + pause
    done.again_at.add(again_at)
    _give_back(delivery, again_at, **fields)
    return again_at


@transaction.atomic
def _give_back(delivery, again_at, *, problem, **fields):
    """To be tried at ``again_at``, or given up after as many attempts as there are pauses and one."""
    fields = {"took_ms": None, "answer_code": None, "answer_text": "", "detail": ""} | fields | {"problem": problem}
    is_last = problem == Problem.GONE or delivery.event == Event.PING or delivery.tries > len(PAUSES)
    if not is_last:
        _note(delivery, state=State.DUE, next_try_at=again_at, **fields)
    elif _note(delivery, state=State.FAILED, **fields):
        _count_given_up(delivery, is_gone=problem == Problem.GONE)


def _note(delivery, **fields):
    """Write what came of our attempt; False when somebody else has taken the delivery over meanwhile."""
    ours = Delivery.objects.filter(pk=delivery.pk, state=State.SENDING, attempts=delivery.attempts)
    return bool(ours.update(**fields))


def _count_given_up(delivery, *, is_gone):
    """Stop the webhook when its receiver is gone or has failed too often, and tell its coordinators once."""
    webhook = Webhook.objects.filter(pk=delivery.webhook_id, state=Webhook.State.ON)
    if is_gone:
        stopped = webhook.update(state=Webhook.State.GONE)
    elif delivery.event == Event.PING:
        return
    else:
        webhook.update(given_up=F("given_up") + 1)
        stopped = webhook.filter(given_up__gte=MOST_GIVEN_UP).update(state=Webhook.State.FAILING)
    if stopped:
        about = Webhook.objects.select_related("platform").get(pk=delivery.webhook_id)
        notify("webhook-stopped", about=about, key=f"webhook-stopped/{delivery.pk}", users=about.coordinators())
