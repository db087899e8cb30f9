"""Sending what is due: claimed before the mail server is spoken to, so that nothing leaves twice."""

import logging
import smtplib
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from django.core.mail import get_connection
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_noop

from accounts.models import User
from notices.letters import letter
from notices.models import OutgoingMail, Preference

PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
    timedelta(hours=24),
)
"""How long to wait after the first, second, ... failure; after one more the mail is given up."""
GIVEN_UP_AFTER = timedelta(hours=6)
"""No mail takes so long to hand over: its sender has died, before or after it was sent."""
UNKNOWN = gettext_noop("The connection ended while the mail was handed over. Not sent again: it may have arrived.")
State = OutgoingMail.State
logger = logging.getLogger(__name__)


class UnknownOutcomeError(Exception):
    """The mail server may have taken the mail or not."""


@dataclass
class Sweep:
    """What came of sending everything that was due: how many mails left, and when to try the others again."""

    sent: int = 0
    again_at: set = field(default_factory=set)


def sweep(stopping=lambda: False):
    """Send everything that is due; ``stopping()`` ends it between two mails."""
    give_up_lost()
    done = Sweep()
    due = OutgoingMail.objects.due()
    claims = [
        partial(_claim_digest, reader) for reader in set(due.filter(in_digest=True).values_list("user", flat=True))
    ]
    claims += [partial(_claim, pk) for pk in due.filter(in_digest=False).values_list("pk", flat=True)]
    for claim in claims:
        if stopping():
            break
        _send(claim(), done)
    return done


def give_up_lost():
    """Mark what somebody began to send long ago; whether it arrived nobody knows."""
    lost = OutgoingMail.objects.filter(state=State.SENDING, next_try_at__lt=timezone.now() - GIVEN_UP_AFTER)
    lost.update(state=State.FAILED, last_error=UNKNOWN)


def _claim(pk):
    """[the mail] when it is now ours to send, else []."""
    taken = OutgoingMail.objects.filter(pk=pk, state=State.DUE).update(
        state=State.SENDING, next_try_at=timezone.now(), attempts=F("attempts") + 1
    )
    return list(OutgoingMail.objects.filter(pk=pk).select_related("user")) if taken else []


@transaction.atomic
def _claim_digest(user_id):
    """All mails that are due in the digest of one person, oldest first. Their row is the lock."""
    User.objects.select_for_update(no_key=True).filter(pk=user_id).first()
    due = OutgoingMail.objects.due().filter(in_digest=True, user=user_id).order_by("pk")
    return [mail for pk in list(due.values_list("pk", flat=True)) for mail in _claim(pk)]


def _send(mails, done):
    """Hand one mail about ``mails`` over, as far as they are still so; the others are noted and left out."""
    try:
        current = [mail for mail in mails if _is_wanted(mail)]
        if current:
            _hand_over(letter(current))
            done.sent += 1
    except UnknownOutcomeError as error:
        _note(mails, state=State.FAILED, last_error=f"{UNKNOWN} {error.__cause__!r}")
    except Exception as error:  # whatever goes wrong with one mail must not keep back the others
        logger.warning("A mail could not be sent: %r", error)
        _try_again(mails, error, done)
    else:
        _note(mails, state=State.SENT, sent_at=timezone.now(), last_error="")


def _is_wanted(mail):
    """False, and noted, when it is no longer so or its reader has unsubscribed meanwhile."""
    if not mail.is_current():
        _note([mail], state=State.OBSOLETE)
    elif mail.rules.optional and Preference.objects.filter(user=mail.user, optional=False).exists():
        _note([mail], state=State.UNWANTED)
    else:
        return True
    return False


def _hand_over(message):
    """Raises UnknownOutcomeError when the connection broke after it had stood."""
    connection = get_connection()
    connection.open()
    try:
        connection.send_messages([message])
    except OSError as error:
        # Every SMTPException is an OSError. An answer of the server means "not taken": that may be tried again.
        if isinstance(error, smtplib.SMTPException) and not isinstance(error, smtplib.SMTPServerDisconnected):
            raise
        raise UnknownOutcomeError from error
    finally:
        with suppress(OSError):
            connection.close()


def _try_again(mails, error, done):
    """Later, or not any more after as many attempts as there are pauses and one."""
    failures = max(mail.attempts for mail in mails)
    if failures > len(PAUSES):
        _note(mails, state=State.FAILED, last_error=repr(error))
        return
    again_at = timezone.now() + PAUSES[failures - 1]
    _note(mails, state=State.DUE, last_error=repr(error), next_try_at=again_at)
    done.again_at.add(again_at)


def _note(mails, *, state, **fields):
    """Write what came of mails that are still being sent; after the last attempt their secrets are forgotten."""
    for mail in mails:
        kept = mail.data if state == State.DUE else mail.without_secrets()
        OutgoingMail.objects.filter(pk=mail.pk, state=State.SENDING).update(state=state, data=kept, **fields)
