"""Who sees and changes the webhooks of a platform: their addresses may hold passwords of the receiver."""

from accounts.models import AnyUser
from platforms.models import Platform
from platforms.permissions import coordinates


def can_manage_webhooks(user: AnyUser, platform: Platform) -> bool:
    return coordinates(user, platform)
