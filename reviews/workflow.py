"""``perform`` carries out one step of the table in ``reviews.states``; nothing else writes ``state``.

``load_many`` takes the step "load" with many entries at once, by the same function.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from reviews.models import ReviewEvent
from reviews.notifications import announce
from reviews.states import TRANSITIONS, Actor, State

READ_TOGETHER = 200
"""Entries: a query may not have any number of parameters."""


@transaction.atomic
def perform(entry, action, *, by, comment="", revision=None):
    """Move ``entry`` by ``action`` and append the event; returns the entry as it now is.

    ``by`` is the acting user, None for the system. ``revision`` is the one that the actor saw;
    publishing requires it. Raises PermissionDenied for the wrong actor and ValidationError with
    code ``unknown_action``, ``wrong_state``, ``stale``, ``comment_required``, ``incomplete`` or
    ``archived`` when the step is impossible now.
    """
    step = TRANSITIONS.get(action)
    if step is None:
        raise ValidationError(_("There is no action “%(action)s”."), code="unknown_action", params={"action": action})
    fresh = type(entry)._base_manager.select_for_update().get(pk=entry.pk)
    return _carry_out(fresh, step, by=by, comment=comment, revision=revision)


@transaction.atomic
def load_many(entries):
    """``perform(entry, "load", by=None)`` with each of ``entries``, all of one model: all of them or none.

    They are read together, so that each costs a few queries, and those are mostly writes.
    """
    for start in range(0, len(entries), READ_TOGETHER):
        some = entries[start : start + READ_TOGETHER]
        model = type(some[0])
        fresh = model._base_manager.select_for_update().in_bulk([entry.pk for entry in some])
        fresh = [fresh[entry.pk] for entry in some]
        model.read_together(fresh)
        for entry in fresh:
            _carry_out(entry, TRANSITIONS["load"], by=None)


def _carry_out(fresh, step, *, by, comment="", revision=None):
    """Check ``step`` with an entry as it is stored, take it, and do what follows from it."""
    actor = acting_as(fresh, step, by)
    _check_state(fresh, step)
    _check_revision(fresh, step, revision)
    _check_comment(step, actor, comment)
    fresh.before_transition(step.action, by)
    _check_complete(fresh, step)
    if step.target == State.PUBLISHED:
        _make_room(fresh, step, by)
    event = _move(fresh, step.target, action=step.action, by=by, comment=comment)
    fresh.after_transition(step.action, by)
    announce(event)
    return fresh


def available(entry, user):
    """The steps that ``user`` may take with ``entry`` now: buttons of a page, ``next_steps`` of the API."""
    return steps_open_to(entry, entry.roles_of(user))


def steps_open_to(entry, actors):
    """The same for who is known to be ``actors``: lists find that out for all of their entries at once."""
    return [step for step in TRANSITIONS.values() if entry.state in step.sources and _allowed(entry, step, actors)]


def _allowed(entry, step, actors):
    """Those of ``actors`` to whom ``step`` is open on ``entry``, in the order of the table."""
    return [
        actor
        for actor in step.actors
        if actor in actors and (actor not in step.only_when or step.only_when[actor](entry))
    ]


def acting_as(entry, step, by):
    """The Actor as which ``by`` takes ``step`` with ``entry``; PermissionDenied for nobody who may."""
    mine = {Actor.SYSTEM} if by is None else entry.roles_of(by)
    allowed = _allowed(entry, step, mine)
    if not allowed:
        raise PermissionDenied(_("You may not do this with this entry."))
    return allowed[0]


def _check_state(entry, step):
    if entry.state not in step.sources:
        raise ValidationError(
            _("“%(action)s” is not possible while the entry is “%(state)s”."),
            code="wrong_state",
            params={"action": step.label, "state": entry.get_state_display()},
        )


def _check_revision(entry, step, revision):
    unseen = revision is None and step.must_be_seen
    if unseen or (revision is not None and revision != entry.revision):
        raise ValidationError(
            _("The entry has changed since you opened it. Look at it again, then decide."), code="stale"
        )


def _check_comment(step, actor, comment):
    if actor in step.comment_from and not comment.strip():
        raise ValidationError({"comment": ValidationError(_("Say why."), code="comment_required")})
    if comment.strip():
        ReviewEvent._meta.get_field("comment").refuse_longer(comment.strip())


def _check_complete(entry, step):
    missing = {}
    if step.action == "load":
        missing = entry.missing_for_loading()
    elif step.must_be_complete:
        missing = entry.missing_for_submission()
    if missing:
        raise ValidationError({name: ValidationError(text, code="incomplete") for name, text in missing.items()})


def _make_room(entry, step, by):
    """One published row per identity: supersede the older one, but never step over an archived one."""
    in_the_way = entry.siblings().filter(state__in=[State.ARCHIVED, State.PUBLISHED]).select_for_update()
    if any(older.state == State.ARCHIVED for older in in_the_way):
        raise ValidationError(_("This entry is archived. Restore it first."), code="archived")
    for older in in_the_way:
        if step.action == "restore":
            raise ValidationError(_("A newer version has been published meanwhile."), code="wrong_state")
        _move(older, State.SUPERSEDED, action="supersede", by=by)


def _move(entry, target, *, action, by, comment=""):
    """Write the state only if nobody wrote in between, and append the event, which is returned."""
    source = entry.state
    moved = (
        type(entry)
        ._base_manager.filter(pk=entry.pk, revision=entry.revision, state=source)
        .update(state=target, revision=F("revision") + 1, updated_at=timezone.now())
    )
    if not moved:
        raise ValidationError(
            _("The entry has changed since you opened it. Look at it again, then decide."), code="stale"
        )
    entry.state = target
    entry.revision += 1
    return ReviewEvent.objects.create(
        entry=entry,
        action=action,
        from_state=source,
        to_state=target,
        by=by,
        comment=comment.strip(),
        revision=entry.revision,
    )
