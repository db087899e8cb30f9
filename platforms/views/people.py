"""The secretariat of a platform, with everything one may do about it on one page."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.views.invitations import invitation_page
from accounts.views.people import PeoplePages
from platforms import services
from platforms.forms import InvitationForm
from platforms.models import Platform, SecretariatInvitation, SecretariatMember
from platforms.permissions import can_edit, can_manage_people
from platforms.views.pages import served_platform


def _arrived(request, invitation):
    messages.success(request, _("Welcome to the secretariat of %(platform)s.") % {"platform": invitation.platform})
    return redirect("desk:workspace")


invitation = invitation_page(SecretariatInvitation, accept=services.accept_invitation, arrived=_arrived)


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
