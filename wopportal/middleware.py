"""What holds for every form that is sent and every answer."""

from django.conf import settings
from django.utils.cache import get_conditional_response, has_vary_header, set_response_etag

from vocabularies.texts import cleaned_form


class CleanWordsMiddleware:
    """The words of a form come in without what nobody can see; api/parsers.py does it for programs.

    Done when the view is known: by then whoever may not send this has been turned away.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, arguments, options):
        if request.method == "POST" and not request.path_info.startswith("/api/"):
            request.POST = cleaned_form(request.POST)


class KeptAnswersMiddleware:
    """Who may keep an answer, inside of what compresses it: its tag names the words and not their packing.

    Nobody's cache keeps what was made for one person; the Back button asks again. A public page asked for without
    session and token is the same for everybody: it may be kept, is asked for again, and is not sent again while it is
    the same. Neither the session nor the user is read here.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if _is_personal(request, response):
            response.headers["Cache-Control"] = "private, no-store"
        elif "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-cache"
            return _unless_known(request, response)
        return response


def _is_personal(request, response):
    """Also where the answer follows from a cookie that came, as that of a form's token does."""
    is_signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in request.headers
    return is_signed_in or bool(response.cookies) or bool(request.COOKIES and has_vary_header(response, "Cookie"))


def _unless_known(request, response):
    """``response`` with its tag; 304 to those who have it."""
    if request.method not in {"GET", "HEAD"} or response.status_code != 200 or response.streaming:
        return response
    if "ETag" not in response.headers:
        set_response_etag(response)
    return get_conditional_response(request, etag=response.headers.get("ETag"), response=response)
