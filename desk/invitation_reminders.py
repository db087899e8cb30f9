"""Invitations that are about to end: who is invited is reminded, and who invited them is told."""

from datetime import timedelta

from django.utils import timezone

from notices.services import notify
from operators.models import OrganisationInvitation
from platforms.models import SecretariatInvitation

REMINDED = timedelta(days=3)


def remind_of_invitations():
    """Tell of the open invitations that end within ``REMINDED``, once each; how many these are."""
    now = timezone.now()
    invitations = [
        invitation
        for model in (OrganisationInvitation, SecretariatInvitation)
        for invitation in model.objects.filter(
            used_at=None, revoked_at=None, expires_at__gt=now, expires_at__lt=now + REMINDED
        ).select_related("invited_by")
    ]
    for invitation in invitations:
        key = f"{invitation._meta.model_name}/{invitation.pk}/{invitation.token_hash[:16]}"
        notify("invitation-ends", about=invitation, key=f"ends/{key}", addresses=[invitation.email])
        if invitation.invited_by:
            notify("invitation-unanswered", about=invitation, key=f"unanswered/{key}", users=[invitation.invited_by])
    return len(invitations)
