"""A program that works with a token, for tests."""

from itertools import count

from django.urls import reverse

from tests.api.conforming import check
from tests.api.people import bearer, token_for

NUMBERS = count(1)


class Program:
    """Sends requests for ``user``; remembers the last ETag, and sends it where a request is to match it.

    Every answer is compared with the schema.
    """

    def __init__(self, client, user, **token):
        self.client, self.user = client, user
        self.headers = bearer(token_for(user, name=f"Program {next(NUMBERS)}", **token)[1])
        self.tag = ""

    def get(self, address, **headers):
        return self._noted(self.client.get(address, headers=self.headers | headers))

    def send(self, method, address, data=None, *, match=True, **headers):
        """JSON; ``match``: the ETag for If-Match, True for the last one, None for none."""
        headers = self._all(match, headers)
        if data is None:
            return self._noted(self.client.generic(method.upper(), address, headers=headers))
        sent = getattr(self.client, method)
        return self._noted(sent(address, data, content_type="application/json", headers=headers))

    def post(self, address, data=None, **more):
        return self.send("post", address, data, **more)

    def patch(self, address, data, **more):
        return self.send("patch", address, data, **more)

    def upload(self, address, fields, *, match=True, **headers):
        """A form with a file."""
        return self._noted(self.client.post(address, fields, headers=self._all(match, headers)))

    def step(self, base, action, comment=""):
        """One transition of what stands at ``base``."""
        return self.post(f"{base}transitions/{action}/", {"comment": comment})

    def _all(self, match, headers):
        tag = self.tag if match is True else match
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.headers | ({"if-match": tag} if tag else {}) | named

    def _noted(self, response):
        check(response)
        self.tag = response.headers.get("ETag", self.tag)
        return response


def base_of(version):
    """The address of a version's partnership or report."""
    if hasattr(version, "partnership_id"):
        return reverse("api:partnership", args=[version.partnership.reference])
    return reverse("api:report", args=[version.report_id])
