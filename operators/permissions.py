"""What a person may do for an organisation. Every answer asks about the very organisation that it is about."""

from accounts.models import AnyUser
from accounts.permissions import has_needed_factor
from operators.models import JoinRequest, Organisation, OrganisationInvitation, OrganisationMember
from reviews.states import OPEN_STATES, State

LIVE_STATES = (*OPEN_STATES, State.PUBLISHED)


def can_manage(user: AnyUser, organisation: Organisation) -> bool:
    return organisation.members.filter(user=user.pk, role=OrganisationMember.Role.MANAGER).exists()


def serves(user: AnyUser, organisation: Organisation) -> bool:
    """A member of the secretariat that looks after it, without a part in it: the one rule of who decides."""
    return user.is_authenticated and organisation.may_be_decided_by(user)


def can_ask_to_join(user: AnyUser, organisation: Organisation) -> bool:
    return organisation.is_published and not organisation.members.filter(user=user.pk).exists()


def can_answer(user: AnyUser, join_request: JoinRequest) -> bool:
    """Managers and the secretariat; nobody answers their own request, as whatever they act."""
    if join_request.user_id == user.pk:
        return False
    return can_manage(user, join_request.organisation) or serves(user, join_request.organisation)


def can_invite_to_claim(user: AnyUser, organisation: Organisation) -> bool:
    """For one without members: its secretariat, who entered it, or who writes a WOP that names it."""
    if organisation.state not in LIVE_STATES or organisation.members.exists():
        return False
    named = Organisation.objects.named_beside(user).filter(pk=organisation.pk)
    return organisation.created_by_id == user.pk or serves(user, organisation) or named.exists()


def can_revoke(user: AnyUser, invitation: OrganisationInvitation) -> bool:
    if invitation.is_claim:
        return invitation.invited_by_id == user.pk or serves(user, invitation.organisation)
    return can_manage(user, invitation.organisation)


def can_change_role(user: AnyUser, member: OrganisationMember) -> bool:
    """Managers; the secretariat only where nobody manages."""
    organisation = member.organisation
    if can_manage(user, organisation):
        return True
    return not organisation.managers().exists() and serves(user, organisation)


def can_remove(user: AnyUser, member: OrganisationMember) -> bool:
    return can_manage(user, member.organisation)


def can_edit_registration(user: AnyUser, organisation: Organisation) -> bool:
    return organisation.is_editable and organisation.is_written_by(user)


def can_edit_page(user: AnyUser, organisation: Organisation) -> bool:
    return organisation.is_published and can_manage(user, organisation)


def can_revert(user: AnyUser, organisation: Organisation) -> bool:
    return organisation.is_published and (can_manage(user, organisation) or serves(user, organisation))


def can_request_change(user: AnyUser, organisation: Organisation) -> bool:
    return organisation.is_published and can_manage(user, organisation)


def can_see_contacts(user: AnyUser, organisation: Organisation) -> bool:
    """Its members, and the secretariats that look after it: also those of them who entered it themselves."""
    return organisation.members.filter(user=user.pk).exists() or oversees(user, organisation)


def can_keep_contacts(user: AnyUser, organisation: Organisation) -> bool:
    """Its managers, and the secretariats."""
    return can_manage(user, organisation) or oversees(user, organisation)


def oversees(user: AnyUser, organisation: Organisation) -> bool:
    """A member of a secretariat that looks after it, whatever part they have in it: no decision hangs on it."""
    return Organisation.objects.overseen_by(user).filter(pk=organisation.pk).exists() and has_needed_factor(user)
