"""The page behind the link of an invitation, the same for organisations and for secretariats."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import invitations

STATUS = {"": 200, "unknown": 404, "other-address": 403}
"""Any other refusal: the link worked once and is gone."""


def invitation_page(model, *, accept, arrived):
    """The view for invitations of ``model``.

    ``accept`` takes the token and ``by``; ``arrived`` takes the request and the accepted invitation, and answers.
    Who has no account yet reads what is offered, and comes back here from signing up or in.
    """

    @never_cache
    @require_http_methods(["GET", "POST"])
    def invitation(request, token):
        """What it offers, and why it does not work when it does not."""
        found = invitations.find(model, token)
        refusal = _refusal(found, request.user)
        if request.method == "POST" and not refusal:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            try:
                accept(token, by=request.user)
            except ValidationError as error:
                messages.error(request, " ".join(error.messages))
                return redirect("desk:workspace")
            return arrived(request, found)
        context = {
            "invitation": found,
            "refusal": refusal,
            "reason": invitations.REFUSALS.get(refusal, ""),
            "area": "workspace",
        }
        return render(request, "accounts/invitation.html", context, status=STATUS.get(refusal, 410))

    return invitation


def _refusal(invitation, user):
    """Whether the address is theirs is asked of somebody who is signed in."""
    refusal = invitations.refusal_of(invitation, user)
    return "" if refusal == "other-address" and not user.is_authenticated else refusal
