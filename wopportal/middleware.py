"""What holds for every form that is sent and every answer."""

from django.conf import settings
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.cache import get_conditional_response, has_vary_header, set_response_etag
from django.utils.translation import gettext as _

from accounts.rate_limits import session_user
from api.problems import problem_response
from vocabularies.clean_text import cleaned_form

WORDS_OF_A_STRANGER = 64 * 1024
"""Bytes: signing up, reporting an error."""


class CleanWordsMiddleware:
    """The words of a form come in without what nobody can see; api/parsers.py does it for programs.

    Done when the view is known: by then whoever may not send this has been turned away. What needs no token of a form,
    like programs and the button of a mail program, takes no words out of one.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, arguments, options):
        if request.method == "POST" and not getattr(view, "csrf_exempt", False):
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


class FilesMiddleware:
    """A body that brings files is read where files are taken, of people who may bring them; no other one is.

    The check of a form's token reads all of it before any view has a say. What is small enough to be words alone goes
    on. Programs with a token are no business of this: they have no such check, and their views ask who they are first.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if _is_form_of_parts(request) and _size(request) > _words(request):
            return self._judged(request)
        return self.get_response(request)

    def _judged(self, request):
        view, place = _view_of(request)
        may_send = getattr(getattr(view, "cls", view), "may_send_files", None)
        is_welcome = may_send and _is_signed_in(request) and may_send(request.user, **place)
        if is_welcome or _is_of_a_program(request, view):
            return self.get_response(request)
        return _not_read(request, takes_files=may_send is not None)


def _is_form_of_parts(request):
    """As a page sends it: it may hold words and files."""
    return request.method == "POST" and request.content_type == "multipart/form-data"


def _is_of_a_program(request, view):
    has_token = request.headers.get("Authorization", "").lower().startswith("bearer ")
    is_checked = settings.SESSION_COOKIE_NAME in request.COOKIES and not has_token
    return getattr(view, "csrf_exempt", False) and not is_checked


def _is_signed_in(request):
    user = session_user(request)
    return user is not None and user.is_authenticated


def _words(request):
    """So many bytes may be words alone."""
    return settings.DATA_UPLOAD_MAX_MEMORY_SIZE if _is_signed_in(request) else WORDS_OF_A_STRANGER


def _size(request):
    length = request.META.get("CONTENT_LENGTH") or ""
    return int(length) if length.isdecimal() else 0


def _view_of(request):
    """(view, what the address says); (None, {}) for an address that there is not."""
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return None, {}
    return match.func, match.kwargs


def _not_read(request, *, takes_files):
    if takes_files:
        status, words = 403, _("Files are taken here from those who write this entry and are signed in.")
    else:
        status, words = 413, _("No files are taken here.")
    if request.path_info.startswith("/api/"):
        return problem_response(request, status, words)
    return render(request, "files_not_read.html", {"words": words, "takes_files": takes_files}, status=status)
