"""Who belongs to an organisation, with everything one may do about it on one page."""

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from accounts.views.people import PeoplePages
from operators import services
from operators.forms import InvitationForm
from operators.models import Organisation, OrganisationMember
from operators.permissions import can_answer, can_change_role, can_invite_to_claim, can_manage


def _organisation(request, slug):
    return get_object_or_404(Organisation.objects.peopled_by(request.user).select_related("country"), slug=slug)


def _is_still_open(user, organisation):
    return Organisation.objects.peopled_by(user).filter(pk=organisation.pk).exists()


def _show(request, organisation, *, form=None, problem=None):
    user = request.user
    members = list(organisation.members.select_related("user").order_by("-role", "joined_at", "pk"))
    requests = organisation.join_requests.pending().select_related("user", "organisation")
    invitations = organisation.invitations.filter(used_at=None, revoked_at=None).select_related("invited_by")
    manages = can_manage(user, organisation)
    context = {
        "organisation": organisation,
        "members": members,
        "me": next((member for member in members if member.user_id == user.pk), None),
        "others": [member for member in members if member.user_id != user.pk],
        "roles": OrganisationMember.Role.choices,
        "has_manager": any(member.role == OrganisationMember.Role.MANAGER for member in members),
        "manages": manages,
        "may_change_roles": bool(members) and can_change_role(user, members[0]),
        "requests": _answerable(user, requests),
        "invitations": invitations if manages else invitations.filter(invited_by=user),
        "not_yet": services.why_not_yet(organisation) if manages else "",
        "may_claim": can_invite_to_claim(user, organisation),
        "form": form or InvitationForm(),
        "problem": problem,
        "area": "workspace",
    }
    return render(request, "operators/people.html", context)


def _answerable(user, requests):
    """Whether somebody may answer is the same for all requests but their own: asked once."""
    waiting = list(requests)
    others = [one for one in waiting if one.user_id != user.pk]
    return others if others and can_answer(user, others[0]) else []


people, role, remove, leave, resend, revoke = PeoplePages(
    namespace="operators",
    find=_organisation,
    show=_show,
    services=services,
    invitation_form=InvitationForm,
    may_invite=can_manage,
    is_still_open=_is_still_open,
    left=_("You have left this organisation."),
).views()
