"""The secretariat of a platform, with everything one may do about it on one page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import invitations
from accounts.limits import may_invite
from platforms import services
from platforms.forms import InvitationForm
from platforms.models import Platform, SecretariatInvitation, SecretariatMember
from platforms.permissions import can_edit, can_manage_people
from platforms.views.pages import served_platform

STATUS = {"": 200, "unknown": 404, "other-address": 403}
"""Any other refusal: the link worked once and is gone."""


@login_required
@require_http_methods(["GET", "POST"])
def people(request, slug):
    """Members and invitations; a POST invites somebody."""
    platform = served_platform(request, slug)
    form = InvitationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not can_manage_people(request.user, platform):
            raise PermissionDenied
        if form.is_valid() and may_invite(request, form):
            try:
                services.invite(platform, by=request.user, **form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, _("Invited: %(email)s.") % {"email": form.cleaned_data["email"]})
                return redirect("platforms:people", slug)
    return _page(request, platform, form=form)


@login_required
@require_POST
def role(request, slug, pk):
    platform = served_platform(request, slug)
    member = get_object_or_404(platform.members.select_related("user"), pk=pk)
    chosen = request.POST.get("role", "")

    def act():
        services.change_role(member, by=request.user, role=chosen, is_sure=_is_sure(request))

    return _act(request, platform, act, _("The role was changed."), member=member, role=chosen)


@login_required
@require_POST
def remove(request, slug, pk):
    platform = served_platform(request, slug)
    member = get_object_or_404(platform.members.select_related("user"), pk=pk)

    def act():
        services.remove_member(member, by=request.user, is_sure=_is_sure(request))

    done = _("%(name)s is no longer a member.") % {"name": member.user}
    return _act(request, platform, act, done, member=member)


@login_required
@require_POST
def leave(request, slug):
    platform = served_platform(request, slug)
    member = platform.members.filter(user=request.user).first()

    def act():
        services.leave(platform, by=request.user, is_sure=_is_sure(request))

    return _act(request, platform, act, _("You have left this secretariat."), member=member)


@login_required
@require_POST
def resend(request, slug, pk):
    platform = served_platform(request, slug)
    invitation = get_object_or_404(platform.invitations, pk=pk)

    def act():
        services.resend_invitation(invitation, by=request.user)

    return _act(request, platform, act, _("Sent again. The earlier link no longer works."))


@login_required
@require_POST
def revoke(request, slug, pk):
    platform = served_platform(request, slug)
    invitation = get_object_or_404(platform.invitations, pk=pk)

    def act():
        services.revoke_invitation(invitation, by=request.user)

    return _act(request, platform, act, _("Taken back. Its link no longer works."))


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


def _is_sure(request):
    return request.POST.get("is_sure") == "yes"


def _act(request, platform, act, done, **asked):
    """Do it and say so; what is refused is said on the page, with the way out where there is one."""
    try:
        act()
    except ValidationError as error:
        problem = {"text": " ".join(error.messages), "code": getattr(error, "code", ""), "path": request.path} | asked
        return _page(request, platform, problem=problem)
    messages.success(request, done)
    if Platform.objects.served_by(request.user).filter(pk=platform.pk).exists():
        return redirect("platforms:people", platform.slug)
    return redirect("desk:workspace")


def _page(request, platform, *, form=None, problem=None):
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
