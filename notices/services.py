"""Telling people, and what they say about being told."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from accounts.models import AnyUser, User
from notices.models import OutgoingMail, Preference
from notices.outbox import write_down
from notices.tasks import send_due


def notify(
    kind: str,
    *,
    about: Model,
    key: str,
    users: Iterable[User] = (),
    addresses: Iterable[str] = (),
    data: Mapping[str, object] | None = None,
) -> None:
    """Tell each of ``users`` and ``addresses`` about ``about``, in the transaction of what happened.

    ``kind`` is called like the file with its words, templates/emails/<kind>.txt (context: about, user, data, portal).
    ``about`` is any saved object; when it has ``is_current()`` and answers False the mail is no longer sent.
    ``key`` names the event: nobody gets two messages with the same one, however often this is called.
    ``addresses`` are of people who may have no account; one that has is told as its user.
    ``data`` is JSON. Mails leave after the commit.
    """
    mails = write_down(kind, about=about, key=key, users=users, addresses=addresses, data=data)
    for moment in {mail.next_try_at for mail in mails if mail.state == OutgoingMail.State.DUE}:
        _send_after_commit(moment)


def _send_after_commit(moment):
    """Have the mails of ``moment`` sent; if even this fails, the sweep finds them."""

    def enqueue():
        send_due.using(run_after=moment if moment > timezone.now() else None).enqueue()

    transaction.on_commit(enqueue, robust=True)


def unread_count(user: AnyUser) -> int:
    """How many messages ``user`` has not opened; 0 for somebody who is not signed in."""
    return OutgoingMail.objects.of(user).unread().count() if user.is_authenticated else 0


def mark_read(mail: OutgoingMail) -> None:
    """Once: the moment of the first opening stays."""
    OutgoingMail.objects.filter(pk=mail.pk, read_at=None).update(read_at=timezone.now())


def save_preference(user: User, *, rhythm: str, optional: bool) -> Preference:
    """How ``user`` wants to be told from now on; what is already in a digest stays there."""
    preference = Preference.objects.filter(user=user).first() or Preference(user=user)
    preference.rhythm, preference.optional = rhythm, optional
    preference.full_clean()
    preference.save()
    return preference


def unsubscribe(user: User) -> None:
    """Without optional mails from now on; messages still stand in the portal."""
    Preference.objects.update_or_create(user=user, defaults={"optional": False})
