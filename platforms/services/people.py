"""Who belongs to a secretariat: invited by coordinators, of the platform or of one above it."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import invitations
from accounts.models import User
from notices.invitation_limits import check_invitation
from notices.services import notify
from platforms.models import Platform, SecretariatInvitation, SecretariatMember
from platforms.permissions import can_manage_people

Role = SecretariatMember.Role


@transaction.atomic
def invite(platform: Platform, *, by: User, email: str, role: str = Role.REVIEWER) -> SecretariatInvitation:
    """Ask the owner of ``email`` into the secretariat; the link works once, for 14 days, for that address only."""
    _check(by, platform)
    return _invite(platform, by, email, role)


@transaction.atomic
def invite_from_outside(platform: Platform, *, email: str) -> SecretariatInvitation:
    """The same for a first coordinator: only who runs the portal can do this, and no page does."""
    return _invite(platform, None, email, Role.COORDINATOR)


def _invite(platform, by, email, role):
    if platform.members.filter(user__email__iexact=email).exists():
        raise ValidationError({"email": _("This person is already a member.")})
    if any(one.is_open for one in platform.invitations.filter(email__iexact=email, used_at=None)):
        message = _("An invitation to this address is still open. Send that one again, or take it back.")
        raise ValidationError({"email": message})
    return _write(SecretariatInvitation(platform=platform, email=email, role=role, invited_by=by), by)


@transaction.atomic
def resend_invitation(invitation: SecretariatInvitation, *, by: User) -> SecretariatInvitation:
    """A new link, valid from now; the old one no longer works."""
    _check(by, invitation.platform)
    if invitation.used_at or invitation.revoked_at:
        raise ValidationError(_("This invitation is closed. Send a new one."), code="closed")
    return _write(invitation, by)


@transaction.atomic
def revoke_invitation(invitation: SecretariatInvitation, *, by: User) -> None:
    """Take it back: its link no longer works."""
    _check(by, invitation.platform)
    open_ones = SecretariatInvitation.objects.filter(pk=invitation.pk, used_at=None, revoked_at=None)
    if not open_ones.update(revoked_at=timezone.now()):
        raise ValidationError(_("This invitation is closed already."), code="closed")


@transaction.atomic
def accept_invitation(token: str, *, by: User) -> SecretariatMember:
    """Become a member; ValidationError with a code of ``accounts.invitations.REFUSALS``."""
    invitation = invitations.use(SecretariatInvitation, token, by=by)
    member, is_new = SecretariatMember.objects.get_or_create(
        platform=invitation.platform, user=by, defaults={"role": invitation.role}
    )
    if not is_new and invitation.role == Role.COORDINATOR:
        member.role = invitation.role
        member.save()
    return member


@transaction.atomic
def change_role(member: SecretariatMember, *, by: User, role: str, is_sure: bool = False) -> SecretariatMember:
    """Give ``member`` another role; the last coordinator only where ``is_sure``."""
    platform = _locked(member.platform)
    _check(by, platform)
    member = _still(member)
    if role == member.role:
        return member
    member.role = role
    member.full_clean()
    if role != Role.COORDINATOR:
        _check_last(member, is_sure)
        _take_back_invitations(member)
    member.save()
    return member


@transaction.atomic
def remove_member(member: SecretariatMember, *, by: User, is_sure: bool = False) -> None:
    """Take ``member`` out; open invitations that they sent no longer work."""
    platform = _locked(member.platform)
    _check(by, platform)
    member = _still(member)
    _check_last(member, is_sure)
    take_out(member)


@transaction.atomic
def leave(platform: Platform, *, by: User, is_sure: bool = False) -> None:
    """Leave; the last coordinator only where ``is_sure``."""
    platform = _locked(platform)
    member = platform.members.filter(user=by).first()
    if member is None:
        raise PermissionDenied(_("You are not a member of this secretariat."))
    _check_last(member, is_sure)
    take_out(member)


def take_out(member: SecretariatMember) -> None:
    """The member is gone, whoever wanted it, and nobody comes in by a link of theirs any more."""
    _take_back_invitations(member)
    member.delete()


def is_last_coordinator(member: SecretariatMember) -> bool:
    stored = SecretariatMember.objects.filter(pk=member.pk, role=Role.COORDINATOR).exists()
    coordinators = member.platform.members.filter(role=Role.COORDINATOR, user__is_active=True)
    return stored and not coordinators.exclude(pk=member.pk).exists()


def _check_last(member, is_sure):
    if is_last_coordinator(member) and not is_sure:
        message = _(
            "%(name)s is the only coordinator of this platform. Make somebody else a coordinator first; or confirm: "
            "then only the platforms above can invite people to it."
        )
        raise ValidationError(message, code="last_coordinator", params={"name": str(member.user)})


def _check(by, platform):
    if not can_manage_people(by, platform):
        raise PermissionDenied(_("Only coordinators of this platform, or of one above it, decide who belongs to it."))


def _take_back_invitations(member):
    """Who no longer coordinates has nobody else come in by a link of theirs."""
    sent = member.platform.invitations.filter(invited_by=member.user, used_at=None, revoked_at=None)
    sent.update(revoked_at=timezone.now())


def _write(invitation, by):
    token = invitation.renew()
    invitation.full_clean()
    check_invitation(by=by, address=invitation.email)
    invitation.save()
    key = f"secretariat-invitation/{invitation.pk}/{invitation.token_hash[:16]}"
    notify("secretariat-invitation", about=invitation, key=key, addresses=[invitation.email], data={"token": token})
    return invitation


def _still(member):
    """The membership as it is now."""
    try:
        return SecretariatMember.objects.select_related("user", "platform").get(pk=member.pk)
    except SecretariatMember.DoesNotExist:
        raise ValidationError(_("This person is no longer a member."), code="gone") from None


def _locked(platform):
    """Two coordinators who leave at the same moment are not both the last but one."""
    return Platform.objects.select_for_update().get(pk=platform.pk)
