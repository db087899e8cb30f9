"""What is done with accounts: the profile, the address, and erasing a person."""

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from accounts.personal_data import addressed_to, personal_data_of


@transaction.atomic
def save_profile(*, user: User, name: str, language: str) -> None:
    """What others see of a person, and the language of their mails."""
    user.name, user.language = name, language
    user.full_clean(exclude=["password"])
    user.save(update_fields=["name", "language"])


def confirm_email(*, user: User) -> None:
    """Somebody else than a mail vouches for the address: the one who made the account."""
    EmailAddress.objects.update_or_create(
        user=user, email=user.email.lower(), defaults={"verified": True, "primary": True}
    )


@transaction.atomic
def erase_person(*, user: User, by: User) -> None:
    """The person goes, the record stays: what they did keeps its place without their name.

    Memberships, sessions, factors, messages and kept words go with the account, and what others wrote down about
    the owner of its address; a membership may have something to say ``after_erasure``.
    """
    if by != user:
        raise PermissionDenied
    for session in UserSession.objects.filter(user=user):
        session.end()
    for holding in addressed_to(user):
        for row in holding.rows:
            row.delete()
    left = [row for holding in personal_data_of(user) for row in holding.rows if hasattr(row, "after_erasure")]
    user.delete()
    for row in left:
        row.after_erasure()
