"""Answers that are the same for everybody are made once and kept until anything public is written.

Above everything else in the stack: whoever comes without cookie and token is answered with the bytes of before, after
one query that asks whether they still hold. They do while the documents have the same stamp
(docs/decisions/0030-a-place-made-for-reading.md), and whatever is written to a table that a public page may read marks
that in the same transaction. So a publication, an archived entry and an edited page show on the very next request of
every process and machine.
"""

import re
from hashlib import sha256
from threading import Event

from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError
from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, has_vary_header

from search.changes import note_once
from search.services import latest_stamp

ALIAS = "answers"
LARGEST = 600_000
"""Bytes of an answer that is kept."""
DAY = 86_400
PROGRAMS = "/api/"
ASKED_WITH = ("Accept", "Accept-Language")
"""What an answer may follow from besides the address; nothing public follows from more."""


class PageAnswersMiddleware:
    """The answers to people, above everything: compressed, with all headers."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not self.is_mine(request) or not _is_for_everybody(request):
            return self.get_response(request)
        try:
            cache, key = caches[ALIAS], _key(request)
        except DatabaseError:  # what needs none answers all the same, and what does says so itself
            return self.get_response(request)
        if kept := cache.get(key):
            return _answer(request, *kept)
        response = self.get_response(request)
        if _may_be_kept(response):
            cache.set(key, (response.content, dict(response.headers)), DAY)
        return response

    def is_mine(self, request):
        return not request.path_info.startswith(PROGRAMS)


class ProgramAnswersMiddleware(PageAnswersMiddleware):
    """Those to programs, below what counts every request of theirs."""

    def is_mine(self, request):
        return request.path_info.startswith(PROGRAMS)


def _is_for_everybody(request):
    is_anonymous = not request.COOKIES and "Authorization" not in request.headers
    return request.method == "GET" and is_anonymous and ALIAS in settings.CACHES


def _may_be_kept(response):
    """Nothing that was made for one person, and nothing that is not all there yet."""
    if response.status_code != 200 or response.streaming or response.cookies or has_vary_header(response, "Cookie"):
        return False
    return "no-store" not in response.headers.get("Cache-Control", "no-store") and len(response.content) <= LARGEST


def _key(request):
    """All that the answer follows from; the day too, since some pages say which it is."""
    stamp = latest_stamp()
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    asked = [request.scheme, request.META.get("HTTP_HOST"), request.get_full_path(), packed]
    asked += [request.headers.get(name) for name in ASKED_WITH]
    return sha256(repr([settings.VERSION, str(stamp), timezone.localdate(), asked]).encode()).hexdigest()


def _answer(request, content, headers):
    response = HttpResponse(content, headers=headers)
    if (tag := headers.get("ETag")) and "If-None-Match" in request.headers:
        return get_conditional_response(request, etag=tag, response=response)
    return response


# --- what is written ------------------------------------------------------------------------------------

WRITES = re.compile(r'\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM)\s+"(\w+)"', re.IGNORECASE)
NOT_PUBLIC = {
    "accounts", "account", "admin", "auth", "contenttypes", "mfa", "sessions", "usersessions", "notices", "webhooks",
    "api", "exports", "desk", "django_tasks_database", "search",
}  # fmt: skip
"""Labels of apps of whose tables no public page reads anything that it shows."""
PRIVATE = {
    "directory.savedfilter", "directory.alert", "directory.match", "reviews.comment", "reviews.conflict",
    "reviews.previewlink", "operators.organisationcontact", "platforms.platformcontact",
}  # fmt: skip
"""Models beside them that no public page reads."""
_tables = set()
_is_migrating = Event()


def watch(connection, **more):
    """Have every write of ``connection`` looked at."""
    if _noting not in connection.execute_wrappers:
        connection.execute_wrappers.append(_noting)


def migrating(**more):
    """The table of marks may not be there yet."""
    _is_migrating.set()


def migrated(**more):
    """Whatever was moved shows."""
    if _is_migrating.is_set() and ALIAS in settings.CACHES:
        note_once()
    _is_migrating.clear()


def _noting(execute, sql, values, many, context):
    result = execute(sql, values, many, context)
    written = ALIAS in settings.CACHES and not _is_migrating.is_set() and WRITES.match(sql)
    if written and written[1] in public_tables():
        note_once()
    return result


def public_tables():
    """The names of the tables from which public pages are made."""
    if not _tables:
        models = apps.get_models(include_auto_created=True)
        _tables.update(model._meta.db_table for model in models if _is_public(model._meta))
    return _tables


def _is_public(options):
    return options.app_label not in NOT_PUBLIC and options.label_lower not in PRIVATE
