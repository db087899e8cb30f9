"""The navigation of somebody who is signed in: pages of signed_in.html alone ask who is reading."""

import re

from django import template

from accounts import invitations
from notices.services import unread_count
from operators.models import OrganisationInvitation
from platforms.models import SecretariatInvitation

register = template.Library()
INVITATION = re.compile(r"/[a-z]{2}/(?:[a-z]+/)+invitations/([^/]+)/")


@register.simple_tag(takes_context=True)
def my_places(context):
    """{"serves": has a desk, "unread": number of messages}; {} for somebody who is not signed in."""
    request = context.get("request")
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"serves": user.secretariats.exists(), "unread": unread_count(user)}


@register.simple_tag(takes_context=True)
def invitation_ahead(context):
    """The invitation to which somebody who signs up or in is led on (``next``); None where they go elsewhere."""
    request = context["request"]
    ahead = INVITATION.fullmatch(request.POST.get("next") or request.GET.get("next") or "")
    if not ahead:
        return None
    found = (invitations.find(model, ahead[1]) for model in (OrganisationInvitation, SecretariatInvitation))
    return next((invitation for invitation in found if invitation and invitation.is_open), None)
