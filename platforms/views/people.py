"""The secretariat of a platform, with everything one may do about it on one page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts import invitations
from accounts.views.people import PeoplePages
from platforms import services
from platforms.forms import InvitationForm
from platforms.models import Platform, SecretariatInvitation, SecretariatMember
from platforms.permissions import can_edit, can_manage_people
from platforms.views.pages import served_platform

STATUS = {"": 200, "unknown": 404, "other-address": 403}
"""Any other refusal: the link worked once and is gone."""


@login_required
@require_http_methods(["GET", "POST"])
def invitation(request, token):
    """The link of an invitation: what it offers, and why it does not work when it does not."""
    found = invitations.find(SecretariatInvitation, token)
    refusal = invitations.refusal_of(found, request.user)
    if request.method == "POST" and not refusal:
        try:
            services.accept_invitation(token, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Welcome to the secretariat of %(platform)s.") % {"platform": found.platform})
        return redirect("desk:workspace")
    reason = invitations.REFUSALS.get(refusal, "")
    context = {"invitation": found, "refusal": refusal, "reason": reason, "area": "workspace"}
    return render(request, "platforms/invitation.html", context, status=STATUS.get(refusal, 410))


def _is_still_open(user, platform):
    return Platform.objects.served_by(user).filter(pk=platform.pk).exists()


def _show(request, platform, *, form=None, problem=None):
    members = list(platform.members.select_related("user").order_by("role", "joined_at", "pk"))
    context = {
        "platform": platform,
        "members": members,
        "me": next((member for member in members if member.user_id == request.user.pk), None),
        "roles": SecretariatMember.Role.choices,
        "has_coordinator": any(member.role == SecretariatMember.Role.COORDINATOR for member in members),
        "manages": can_manage_people(request.user, platform),
        "may_edit": can_edit(request.user, platform),
        "invitations": platform.invitations.filter(used_at=None, revoked_at=None).select_related("invited_by"),
        "form": form or InvitationForm(),
        "problem": problem,
        "area": "desk",
    }
    return render(request, "platforms/people.html", context)


people, role, remove, leave, resend, revoke = PeoplePages(
    namespace="platforms",
    find=served_platform,
    show=_show,
    services=services,
    invitation_form=InvitationForm,
    may_invite=can_manage_people,
    is_still_open=_is_still_open,
    left=gettext_lazy("You have left this secretariat."),
).views()
