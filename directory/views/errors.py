"""Error pages: what happened and what to do next. Words that were sent in a form are shown again."""

from django.http import HttpResponseBadRequest
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_path, get_language_from_request, override

from accounts.unsaved_form import unsaved_form_of


def _page(request, template, status):
    with override(_language(request)):
        return render(request, template, {"typed": unsaved_form_of(request)}, status=status)


def _language(request):
    return get_language_from_path(request.path_info) or get_language_from_request(request)


def bad_request(request, exception):
    """Without the request's context: a host that is not ours is one reason to be here."""
    with override(_language(request)):
        return HttpResponseBadRequest(render_to_string("400.html"))


def permission_denied(request, exception):
    return _page(request, "403.html", 403)


def page_not_found(request, exception):
    return _page(request, "404.html", 404)


def server_error(request):
    return _page(request, "500.html", 500)
