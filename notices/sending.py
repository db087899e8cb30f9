"""Sending what is due: claimed before the mail server is spoken to, so that nothing leaves twice.

While a mail is being sent, ``next_try_at`` is the last sign of life of its sender. ``handed_at`` parts what a sender
who died leaves behind: before it the mail is sent by the next one, from then on nobody knows, and support is told.
"""

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
from notices.leases import lost_before, signs_of_life
from notices.models import OutgoingMail, Preference
from notices.outbox import write_down
from notices.rendering import letter

PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
    timedelta(hours=24),
)
"""How long to wait after the first, second, ... failure; after one more the mail is given up."""
DIED = gettext_noop("Its sender ended before it was handed over.")
UNKNOWN = gettext_noop("The connection ended while the mail was handed over. Not sent again: it may have arrived.")
TO_SUPPORT = "mail-unconfirmed"
State = OutgoingMail.State
logger = logging.getLogger(__name__)


class TakenOverError(Exception):
    """Somebody took this sender for dead: the mail is theirs now."""


class UnknownOutcomeError(Exception):
    """The mail server may have taken the mail or not."""


@dataclass
class Sweep:
    """What came of sending everything that was due: how many mails left, and when to try the others again."""

    sent: int = 0
    again_at: set = field(default_factory=set)


def sweep(stopping=lambda: False):
    """Send everything that is due; ``stopping()`` ends it between two mails."""
    take_back_lost()
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


def take_back_lost():
    """What senders left who died: to be sent again, or told to support where it may have arrived."""
    for pk in list(_lost().values_list("pk", flat=True)):
        with transaction.atomic():
            if mail := _lost().select_for_update().filter(pk=pk).first():
                _take_back(mail)


def _lost():
    return OutgoingMail.objects.filter(state=State.SENDING, next_try_at__lt=lost_before())


def _take_back(mail):
    if mail.handed_at:
        _give_up_unknown([mail])
    elif mail.attempts > len(PAUSES):
        _note([mail], state=State.FAILED, last_error=DIED)
    else:
        _note([mail], state=State.DUE, last_error=DIED, next_try_at=timezone.now())


@transaction.atomic
def _give_up_unknown(mails, error=UNKNOWN):
    """Note that they may have arrived, and tell who looks after the portal; not about a mail that tells them this."""
    if _note(mails, state=State.FAILED, last_error=error) and mails[0].kind != TO_SUPPORT:
        support = User.objects.filter(is_superuser=True, is_active=True)
        write_down(TO_SUPPORT, about=mails[0], key=f"{TO_SUPPORT}/{mails[0].pk}", users=support)


def _claim(pk):
    """[the mail] when it is now ours to send, else []."""
    taken = OutgoingMail.objects.filter(pk=pk, state=State.DUE).update(
        state=State.SENDING, next_try_at=timezone.now(), attempts=F("attempts") + 1, handed_at=None
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
        with signs_of_life(partial(_renew, mails)):
            current = [mail for mail in mails if _is_wanted(mail)]
            if current:
                _hand_over(letter(current), current)
                done.sent += 1
    except TakenOverError:
        logger.warning("A mail was taken over by another sender")
    except UnknownOutcomeError as error:
        _give_up_unknown(mails, f"{UNKNOWN} {error.__cause__!r}")
        done.again_at.add(timezone.now())
    except Exception as error:  # whatever goes wrong with one mail must not keep back the others
        logger.warning("A mail could not be sent: %r", error)
        _try_again(mails, error, done)
    else:
        _note(mails, state=State.SENT, sent_at=timezone.now(), last_error="")


def _ours(mail):
    """The row, as long as no later attempt of somebody else has begun."""
    return OutgoingMail.objects.filter(pk=mail.pk, state=State.SENDING, attempts=mail.attempts)


def _renew(mails):
    for mail in mails:
        _ours(mail).update(next_try_at=timezone.now())


def _is_wanted(mail):
    """False, and noted, when it is no longer so or its reader has unsubscribed meanwhile."""
    if not mail.is_current():
        _note([mail], state=State.OBSOLETE)
    elif mail.rules.optional and Preference.objects.filter(user=mail.user, optional=False).exists():
        _note([mail], state=State.UNWANTED)
    else:
        return True
    return False


def _hand_over(message, mails):
    """Raises UnknownOutcomeError when the connection broke after it had stood, TakenOverError when it was not ours."""
    connection = get_connection()
    connection.open()
    try:
        _note_hand_over(mails)
        connection.send_messages([message])
    except OSError as error:
        # Every SMTPException is an OSError. An answer of the server means "not taken": that may be tried again.
        if isinstance(error, smtplib.SMTPException) and not isinstance(error, smtplib.SMTPServerDisconnected):
            raise
        raise UnknownOutcomeError from error
    finally:
        with suppress(OSError):
            connection.close()


@transaction.atomic
def _note_hand_over(mails):
    for mail in mails:
        if not _ours(mail).update(handed_at=timezone.now()):
            raise TakenOverError


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
    """Write what came of mails that are still ours; after the last attempt their secrets are forgotten.

    Returns how many were.
    """
    kept = [(_ours(mail), mail.data if state == State.DUE else mail.without_secrets()) for mail in mails]
    return sum(ours.update(state=state, data=data, **fields) for ours, data in kept)
