"""Coming in: asking to join, answering, and the links of invitations."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.autosave import autosaved_data, discard_autosaved
from accounts.decorators import sent_once
from accounts.views.invitations import invitation_page
from operators import services
from operators.forms import ClaimForm, JoinForm
from operators.models import JoinRequest, Organisation, OrganisationInvitation, OrganisationMember
from operators.permissions import can_ask_to_join, can_invite_to_claim
from operators.views.autosaved import autosaved_for


@login_required
@require_http_methods(["GET", "POST"])
def join(request, slug):
    """Anybody may ask a published organisation."""
    organisation = get_object_or_404(Organisation.objects.published().select_related("country"), slug=slug)
    waiting = organisation.join_requests.pending().filter(user=request.user).first()
    if organisation.members.filter(user=request.user).exists():
        return redirect("operators:manage", slug)
    form = JoinForm(autosaved_data(request))
    if request.method == "POST" and not waiting and form.is_valid():
        try:
            services.ask_to_join(organisation, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            discard_autosaved(request)
            messages.success(request, _("You have asked to join. You get a mail when it is answered."))
            return redirect("operators:join", slug)
    context = {
        "organisation": organisation,
        "waiting": waiting,
        "form": form,
        "may_ask": can_ask_to_join(request.user, organisation),
        "has_manager": organisation.managers().exists(),
        "autosaved": autosaved_for(request),
        "area": "workspace",
    }
    return render(request, "operators/join.html", context)


@login_required
@require_POST
def answer(request, pk):
    """Accept or decline with one click."""
    seen = JoinRequest.objects.filter(organisation__in=Organisation.objects.peopled_by(request.user))
    join_request = get_object_or_404(seen.select_related("organisation", "user"), pk=pk)
    accept = request.POST.get("answer") == "accept"
    role = request.POST.get("role")
    role = role if role in OrganisationMember.Role.values else OrganisationMember.Role.EDITOR
    try:
        services.answer_join_request(join_request, by=request.user, accept=accept, role=role)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        said = _("%(name)s is now a member.") if accept else _("The request of %(name)s was declined.")
        messages.success(request, said % {"name": join_request.user})
    return _back(request, join_request.organisation)


@login_required
@require_POST
def withdraw(request, pk):
    join_request = get_object_or_404(JoinRequest.objects.filter(user=request.user), pk=pk)
    try:
        services.withdraw_join_request(join_request, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("You have taken your request back."))
    return redirect("operators:find")


@login_required
@require_http_methods(["GET", "POST"])
@sent_once
def claim(request, slug):
    """Find the people of an organisation without members."""
    organisation = get_object_or_404(Organisation.objects.claimable_by(request.user), slug=slug)
    if not can_invite_to_claim(request.user, organisation):
        raise PermissionDenied
    form = ClaimForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.invite_to_claim(organisation, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Invited: %(email)s.") % {"email": form.cleaned_data["email"]})
            return redirect("operators:claim", slug)
    sent = organisation.invitations.filter(is_claim=True, invited_by=request.user, used_at=None, revoked_at=None)
    context = {
        "organisation": organisation,
        "form": form,
        "not_yet": services.why_not_yet(organisation),
        "invitations": sent,
        "area": "workspace",
    }
    return render(request, "operators/claim.html", context)


def _arrived(request, invitation):
    if invitation.is_claim:
        messages.success(request, _("You have asked to speak for it. The secretariat answers you by mail."))
        return redirect("desk:workspace")
    messages.success(request, _("You are now a member."))
    return redirect("operators:manage", invitation.organisation.slug)


invitation = invitation_page(OrganisationInvitation, accept=services.accept_invitation, arrived=_arrived)


def _back(request, organisation):
    if Organisation.objects.peopled_by(request.user).filter(pk=organisation.pk).exists():
        return redirect("operators:people", organisation.slug)
    return redirect("desk:workspace")
