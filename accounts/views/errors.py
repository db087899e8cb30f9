"""A form that could not be carried out is never carried out later: its words are shown, and the person sends them."""

from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language_from_path, get_language_from_request, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.unsaved_form import unsaved_form_of


def show_unsaved_form(request, *, status=403, reason):
    """The words again, with a new token. ``reason`` ("signed_out", "stale") chooses what the page says happened.

    Drawn without the database: nothing here reads the user.
    """
    language = get_language_from_path(request.path_info) or get_language_from_request(request)
    with override(language):
        response = render(
            request, "accounts/unsaved_form.html", {"typed": unsaved_form_of(request), reason: True}, status=status
        )
    add_never_cache_headers(response)
    return response


def csrf_failure(request, reason=""):
    """settings.CSRF_FAILURE_VIEW. The token that autosave.js asks for is readable by this site's pages alone."""
    if request.headers.get("X-Form-Address"):
        return JsonResponse({"token": get_token(request)}, status=403)
    return show_unsaved_form(request, reason="stale")


@never_cache
@require_safe
def token(request):
    """For static/js/token.js: whether somebody is signed in again, and the token that forms now need."""
    return JsonResponse({"token": get_token(request), "is_signed_in": request.user.is_authenticated})
