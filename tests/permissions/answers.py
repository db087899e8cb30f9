"""What the portal answers to whom."""

import json
from http.cookies import SimpleCookie

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from tests.permissions.programs import body_of

SIGN_IN = "in"
"""The answer that leads to the sign-in page."""


def names(resolver=None, prefix=""):
    """The names of all addresses except those of the support area."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield prefix + pattern.name
        elif pattern.app_name != "admin":
            yield from names(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)


def visitor(user):
    """A browser of ``user``, signed in unless None."""
    client = Client(raise_request_exception=False)
    if user:
        client.force_login(user)
    return client


def answer(client, method, name, arguments, tags):
    """The status of the answer, ``in`` for the way to the sign-in page; what it wrote is taken back.

    ``tags`` is what somebody sends for If-Match who has seen everything as it is.
    """
    before = {name: morsel.value for name, morsel in client.cookies.items()}
    with transaction.atomic():
        address = reverse(name.partition("@")[0], args=arguments)
        response = client.generic(method, address, *_sent(method, name), headers=_seen(method, tags))
        transaction.set_rollback(True)
    client.cookies = SimpleCookie(before)
    if response.status_code == 302 and "/accounts/login/" in response["Location"]:
        return SIGN_IN
    return str(response.status_code)


def _sent(method, name):
    """Body and type: programs send JSON, forms are posted empty."""
    is_for_programs = name.startswith("api:") and method != "GET"
    return (json.dumps(body_of(name)), "application/json") if is_for_programs else ()


def _seen(method, tags):
    return {"If-Match": tags} if method != "GET" else {}
