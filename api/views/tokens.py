"""The tokens of a person: made, looked at and revoked by themselves, and by nobody else."""

from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.autosave import autosaved_data, autosaved_form, discard_autosaved
from api import services
from api.forms import TokenForm

HEADER = "Authorization: Bearer …"


@login_required
@require_safe
def tokens(request):
    own = request.user.api_tokens.with_belonging().select_related("organisation", "platform")
    valid = [token for token in own if token.is_valid]
    ended = [token for token in own if not token.is_valid]
    context = {"valid": valid, "ended": ended, "most": services.MOST, "area": "account"}
    return render(request, "api/tokens.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request):
    """The form; a POST answers with the secret itself, which stands in no address, session or message.

    Loading that answer again sends the form again: it is refused, since there is a token of this name.
    """
    if request.method == "GET":
        confirm_person(request)
    form = TokenForm(autosaved_data(request), user=request.user)
    if request.method == "POST" and form.is_valid() and (made := _made(request, form)):
        discard_autosaved(request)
        token, secret = made
        context = {"token": token, "secret": secret, "header": HEADER, "area": "account"}
        return render(request, "api/token_made.html", context)
    autosaved = autosaved_form(request) if request.method == "GET" else None
    return render(request, "api/token_new.html", {"form": form, "autosaved": autosaved, "area": "account"})


@reauthentication_required
def confirm_person(request):
    """Raises ReauthenticationRequired unless the password or a second factor was given within the last five minutes."""


def _made(request, form):
    """(ApiToken, secret); None with the reason on ``form``. A form is never carried out later, after the password."""
    try:
        confirm_person(request)
        return services.make_token(request.user, **form.words())
    except ReauthenticationRequired:
        form.needs_person = True
        form.add_error(None, _("Confirm first that it is you. What you typed is kept."))
    except ValidationError as error:
        form.explain(error)
    return None


@login_required
@require_http_methods(["GET", "POST"])
def revoke(request, pk):
    """Asked about before it is done."""
    token = get_object_or_404(request.user.api_tokens, pk=pk)
    if request.method == "POST":
        services.revoke(token, by=request.user)
        messages.success(request, _("Revoked: “%(name)s” opens nothing any more.") % {"name": token.name})
        return redirect("tokens:tokens")
    return render(request, "api/token_revoke.html", {"tokens": [token], "area": "account"})


@login_required
@require_http_methods(["GET", "POST"])
def revoke_all(request):
    if request.method == "POST":
        number = services.revoke_all(request.user)
        words = ngettext("%(number)s token was revoked.", "%(number)s tokens were revoked.", number)
        messages.success(request, words % {"number": number})
        return redirect("tokens:tokens")
    context = {"tokens": request.user.api_tokens.valid(), "is_all": True, "area": "account"}
    return render(request, "api/token_revoke.html", context)
