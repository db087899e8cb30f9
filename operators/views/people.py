"""Who belongs to an organisation, with everything one may do about it on one page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.limits import may_invite
from operators import services
from operators.forms import InvitationForm
from operators.models import Organisation, OrganisationMember
from operators.permissions import can_answer, can_change_role, can_invite, can_invite_to_claim, can_manage


@login_required
@require_http_methods(["GET", "POST"])
def people(request, slug):
    """Members, requests and invitations; a POST invites a colleague."""
    organisation = _organisation(request, slug)
    form = InvitationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not can_invite(request.user, organisation):
            raise PermissionDenied
        if form.is_valid() and may_invite(request, form):
            try:
                services.invite(organisation, by=request.user, **form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, _("Invited: %(email)s.") % {"email": form.cleaned_data["email"]})
                return redirect("operators:people", slug)
    return _page(request, organisation, form=form)


@login_required
@require_POST
def role(request, slug, pk):
    organisation = _organisation(request, slug)
    member = get_object_or_404(organisation.members.select_related("user"), pk=pk)
    chosen = request.POST.get("role", "")

    def act():
        services.change_role(member, by=request.user, role=chosen, is_sure=_is_sure(request))

    return _act(request, organisation, act, _("The role was changed."), member=member, role=chosen)


@login_required
@require_POST
def remove(request, slug, pk):
    organisation = _organisation(request, slug)
    member = get_object_or_404(organisation.members.select_related("user"), pk=pk)

    def act():
        services.remove_member(member, by=request.user, is_sure=_is_sure(request))

    done = _("%(name)s is no longer a member.") % {"name": member.user}
    return _act(request, organisation, act, done, member=member)


@login_required
@require_POST
def leave(request, slug):
    organisation = _organisation(request, slug)
    member = organisation.members.filter(user=request.user).first()

    def act():
        services.leave(organisation, by=request.user, is_sure=_is_sure(request))

    return _act(request, organisation, act, _("You have left this organisation."), member=member, leads_out=True)


@login_required
@require_POST
def resend(request, slug, pk):
    organisation = _organisation(request, slug)
    invitation = get_object_or_404(organisation.invitations, pk=pk)

    def act():
        services.resend_invitation(invitation, by=request.user)

    return _act(request, organisation, act, _("Sent again. The earlier link no longer works."))


@login_required
@require_POST
def revoke(request, slug, pk):
    organisation = _organisation(request, slug)
    invitation = get_object_or_404(organisation.invitations, pk=pk)

    def act():
        services.revoke_invitation(invitation, by=request.user)

    return _act(request, organisation, act, _("Taken back. Its link no longer works."))


def _organisation(request, slug):
    return get_object_or_404(Organisation.objects.peopled_by(request.user).select_related("country"), slug=slug)


def _is_sure(request):
    return request.POST.get("is_sure") == "yes"


def _act(request, organisation, act, done, *, leads_out=False, **asked):
    """Do it and say so; what is refused is said on the page, with the way out where there is one."""
    try:
        act()
    except ValidationError as error:
        problem = {"text": " ".join(error.messages), "code": getattr(error, "code", ""), "path": request.path} | asked
        return _page(request, organisation, problem=problem)
    messages.success(request, done)
    if leads_out or not Organisation.objects.peopled_by(request.user).filter(pk=organisation.pk).exists():
        return redirect("desk:workspace")
    return redirect("operators:people", organisation.slug)


def _page(request, organisation, *, form=None, problem=None):
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
        "may_invite": can_invite(user, organisation),
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
