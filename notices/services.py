"""Telling people, and what they say about being told."""

import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, override

from accounts.models import User
from notices.kinds import KINDS
from notices.letters import subject_of
from notices.models import OutgoingMail, Preference
from notices.tasks import send_due

DIGEST_AT = datetime.time(6, tzinfo=datetime.UTC)
LANGUAGES = [code for code, _name in settings.LANGUAGES]
State = OutgoingMail.State


def notify(kind, *, about, key, users=(), addresses=(), data=None):
    """Tell each of ``users`` and ``addresses`` about ``about``, in the transaction of what happened.

    ``kind`` stands in KINDS, its words in templates/emails/<kind>.txt (context: about, user, data, portal).
    ``about`` is any saved object; when it has ``is_current()`` and answers False the mail is no longer sent.
    ``key`` names the event: nobody gets two messages with the same one, however often this is called.
    ``addresses`` are of people who may have no account; one that has is told as its user.
    ``data`` is JSON. Mails leave after the commit.
    """
    users = {user.email.lower(): user for user in users if user.is_active}
    users |= _with_account({address.lower() for address in addresses} - set(users))
    mails = _mails_to(users, {address.lower() for address in addresses} - set(users), KINDS[kind])
    for mail in mails:
        mail.kind, mail.key, mail.data = kind, key, data or {}
        mail.about = about
        with override(mail.reader_language):
            mail.subject = subject_of(mail)
    OutgoingMail.objects.bulk_create(mails, ignore_conflicts=True)
    for moment in {mail.next_try_at for mail in mails if mail.state == State.DUE}:
        _send_after_commit(moment)


def _with_account(addresses):
    """{address: User} of those among ``addresses``, in lower case, that have an account."""
    found = ((address, User.objects.filter(email__iexact=address).first()) for address in addresses)
    return {address: user for address, user in found if user}


def _mails_to(users, addresses, kind):
    """One for each person, due as they want it."""
    now = timezone.now()
    preferences = Preference.objects.in_bulk([user.pk for user in users.values()], field_name="user_id")
    mails = [_mail_to(user, kind, preferences.get(user.pk), now) for user in users.values() if user.is_active]
    return mails + [OutgoingMail(address=address, language=_language(), next_try_at=now) for address in addresses]


def _mail_to(user, kind, preference, now):
    mail = OutgoingMail(user=user, address=user.email, language=user.language, next_try_at=now)
    if preference and kind.optional and not preference.optional:
        mail.state = State.UNWANTED
    elif not kind.at_once and preference and preference.rhythm == Preference.Rhythm.DAILY:
        mail.in_digest, mail.next_try_at = True, next_digest(now)
    return mail


def next_digest(now):
    """The next moment at which digests leave, strictly after ``now``."""
    today = datetime.datetime.combine(now.astimezone(datetime.UTC).date(), DIGEST_AT)
    return today if today > now else today + datetime.timedelta(days=1)


def _language():
    """That of the person who acts, for readers of whom we know none."""
    return get_language() if get_language() in LANGUAGES else settings.LANGUAGE_CODE


def _send_after_commit(moment):
    """Have the mails of ``moment`` sent; if even this fails, the sweep finds them."""

    def enqueue():
        send_due.using(run_after=moment if moment > timezone.now() else None).enqueue()

    transaction.on_commit(enqueue, robust=True)


def unread_count(user):
    """How many messages ``user`` has not opened; 0 for somebody who is not signed in."""
    return OutgoingMail.objects.of(user).unread().count() if user.is_authenticated else 0


def mark_read(mail):
    """Once: the moment of the first opening stays."""
    OutgoingMail.objects.filter(pk=mail.pk, read_at=None).update(read_at=timezone.now())


def save_preference(user, *, rhythm, optional):
    """How ``user`` wants to be told from now on; what is already in a digest stays there."""
    preference = Preference.objects.filter(user=user).first() or Preference(user=user)
    preference.rhythm, preference.optional = rhythm, optional
    preference.full_clean()
    preference.save()
    return preference


def unsubscribe(user):
    """Without optional mails from now on; messages still stand in the portal."""
    Preference.objects.update_or_create(user=user, defaults={"optional": False})
