"""What the portal answers to whom."""

from http.cookies import SimpleCookie

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

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


def answer(client, method, name, arguments):
    """The status of the answer, ``in`` for the way to the sign-in page; what it wrote is taken back."""
    before = {name: morsel.value for name, morsel in client.cookies.items()}
    with transaction.atomic():
        response = client.generic(method, reverse(name.partition("@")[0], args=arguments))
        transaction.set_rollback(True)
    client.cookies = SimpleCookie(before)
    if response.status_code == 302 and "/accounts/login/" in response["Location"]:
        return SIGN_IN
    return str(response.status_code)
