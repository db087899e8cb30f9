"""Who is told what when an entry has moved. The actor is never told of their own act."""

from django.utils.translation import override

from accounts.models import User
from notices.models import OutgoingMail
from notices.services import notify
from reviews import reviewing
from reviews.comments import threads_of

TOLD_ALREADY = (OutgoingMail.State.SENDING, OutgoingMail.State.SENT)


def announce(event):
    """Tell whom ``event`` concerns, in the transaction of the event; what the system does is not told."""
    if event.by_id and event.action in ANNOUNCED:
        ANNOUNCED[event.action](event)


def _tell(kind, event, users):
    _notify(kind, event, users.filter(is_active=True).exclude(pk=event.by_id))


def _tell_with_comments(kind, event, users):
    """One mail with all that is not settled, and not one for each remark; whose remark stays open is told besides."""
    told = users.filter(is_active=True).exclude(pk=event.by_id)
    threads = _unsettled(event)
    if not threads:
        _notify(kind, event, told)
        return
    for language in set(told.order_by().values_list("language", flat=True)):
        with override(language):
            data = {"remarks": [thread.told() for thread in _unsettled(event)]}
        _notify(kind, event, told.filter(language=language), data)
    if event.action in {"submit", "publish"}:
        writers = User.objects.filter(pk__in={thread.first.by_id for thread in threads} - {None, event.by_id})
        # Nobody hears of one event twice: the key is the same.
        _notify("remarks-open", event, writers.filter(is_active=True))


def _unsettled(event):
    return [thread for thread in threads_of(event.entry) if not thread.is_settled]


def _notify(kind, event, users, data=None):
    notify(kind, about=event, key=f"event-{event.pk}", users=users, data=data)


def _submitted(event):
    entry = event.entry
    platform = entry.reviewing_platform
    if platform and (deciders := entry.deciders([platform])).exists():
        _tell_with_comments("review", event, deciders)
    else:
        _tell("nobody-can-review", event, _who_looks_after(platform, event.by_id))


def _who_looks_after(platform, actor_id):
    """The secretariat at the end of the line, usually the global one; without anybody else there, support."""
    line = platform.line() if platform else []
    secretariat = reviewing.reviewers().people_of(line[-1:])
    return secretariat if secretariat.exclude(pk=actor_id).exists() else User.objects.filter(is_superuser=True)


def _withdrawn(event):
    """Only those who have been asked by mail: an unsent one is no longer true and stays unsent."""
    submitted = event.entry.events.filter(action="submit", pk__lt=event.pk).last()
    asked = OutgoingMail.objects.filter(
        kind="review", key=f"event-{submitted.pk if submitted else 0}", state__in=TOLD_ALREADY
    )
    _tell("withdrawn", event, User.objects.filter(pk__in=asked.values("user")))


def _published(event):
    new = event.entry.newly_named()
    _tell("involved", event, new)
    _tell_with_comments("published", event, event.entry.authors().exclude(pk__in=new.values("pk")))


def _to_authors(kind, tell=_tell):
    return lambda event: tell(kind, event, event.entry.authors())


def _discarded(event):
    """By a reviewer; authors who discard their own draft know."""
    if not event.entry.is_written_by(event.by):
        _tell("discarded", event, event.entry.authors())


ANNOUNCED = {
    "submit": _submitted,
    "withdraw": _withdrawn,
    "request_changes": _to_authors("change", _tell_with_comments),
    "publish": _published,
    "reject": _to_authors("rejected", _tell_with_comments),
    "archive": _to_authors("archived"),
    "restore": _to_authors("restored"),
    "discard": _discarded,
}
"""{action: who tells}. ``admit``, ``load`` and ``supersede`` follow from something that is told."""
