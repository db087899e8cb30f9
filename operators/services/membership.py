"""Who belongs to an organisation: asking, answering, roles, leaving. Nobody gives themselves rights."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from notices.invitation_limits import check_sender
from notices.services import notify
from operators.missing_managers import notify_if_unmanaged, secretariat_of
from operators.models import JoinRequest, Organisation, OrganisationMember
from operators.naming import entries_naming
from operators.permissions import can_answer, can_ask_to_join, can_change_role, can_manage, can_remove
from reviews.services import keep_part_of

Role = OrganisationMember.Role
Answer = JoinRequest.Answer
TOLD_ENTRIES = 20
"""So many are named in one mail; the number of all is told."""


@transaction.atomic
def ask_to_join(organisation: Organisation, *, by: User, message: str = "") -> JoinRequest:
    """A request that the managers answer, or the secretariat where there is none."""
    if organisation.members.filter(user=by).exists():
        raise ValidationError(_("You are already a member of this organisation."), code="member")
    if not can_ask_to_join(by, organisation):
        raise PermissionDenied(_("This organisation cannot be joined now."))
    check_sender(by)
    return place_join_request(organisation, by=by, message=message)


def place_join_request(organisation: Organisation, *, by: User, message: str) -> JoinRequest:
    """Write the request and tell who answers it."""
    request = JoinRequest(organisation=organisation, user=by, message=message.strip())
    request.full_clean()
    request.save()
    tell = list(organisation.managers()) or secretariat_of(organisation)
    notify("join-request", about=request, key=f"join-request/{request.pk}", users=tell)
    return request


@transaction.atomic
def answer_join_request(join_request: JoinRequest, *, by: User, accept: bool, role: str = Role.EDITOR) -> JoinRequest:
    """Accept or decline, once. Whom the secretariat accepts where nobody manages becomes the manager."""
    organisation = _locked(join_request.organisation)
    if not can_answer(by, join_request):
        raise PermissionDenied(_("You may not answer this request."))
    _close(join_request, by=by, answer=Answer.ACCEPTED if accept else Answer.DECLINED)
    if accept:
        _add_member(organisation, join_request.user, _role_given(organisation, by, role))
    kind = "join-accepted" if accept else "join-declined"
    notify(kind, about=join_request, key=f"{kind}/{join_request.pk}", users=[join_request.user])
    return join_request


def _role_given(organisation, by, role):
    """The secretariat finds a manager where there is none, and no second one beside one."""
    if not organisation.managers().exists():
        return Role.MANAGER
    return role if can_manage(by, organisation) else Role.EDITOR


@transaction.atomic
def withdraw_join_request(join_request: JoinRequest, *, by: User) -> None:
    if join_request.user_id != by.pk:
        raise PermissionDenied(_("This is not your request."))
    _close(join_request, by=by, answer=Answer.WITHDRAWN)


@transaction.atomic
def change_role(member: OrganisationMember, *, by: User, role: str, is_sure: bool = False) -> OrganisationMember:
    """Give ``member`` another role; the last manager only where ``is_sure``, and the secretariat is told."""
    organisation = _locked(member.organisation)
    member = _still(member)
    if not can_change_role(by, member):
        raise PermissionDenied(_("Only managers of this organisation change roles."))
    if member.user_id == by.pk and role == Role.MANAGER and member.role != Role.MANAGER:
        raise PermissionDenied(_("Nobody makes themselves a manager."))
    if role == member.role:
        return member
    member.role = role
    member.full_clean()
    if role != Role.MANAGER:
        _check_last_manager(organisation, member, is_sure)
        _take_back_invitations(member)
    member.save()
    if role != Role.MANAGER:
        notify_if_unmanaged(organisation)
    return member


@transaction.atomic
def remove_member(member: OrganisationMember, *, by: User, is_sure: bool = False) -> None:
    """Take ``member`` out; open invitations that they sent no longer work."""
    if member.user_id == by.pk:
        leave(member.organisation, by=by, is_sure=is_sure)
        return
    _locked(member.organisation)
    member = _still(member)
    if not can_remove(by, member):
        raise PermissionDenied(_("Only managers of this organisation remove its members."))
    take_out(member)


@transaction.atomic
def leave(organisation: Organisation, *, by: User, is_sure: bool = False) -> None:
    """Leave; the last manager only where ``is_sure``, and the secretariat is told."""
    organisation = _locked(organisation)
    member = organisation.members.filter(user=by).first()
    if member is None:
        raise PermissionDenied(_("You are not a member of this organisation."))
    was_manager = member.role == Role.MANAGER
    if was_manager:
        _check_last_manager(organisation, member, is_sure)
    take_out(member)
    if was_manager:
        notify_if_unmanaged(organisation)


def take_out(member: OrganisationMember) -> None:
    """The member is gone, whoever wanted it: nobody comes in by a link of theirs any more, and on what was open while
    they belonged they never decide."""
    _take_back_invitations(member)
    keep_part_of(member.user, member.organisation)
    member.delete()


def is_last_manager(member: OrganisationMember) -> bool:
    others = member.organisation.managers().exclude(pk=member.user_id)
    stored = OrganisationMember.objects.filter(pk=member.pk, role=Role.MANAGER).exists()
    return stored and not others.exists()


def _check_last_manager(organisation, member, is_sure):
    if is_last_manager(member) and not is_sure:
        message = _(
            "%(name)s is the only manager of this organisation. Make somebody else a manager first; or confirm, and "
            "the secretariat will be told that nobody manages it."
        )
        raise ValidationError(message, code="last_manager", params={"name": str(member.user)})


def _take_back_invitations(member):
    """Who no longer manages has nobody else come in by a link of theirs."""
    sent = member.organisation.invitations.filter(invited_by=member.user, used_at=None, revoked_at=None)
    sent.update(revoked_at=timezone.now())


def _add_member(organisation, user, role):
    member, is_new = OrganisationMember.objects.get_or_create(
        organisation=organisation, user=user, defaults={"role": role}
    )
    if not is_new and role == Role.MANAGER and member.role != role:
        member.role = role
        member.save()
    if is_new:
        tell_of_entries(member)
    return member


def tell_of_entries(member: OrganisationMember) -> None:
    """Who joins is told which entries name the organisation: its word was asked for before they came."""
    entries = entries_naming().told_of(member.organisation)
    if entries:
        data = {"entries": entries[:TOLD_ENTRIES], "count": len(entries)}
        notify("named-before", about=member, key=f"named-before/{member.pk}", users=[member.user], data=data)


def _close(join_request, *, by, answer):
    """Only who comes first answers."""
    waiting = JoinRequest.objects.pending().filter(pk=join_request.pk)
    if not waiting.update(answer=answer, answered_by=by, answered_at=timezone.now()):
        raise ValidationError(_("This request has already been answered."), code="answered")
    join_request.refresh_from_db()


def _still(member):
    """The membership as it is now."""
    try:
        return OrganisationMember.objects.select_related("user", "organisation").get(pk=member.pk)
    except OrganisationMember.DoesNotExist:
        raise ValidationError(_("This person is no longer a member."), code="gone") from None


def _locked(organisation):
    """Two managers who leave at the same moment are not both the last but one."""
    return Organisation.objects.select_for_update().get(pk=organisation.pk)
