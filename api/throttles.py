"""How often programs may ask; ``RATE_LIMITS`` has the figures, docs/api.md explains them.

Every request counts in api/middleware.py. What costs more counts once more: a view that takes files has
``throttle_classes = [Uploads]``, one that hands out whole sets ``[Exports]``; a plain view ``@limited("export")``.
"""

from functools import wraps

from rest_framework.exceptions import AuthenticationFailed, Throttled
from rest_framework.permissions import SAFE_METHODS
from rest_framework.throttling import BaseThrottle

from accounts.rate_limits import name_of, session_user, spend
from api.authentication import token_in
from api.problems import problem_response


class Uploads(BaseThrottle):
    def allow_request(self, request, view):
        if request.method not in SAFE_METHODS:
            count(request._request, "upload")
        return True


class Exports(BaseThrottle):
    def allow_request(self, request, view):
        count(request._request, "export")
        return True


def limited(action):
    """A plain view that counts for ``action``; one call too many is answered by 429."""

    def decorated(view):
        @wraps(view)
        def counted(request, *args, **kwargs):
            try:
                count(request, action)
            except Throttled as refusal:
                return too_many(request, refusal)
            return view(request, *args, **kwargs)

        return counted

    return decorated


def count_request(request):
    """Counts any request to the API; Throttled when it is one too many."""
    count(request, "account" if asker_of(request).startswith("user-") else "anonymous")
    if request.method not in SAFE_METHODS:
        count(request, "write")


def count(request, action):
    """Counts ``request`` (Django's) for ``action``; Throttled when it is one too many."""
    if counted := spend(action, asker_of(request)):
        request.counts = [*getattr(request, "counts", []), counted]
        if counted.is_over:
            raise Throttled(counted.reset)


def asker_of(request):
    """For whom it counts: all tokens of a person together; a wrong token for the network, so that nobody may guess."""
    if not hasattr(request, "asker"):
        request.asker = name_of(request, _account_of(request))
    return request.asker


def _account_of(request):
    try:
        token = token_in(request)
    except AuthenticationFailed:
        return None
    return token.owner if token else session_user(request)


def too_many(request, refusal):
    """The answer to a Throttled outside of DRF."""
    response = problem_response(request, refusal.status_code, str(refusal.detail), code=refusal.get_codes())
    response.headers["Retry-After"] = str(refusal.wait)
    return response


def headers_of(request):
    """{header: value} about the limit that ``request`` has come nearest to."""
    counts = getattr(request, "counts", None)
    if not counts:
        return {}
    nearest = min(counts, key=lambda counted: counted.remaining)
    figures = {"Limit": nearest.limit, "Remaining": nearest.remaining, "Reset": nearest.reset}
    return {f"RateLimit-{name}": str(figure) for name, figure in figures.items()}
