"""The doors to who belongs to an organisation or a secretariat. What may be done is decided by their services."""

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.decorators import sent_once


@dataclass(frozen=True)
class PeoplePages:
    """``home`` is the thing that people belong to; it has ``members`` and ``invitations``.

    ``find(request, slug)`` gives it or answers 404, ``show(request, home, form=, problem=)`` is its page of people,
    ``services`` has invite, change_role, remove_member, leave, resend_invitation and revoke_invitation.
    """

    namespace: str
    find: Callable
    show: Callable
    services: ModuleType
    invitation_form: type
    may_invite: Callable
    is_still_open: Callable
    """Whether the person may still see the page of ``home``, after what they did."""
    left: str

    def views(self):
        """The view functions: people, role, remove, leave, resend, revoke."""
        people = login_required(require_http_methods(["GET", "POST"])(sent_once(self._people)))
        acts = (self._role, self._remove, self._leave, self._resend, self._revoke)
        return people, *(login_required(require_POST(act)) for act in acts)

    def _people(self, request, slug):
        """Members and invitations; a POST invites somebody."""
        home = self.find(request, slug)
        form = self.invitation_form(request.POST if request.method == "POST" else None)
        if request.method == "POST":
            if not self.may_invite(request.user, home):
                raise PermissionDenied
            if form.is_valid() and self._invited(request, home, form):
                return redirect(f"{self.namespace}:people", slug)
        return self.show(request, home, form=form)

    def _invited(self, request, home, form):
        try:
            self.services.invite(home, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
            return False
        messages.success(request, _("Invited: %(email)s.") % {"email": form.cleaned_data["email"]})
        return True

    def _role(self, request, slug, pk):
        home = self.find(request, slug)
        member = get_object_or_404(home.members.select_related("user"), pk=pk)
        chosen = request.POST.get("role", "")

        def act():
            self.services.change_role(member, by=request.user, role=chosen, is_sure=_is_sure(request))

        return self._act(request, home, act, _("The role was changed."), member=member, role=chosen)

    def _remove(self, request, slug, pk):
        home = self.find(request, slug)
        member = get_object_or_404(home.members.select_related("user"), pk=pk)

        def act():
            self.services.remove_member(member, by=request.user, is_sure=_is_sure(request))

        done = _("%(name)s is no longer a member.") % {"name": member.user}
        return self._act(request, home, act, done, member=member)

    def _leave(self, request, slug):
        home = self.find(request, slug)
        member = home.members.filter(user=request.user).first()

        def act():
            self.services.leave(home, by=request.user, is_sure=_is_sure(request))

        return self._act(request, home, act, str(self.left), member=member)

    def _resend(self, request, slug, pk):
        home = self.find(request, slug)
        invitation = get_object_or_404(home.invitations, pk=pk)

        def act():
            self.services.resend_invitation(invitation, by=request.user)

        return self._act(request, home, act, _("Sent again. The earlier link no longer works."))

    def _revoke(self, request, slug, pk):
        home = self.find(request, slug)
        invitation = get_object_or_404(home.invitations, pk=pk)

        def act():
            self.services.revoke_invitation(invitation, by=request.user)

        return self._act(request, home, act, _("Taken back. Its link no longer works."))

    def _act(self, request, home, act, done, **asked):
        """Do it and say so; what is refused is said on the page, with the way out where there is one."""
        try:
            act()
        except ValidationError as error:
            told = {"text": " ".join(error.messages), "code": getattr(error, "code", ""), "path": request.path}
            return self.show(request, home, problem=told | asked)
        messages.success(request, done)
        if self.is_still_open(request.user, home):
            return redirect(f"{self.namespace}:people", home.slug)
        return redirect("desk:workspace")


def _is_sure(request):
    return request.POST.get("is_sure") == "yes"
