"""What a token may do: never more than its owner, and only what its scopes name."""

from typing import TYPE_CHECKING, TypeVar

from django.utils.translation import gettext as _
from rest_framework import permissions
from rest_framework.request import Request

from api.models import Scope
from partnerships.querysets import VersionQuerySet

if TYPE_CHECKING:  # rest_framework.views itself asks for what stands here
    from rest_framework.views import APIView

Versions = TypeVar("Versions", bound=VersionQuerySet)


class WithinScope(permissions.BasePermission):
    """A view names the ``scope`` that its methods need; without one, reading is open to everybody."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        if not hasattr(view, request.method.lower()):
            return True  # answered by 405, whoever asks
        needed = view.scope_for(request) if hasattr(view, "scope_for") else getattr(view, "scope", None)
        if needed is None:
            return request.method in permissions.SAFE_METHODS
        if not request.user.is_authenticated:
            return False
        self.message = _("This token may not do that: it lacks the scope “%(scope)s”.") % {"scope": needed}
        return has_scope(request, needed)


def has_scope(request: Request, scope: Scope | str) -> bool:
    """People who are signed in have all scopes."""
    return request.user.is_authenticated and (request.auth is None or Scope(scope).value in request.auth.scopes)


def within_reach(request: Request, versions: Versions) -> Versions:
    """Those of ``versions`` that the token of ``request`` is not kept away from by its organisation or platform.

    None at all when its owner belongs there no longer, whatever else they may reach.
    """
    token = request.auth
    if token is None or not (token.organisation_id or token.platform_id):
        return versions
    if not token.belongs:
        return versions.none()
    return versions.concerning(organisation=token.organisation_id, platform=token.platform_id)
