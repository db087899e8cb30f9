"""The navigation of somebody who is signed in: pages of signed_in.html alone ask who is reading."""

from django import template

from notices.services import unread_count

register = template.Library()


@register.simple_tag(takes_context=True)
def my_places(context):
    """{"serves": has a desk, "unread": number of messages}; {} for somebody who is not signed in."""
    request = context.get("request")
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"serves": user.secretariats.exists(), "unread": unread_count(user)}
