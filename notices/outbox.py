"""Writing messages down, one row for each person; ``notices.services.notify`` has them sent too."""

import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, override

from accounts.models import User
from notices.message_types import MESSAGE_TYPES
from notices.models import OutgoingMail, Preference
from notices.rendering import subject_of

DIGEST_AT = datetime.time(6, tzinfo=datetime.UTC)
LANGUAGES = [code for code, _name in settings.LANGUAGES]
State = OutgoingMail.State


def write_down(kind, *, about, key, users=(), addresses=(), data=None):
    """The messages of ``notify``, saved; those that the same people had already are left as they are."""
    users = {user.email.lower(): user for user in users if user.is_active}
    users |= _with_account({address.lower() for address in addresses} - set(users))
    mails = _mails_to(users, {address.lower() for address in addresses} - set(users), MESSAGE_TYPES[kind])
    for mail in mails:
        mail.kind, mail.key, mail.data = kind, key, data or {}
        mail.about = about
        with override(mail.reader_language):
            mail.subject = subject_of(mail)
    OutgoingMail.objects.bulk_create(mails, ignore_conflicts=True)
    return mails


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
