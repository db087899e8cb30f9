"""How many letters to strangers one person sends, and how many invitations one reader gets: no mail relay."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts.rate_limits import spend
from notices.message_types import INVITATIONS
from notices.models import OutgoingMail

A_DAY = 5
"""Invitations to one reader."""


def check_sender(by):
    """Counts one more letter of ``by``, an invitation or a request to join; ValidationError when it is one too many."""
    counted = spend("invite", f"user-{by.pk}")
    if counted and counted.is_over:
        raise ValidationError(
            _("You have sent many invitations or requests. What you typed is still here: try again in an hour."),
            code="too-many",
        )


def check_invitation(*, by, address):
    """Counts one more invitation that ``by`` sends, None from the server itself.

    ValidationError when it is one too many for them or the reader.
    """
    if by is not None:
        check_sender(by)
    since = timezone.now() - timedelta(days=1)
    sent = OutgoingMail.objects.filter(_to_reader(address), kind__in=INVITATIONS, created_at__gt=since)
    if sent.count() >= A_DAY:
        message = _("This address has got several invitations today. Try again tomorrow, or tell the person yourself.")
        raise ValidationError({"email": ValidationError(message, code="too-many")})


def check_contact(*, by, address):
    """The same for the mail that tells a contact that they were entered.

    It is erased with the contact, so that the reader's share is counted beside it as well, without their address.
    """
    check_invitation(by=by, address=address)
    counted = spend("contact", salted_hmac("reader", mailbox_of(address)).hexdigest())
    if counted and counted.is_over:
        message = _("This address has got such mails today. Try again tomorrow, or tell the person yourself.")
        raise ValidationError({"email": ValidationError(message, code="too-many")})


def mailbox_of(address):
    """Most post offices hand “ana+anything@” to “ana@”."""
    name, _at, place = address.rpartition("@")
    return f"{name.partition('+')[0]}@{place}".lower()


def _to_reader(address):
    name, _at, place = mailbox_of(address).rpartition("@")
    return Q(address__iexact=f"{name}@{place}") | Q(address__istartswith=f"{name}+", address__iendswith=f"@{place}")
