"""Keeping what is being typed (static/js/autosave.js) and dropping it again."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.autosave import autosave_input, discard_autosaved, without_language


def page_of(address):
    """The path, in the language of this request, of the page or form at ``address``; None when it is none of ours."""
    path = f"/{get_language()}{without_language(address)}"
    try:
        resolve(path)
    except Resolver404:
        return None
    return path if url_has_allowed_host_and_scheme(path, allowed_hosts=None) else None


@require_POST
def autosave_form(request):
    """Answers in JSON, also that somebody is signed out: the page stays where it is and says so."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": _("You have been signed out.")}, status=401)
    address = request.headers.get("X-Form-Address", "")
    if not page_of(address):
        return JsonResponse({"error": _("There is no form at this address.")}, status=400)
    try:
        saved = autosave_input(user=request.user, address=address, querydict=request.POST)
    except ValidationError as error:
        return JsonResponse({"error": " ".join(error.messages)}, status=413)
    return JsonResponse({"saved_at": saved.saved_at})


@login_required
@require_POST
def discard(request):
    """Drop the words kept for ``address`` and show the page ``back`` (else the form itself) as it is saved."""
    address = request.POST.get("address", "")
    discard_autosaved(request, address=address)
    messages.info(request, _("Dropped. You see what is saved."))
    return redirect(page_of(request.POST.get("back", "")) or page_of(address) or "accounts:my-data")
