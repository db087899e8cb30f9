"""Tokens for tests, and requests that bring one."""

from datetime import timedelta

from django.utils import timezone

from api.models import Scope
from api.services import make_token

EVERYTHING = list(Scope.values)


def token_for(user, *, scopes=EVERYTHING, name="A program", days=90, **place):
    """(ApiToken, its secret)."""
    expires_at = timezone.now() + timedelta(days=days)
    return make_token(user, name=name, scopes=list(scopes), expires_at=expires_at, **place)


def bearer(secret):
    return {"authorization": f"Bearer {secret}"}
