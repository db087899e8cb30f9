"""What a delivery says: written when it is sent, from what is public then (docs/webhooks.md)."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from webhooks.models import Event

API = {"partnership": ("api:partnership", "reference"), "report": ("api:report", "report")}
"""{kind of entry: name of its address in the API, and what of its names it takes}."""


def payload_of(delivery):
    """The body as plain data; None when what happened is no longer so, and nothing is to be sent."""
    told = {"platform": _platform(delivery.webhook.platform)}
    kind = "webhook"
    if delivery.event != Event.PING:
        if not _is_still_so(delivery):
            return None
        kind = delivery.entry.kind_code
        told["entry"] = _entry(delivery.entry, delivery.event)
    return {
        "type": f"{kind}.{delivery.event}",
        "id": str(delivery.pk),
        "timestamp": _moment(delivery.occurred_at),
        "data": told,
    }


def _is_still_so(delivery):
    """What was published or restored must be public now, what was archived must be archived now."""
    entry = delivery.entry
    if entry is None:
        return False
    same = type(entry).objects.filter(pk=entry.pk)
    return (same.archived() if delivery.event == Event.ARCHIVED else same.published()).exists()


def _entry(entry, event):
    """Of something archived nothing but what its address answers: which it was, when it went and why."""
    names = entry.public_names()
    if event == Event.ARCHIVED:
        archiving = entry.archiving()
        return names | {"archived_at": _moment(archiving.created_at), "reason": archiving.comment}
    name, argument = API[entry.kind_code]
    with override(settings.LANGUAGE_CODE):
        return names | {
            "title": str(entry),
            "url": settings.PORTAL_URL + entry.get_absolute_url(),
            "api_url": settings.PORTAL_URL + reverse(name, args=[names[argument]]),
        }


def _platform(platform):
    return {"key": platform.key, "name": platform.name}


def _moment(moment):
    """ISO 8601 in UTC, to the second."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
