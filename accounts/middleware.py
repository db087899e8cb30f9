"""What must hold for every page, whoever writes it: one that needs an account, one that searches."""

from urllib.parse import parse_qs, urlsplit

from django.shortcuts import render

from accounts.rate_limits import is_too_often
from accounts.unsaved_form import is_secret
from accounts.views.errors import show_unsaved_form


class ExpiredSessionMiddleware:
    """A form sent after the session ended: its words are shown instead of being lost on the way to the sign-in page.

    ``login_required`` and every decorator built like it answer with a redirect that has the address in ``next``.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method == "POST" and sends_to_sign_in(request, response) and not is_secret(request):
            return show_unsaved_form(request, reason="signed_out")
        return response


def sends_to_sign_in(request, response):
    """True for a redirect that would bring the person back to this very address."""
    location = response.headers.get("Location", "")
    return response.status_code == 302 and parse_qs(urlsplit(location).query).get("next") == [request.get_full_path()]


class SearchLimitMiddleware:
    """Searching costs more than reading: pages with words in ``?q=`` open only so often for one visitor.

    The API counts every request (api/middleware.py), so this looks at pages alone.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        is_search = request.GET.get("q", "").strip() and not request.path_info.startswith("/api/")
        if is_search and is_too_often(request, "search"):
            return render(request, "429.html", {"is_search": True}, status=429)
        return self.get_response(request)
