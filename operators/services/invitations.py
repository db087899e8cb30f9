"""Letters with a link: to colleagues, and to the people of an organisation that has no members yet."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import invitations
from accounts.models import User
from notices.invitation_limits import check_invitation
from notices.services import notify
from operators.models import JoinRequest, Organisation, OrganisationInvitation, OrganisationMember
from operators.permissions import LIVE_STATES, can_invite_to_claim, can_manage, can_revoke
from operators.services.membership import place_join_request, tell_of_entries


@transaction.atomic
def invite(
    organisation: Organisation, *, by: User, email: str, role: str = OrganisationMember.Role.EDITOR
) -> OrganisationInvitation:
    """Ask the owner of ``email`` to join; the link works once, for 14 days, for that address only."""
    if not can_manage(by, organisation):
        raise PermissionDenied(_("Only managers of this organisation invite colleagues."))
    _check_admitted(organisation)
    if organisation.members.filter(user__email__iexact=email).exists():
        raise ValidationError({"email": _("This person is already a member.")})
    return _send(OrganisationInvitation(organisation=organisation, email=email, role=role, invited_by=by))


@transaction.atomic
def invite_to_claim(organisation: Organisation, *, by: User, email: str) -> OrganisationInvitation:
    """Ask the owner of ``email`` to speak for an organisation without members; the secretariat has the last word."""
    if not can_invite_to_claim(by, organisation):
        raise PermissionDenied(_("You may not invite people of this organisation."))
    _check_admitted(organisation)
    role = OrganisationMember.Role.MANAGER
    return _send(
        OrganisationInvitation(organisation=organisation, email=email, role=role, invited_by=by, is_claim=True)
    )


@transaction.atomic
def resend_invitation(invitation: OrganisationInvitation, *, by: User) -> OrganisationInvitation:
    """A new link, valid from now; the old one no longer works."""
    allowed = can_invite_to_claim if invitation.is_claim else can_manage
    if not (can_revoke(by, invitation) and allowed(by, invitation.organisation)):
        raise PermissionDenied(_("You may not send this invitation."))
    _check_admitted(invitation.organisation)
    if invitation.used_at or invitation.revoked_at:
        raise ValidationError(_("This invitation is closed. Send a new one."), code="closed")
    return _write(invitation, by)


@transaction.atomic
def revoke_invitation(invitation: OrganisationInvitation, *, by: User) -> None:
    """Take it back: its link no longer works."""
    if not can_revoke(by, invitation):
        raise PermissionDenied(_("You may not take this invitation back."))
    open_ones = OrganisationInvitation.objects.filter(pk=invitation.pk, used_at=None, revoked_at=None)
    if not open_ones.update(revoked_at=timezone.now()):
        raise ValidationError(_("This invitation is closed already."), code="closed")


@transaction.atomic
def accept_invitation(token: str, *, by: User) -> OrganisationMember | JoinRequest:
    """What the link of ``token`` gives: a membership, or for a claim a request that the secretariat answers.

    Raises ValidationError with a code of ``accounts.invitations.REFUSALS``.
    """
    invitation = invitations.use(OrganisationInvitation, token, by=by)
    organisation = invitation.organisation
    if organisation.state not in LIVE_STATES:
        raise ValidationError(invitations.REFUSALS["revoked"], code="revoked")
    if invitation.is_claim:
        return _claim(invitation, by)
    member, is_new = OrganisationMember.objects.get_or_create(
        organisation=organisation, user=by, defaults={"role": invitation.role}
    )
    if is_new:
        tell_of_entries(member)
    if not is_new and invitation.role == OrganisationMember.Role.MANAGER:
        member.role = invitation.role
        member.save()
    # Who is in need not be let in any more.
    organisation.join_requests.pending().filter(user=by).update(
        answer="accepted", answered_by=invitation.invited_by, answered_at=timezone.now()
    )
    return member


def _claim(invitation, by):
    organisation = invitation.organisation
    if organisation.members.filter(user=by).exists():
        raise ValidationError(_("You are already a member of this organisation."), code="member")
    asked = organisation.join_requests.pending().filter(user=by).first()
    message = _("Invited by %(name)s to speak for this organisation.") % {"name": invitation.invited_by or "–"}
    return asked or place_join_request(organisation, by=by, message=message)


def why_not_yet(organisation: Organisation) -> str:
    """Why nobody can be invited now, or "": no mail carries a name to strangers that only its author has seen."""
    if organisation.is_published:
        return ""
    message = _("Invitations can be sent as soon as the secretariat has accepted %(organisation)s and it is public.")
    return message % {"organisation": organisation}


def _check_admitted(organisation):
    if refusal := why_not_yet(organisation):
        raise ValidationError(refusal, code="not-yet")


def _send(invitation):
    waiting = [
        one
        for one in invitation.organisation.invitations.filter(email__iexact=invitation.email, used_at=None)
        if one.is_open
    ]
    if waiting:
        message = _("An invitation to this address is still open. Send that one again, or take it back.")
        raise ValidationError({"email": message})
    return _write(invitation, invitation.invited_by)


def _write(invitation, by):
    token = invitation.renew()
    invitation.full_clean()
    check_invitation(by=by, address=invitation.email)
    invitation.save()
    kind = "organisation-claim" if invitation.is_claim else "organisation-invitation"
    key = f"{kind}/{invitation.pk}/{invitation.token_hash[:16]}"
    notify(kind, about=invitation, key=key, addresses=[invitation.email], data={"token": token})
    return invitation
