"""Who asks: ``Authorization: Bearer wop_...``, or the session of somebody who reads the documentation signed in.

A token counts nowhere else: not in the address, not in the body, not in a cookie.
"""

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework import authentication, exceptions

from accounts.backends import may_be_used
from api.services import token_of

SCHEME = b"bearer"


class TokenAuthentication(authentication.BaseAuthentication):
    def authenticate(self, request):
        """(owner, ApiToken); None without a token. Raises AuthenticationFailed, answered by 401."""
        token = token_in(request._request)
        return token and (token.owner, token)

    def authenticate_header(self, request):
        return "Bearer"


class SessionAuthentication(authentication.SessionAuthentication):
    """Looks at the session only where its cookie came: public answers do not vary by cookie."""

    def authenticate(self, request):
        return super().authenticate(request) if settings.SESSION_COOKIE_NAME in request.COOKIES else None


def token_in(request):
    """The valid ApiToken that ``request`` (Django's) brings, looked up once; None without one.

    Raises AuthenticationFailed for one that is wrong, has ended or was revoked, or whose account is locked.
    """
    if not hasattr(request, "api_token"):
        request.api_token = _checked(authentication.get_authorization_header(request).split())
    return request.api_token


def _checked(parts):
    if not parts or parts[0].lower() != SCHEME:
        return None
    if len(parts) != 2:
        raise exceptions.AuthenticationFailed(_("Write: Authorization: Bearer and the token."))
    token = token_of(parts[1].decode("latin-1"))
    if token is None:
        raise exceptions.AuthenticationFailed(_("There is no such token."))
    if not may_be_used(token.owner):
        raise exceptions.AuthenticationFailed(_("The account of this token is locked or not one of this portal."))
    if not token.is_valid:
        raise exceptions.AuthenticationFailed(_("This token has ended or was revoked. Make a new one."))
    return token
