"""The contacts of a platform: for its secretariat and those above it alone."""

from django.core.exceptions import PermissionDenied

from operators.views.contacts import ContactPages
from platforms.forms import PlatformContactForm
from platforms.permissions import can_see_contacts
from platforms.services.contacts import CONTACTS
from platforms.views.pages import served_platform


def _platform(request, slug):
    platform = served_platform(request, slug)
    if not can_see_contacts(request.user, platform):
        raise PermissionDenied
    return platform


contacts, contact, erase, link = ContactPages(
    namespace="platforms", book=CONTACTS, find=_platform, form=PlatformContactForm, area="desk"
).views()
