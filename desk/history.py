"""What happened to an entry: every event of it and of its other versions, newest first."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from partnerships.models.base import Version
from reviews.models import ReviewEvent

HAPPENED = {
    "submit": gettext_lazy("Submitted for review"),
    "withdraw": gettext_lazy("Taken back by its authors"),
    "request_changes": gettext_lazy("Changes requested"),
    "publish": pgettext_lazy("event", "Published"),
    "reject": pgettext_lazy("event", "Rejected"),
    "archive": pgettext_lazy("event", "Archived"),
    "restore": gettext_lazy("Made public again"),
    "discard": pgettext_lazy("event", "Discarded"),
    "admit": gettext_lazy("Published with the entry that names it"),
    "load": gettext_lazy("Loaded from public sources"),
    "supersede": gettext_lazy("A newer version took its place"),
}
NEEDS_ACTION = {"request_changes", "reject", "archive"}


@dataclass(frozen=True)
class Moment:
    """One event: ``what`` happened, ``by`` whom (a name), at which version (None for things without versions)."""

    at: object
    what: str
    by: str
    comment: str
    version: int | None
    is_sharp: bool


def history_of(entry):
    """The Moments of an entry, newest first, and of the other versions of the same thing."""
    numbers = _versions(entry)
    kind = ContentType.objects.get_for_model(entry)
    events = ReviewEvent.objects.filter(content_type=kind, object_id__in=numbers).select_related("by")
    return [_moment(event, numbers[event.object_id]) for event in events.order_by("-created_at", "-pk")]


def _versions(entry):
    """{primary key: version number}."""
    if not isinstance(entry, Version):
        return {entry.pk: None}
    return dict(entry.siblings().values_list("pk", "number")) | {entry.pk: entry.number}


def _moment(event, number):
    return Moment(
        at=event.created_at,
        what=str(HAPPENED.get(event.action, event.action)),
        by=str(event.by) if event.by_id else _("the portal"),
        comment=event.comment,
        version=number,
        is_sharp=event.action in NEEDS_ACTION,
    )
