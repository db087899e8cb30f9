"""What those who watch over the portal ask: is this process alive, may requests be sent to it?"""

import logging

from django.db import DatabaseError, connection
from django.http import HttpResponse

logger = logging.getLogger(__name__)


class HealthMiddleware:
    """Answers ``/healthz`` and ``/readyz`` before anybody asks for host, https, session or language: a probe has none.

    ``/healthz`` asks nothing, so that a database that is away restarts no process. ``/readyz`` asks the database,
    without which there is no page. Files and mail are not asked: most pages do without, and say so where they cannot.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path == "/healthz":
            return _answer("alive")
        if request.path == "/readyz":
            return _answer("ready") if _has_database() else _answer("no database", status=503)
        return self.get_response(request)


def _answer(word, status=200):
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(f"{word}\n", content_type="text/plain; charset=utf-8", status=status, headers=headers)


def _has_database():
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        logger.warning("Not ready: %s", error)
        return False
    return True
