"""What all addresses that only read have in common: the question that is asked, and how it is answered."""

from functools import wraps

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.functional import cached_property
from django.utils.http import http_date
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.decorators import api_view, authentication_classes, permission_classes
from rest_framework.response import Response

from api.authentication import TokenAuthentication
from api.conditional_requests import content_tag, is_known
from api.openapi.parameters import described
from api.pagination import Pages
from api.problems import Gone
from directory.filters.base import NOT_A_CHOICE
from vocabularies.localised import LANGUAGE_CODES

ALWAYS = ("fields", "expand", "labels")
"""Parameters that every address knows."""
PAGING = ("page", "page_size")
KEPT = ("ETag", "Cache-Control", "Content-Language", "Vary", "Last-Modified")
"""What an answer says even when it is not sent again."""


class Question:
    """What is asked of ``resource``; everything that is wrong with it is told at once, by a 400.

    ``without``: properties that this address does not have.
    """

    def __init__(self, request, resource, *, in_list=False, filters=None, without=()):
        self.request, self.resource, self.in_list = request, resource, in_list
        self.filters, self.without = filters, (*without, *(resource.detail_only if in_list else ()))
        self.errors = {}
        self._speak()
        self.fields = self._words("fields", self.possible_fields)
        self.expand = self._words("expand", self.possible_words)
        self._check_names()

    def _speak(self):
        """Everything from here on is in the language of the labels."""
        language = self.request.query_params.get("labels")
        if language in LANGUAGE_CODES:
            translation.activate(language)
        elif language:
            self.errors["labels"] = [_not_possible(language, LANGUAGE_CODES)]

    def _words(self, name, possible):
        """The set of words, several names or separated by commas, of which all must be ``possible``."""
        given = ",".join(self.request.query_params.getlist(name)).split(",")
        words = [word.strip() for word in given if word.strip()]
        if unknown := dict.fromkeys(word for word in words if word not in possible):
            self.errors[name] = [_not_possible(", ".join(unknown), possible)]
        return frozenset(words)

    def _check_names(self):
        known = [*(self.filters.base_filters if self.filters else ()), *(PAGING if self.in_list else ()), *ALWAYS]
        for name in self.request.query_params:
            if name not in known:
                self.errors[name] = [_not_possible(name, known)]

    @property
    def possible_fields(self):
        return [name for name in self.resource.properties() if name not in self.without]

    @property
    def possible_words(self):
        return list(dict.fromkeys([*self.possible_fields, *self.resource.expandable]))

    @cached_property
    def shown(self):
        """The names of the properties that the answer has."""
        usual = self.resource.brief if self.in_list else self.possible_fields
        wanted = {self.resource.identity, *(self.fields or usual), *(self.expand & set(self.possible_fields))}
        return [name for name in self.possible_fields if name in wanted]

    def refuse(self):
        if self.errors:
            raise exceptions.ValidationError(self.errors)

    def found(self, queryset):
        """What the filters leave of ``queryset``."""
        if self.filters is None:
            self.refuse()
            return queryset
        filterset = self.filters(self.request.query_params, queryset)
        self.errors = {name: list(words) for name, words in filterset.form.errors.items()} | self.errors
        self.refuse()
        return filterset.qs

    def page(self, queryset):
        """The rows of the page that is asked for, as a list."""
        self.pages = Pages()
        return self.pages.paginate_queryset(queryset, self.request)

    def said(self, thing):
        """``thing``, or a list of them, as data."""
        many = self.in_list
        return self.resource(thing, many=many, shown=self.shown, context={"expand": self.expand}).data


def reading_list(resource, *, name, filters=None, **told):
    """A view made of a function that takes a Question and more and returns the rows of its page, as a list.

    ``name``: of the operation in the schema; ``told``: what else ``described`` takes.
    """

    def decorated(function):
        @wraps(function)
        def view(request, **arguments):
            question = Question(request, resource, in_list=True, filters=filters)
            results = question.said(function(question, **arguments))
            links = {"next": question.pages.get_next_link(), "previous": question.pages.get_previous_link()}
            return answer(request, {"count": question.pages.page.paginator.count, **links, "results": results})

        return described(resource, name=name, filters=filters, in_list=True, **told)(_reads(view))

    return decorated


def reading_one(resource, *, name, modified=None, without=(), **told):
    """A view made of a function that takes a Question and more and returns one thing.

    ``modified(thing)``: when it was last changed, None when nobody knows; ``without``: properties that it has not.
    """

    def decorated(function):
        @wraps(function)
        def view(request, **arguments):
            question = Question(request, resource, without=without)
            question.refuse()
            thing = function(question, **arguments)
            return answer(request, question.said(thing), modified(thing) if modified else None)

        return described(resource, name=name, without=without, has_moment=bool(modified), **told)(_reads(view))

    return decorated


def _reads(view):
    """A session says nothing here: everybody reads the same. Without a permission to ask for, POST is a plain 405."""
    return api_view(["GET", "HEAD"])(authentication_classes([TokenAuthentication])(permission_classes([])(view)))


def answer(request, data, modified=None):
    """The answer that everybody may read, with an ETag; 304 to those who know it.

    It may be kept but must be asked for again: what is published shows on the next request.
    """
    response = Response(data, content_type="application/json")
    if modified:
        response.headers["Last-Modified"] = http_date(modified.timestamp())
    return tagged(request, response)


def tagged(request, response):
    """``response`` with the headers of an answer that everybody may read; its ETag follows when it is rendered."""
    response.headers["Cache-Control"] = "private, no-store" if request.auth else "public, no-cache"
    response.headers["Content-Language"] = translation.get_language()
    patch_vary_headers(response, ("Accept", "Accept-Language", "Authorization"))
    response.add_post_render_callback(lambda rendered: _with_tag(request, rendered))
    return response


def _with_tag(request, response):
    response.headers["ETag"] = tag = content_tag(response.content)
    if not is_known(request, tag):
        return response
    unchanged = HttpResponse(status=304)
    del unchanged.headers["Content-Type"]
    for name in KEPT:
        if name in response.headers:
            unchanged.headers[name] = response.headers[name]
    return unchanged


def by_name(things, name):
    """The one of ``things`` with this key, else the one with this slug; None when there is none."""
    found = list(things.filter(Q(key=name) | Q(slug=name)))
    return next((one for one in found if one.key == name), found[0] if found else None)


def refuse(entry):
    """Answer with 410 for a Gone of the directory, with 404 without one."""
    if entry is None:
        raise Http404
    said = _("%(reference)s is no longer public") % {"reference": entry.reference}
    raise Gone(
        said if entry.reference else _("This entry is no longer public"),
        reference=entry.reference,
        archived_at=entry.archived_at.isoformat() if entry.archived_at else "",
        reason=entry.reason,
    )


def _not_possible(value, possible):
    return NOT_A_CHOICE % {"value": value, "possible": ", ".join(possible)}
