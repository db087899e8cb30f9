"""What a person may do for a platform: its coordinators, and those of the platforms above it."""

from accounts.models import AnyUser
from accounts.permissions import has_needed_factor
from platforms.models import Platform, SecretariatMember


def coordinates(user: AnyUser, platform: Platform) -> bool:
    """A coordinator of ``platform`` or of one above it, with the second factor that secretariats need."""
    coordinators = SecretariatMember.objects.filter(role=SecretariatMember.Role.COORDINATOR, user=user.pk)
    return coordinators.filter(platform__in=platform.line()).exists() and has_needed_factor(user)


def can_edit(user: AnyUser, platform: Platform) -> bool:
    return coordinates(user, platform)


def can_see_contacts(user: AnyUser, platform: Platform) -> bool:
    """The people of its secretariat and of those above it."""
    return Platform.objects.served_by(user).filter(pk=platform.pk).exists() and has_needed_factor(user)


def can_keep_contacts(user: AnyUser, platform: Platform) -> bool:
    return coordinates(user, platform)


def can_manage_people(user: AnyUser, platform: Platform) -> bool:
    return coordinates(user, platform)
