"""Who sees and changes the webhooks of a platform: their addresses may hold passwords of the receiver."""

from platforms.permissions import coordinates


def can_manage_webhooks(user, platform):
    return coordinates(user, platform)
