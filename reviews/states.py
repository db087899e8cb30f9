"""The workflow as a table: which action moves an entry from where to where, and who may do it.

``reviews.workflow.perform`` is the only writer of ``state``; pages, API, documentation and the
test matrix read this table.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ABANDONED_AFTER = timedelta(days=180)


class State(TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    CHANGES_REQUESTED = "changes-requested", _("Changes requested")
    PUBLISHED = "published", _("Published")
    SUPERSEDED = "superseded", _("Superseded")
    REJECTED = "rejected", _("Rejected")
    ARCHIVED = "archived", _("Archived")
    DISCARDED = "discarded", _("Discarded")


OPEN_STATES = (State.DRAFT, State.SUBMITTED, State.CHANGES_REQUESTED)
"""At most one row of an identity is in one of them: the version being worked on."""
EDITABLE_STATES = (State.DRAFT, State.CHANGES_REQUESTED)
"""Submitted content is frozen for everybody."""


class Actor(TextChoices):
    AUTHOR = "author", _("Author")
    REVIEWER = "reviewer", _("Reviewer")
    SYSTEM = "system", _("System")


def is_abandoned(entry):
    """True for an entry that nobody has touched for 180 days."""
    return entry.updated_at < timezone.now() - ABANDONED_AFTER


@dataclass(frozen=True)
class Step:
    """One row of the table.

    ``comment_from`` names the actors who must say why. ``only_when`` limits an actor to the
    entries for which the predicate holds. ``must_be_complete`` asks for everything that
    submission needs, ``must_be_seen`` for the revision that the actor looked at.
    """

    action: str
    label: str
    sources: tuple
    target: str
    actors: tuple
    comment_from: tuple = ()
    only_when: dict = field(default_factory=dict)
    must_be_complete: bool = False
    must_be_seen: bool = False


STEPS = (
    Step("submit", _("Submit for review"), EDITABLE_STATES, State.SUBMITTED, (Actor.AUTHOR,), must_be_complete=True),
    Step("withdraw", _("Withdraw"), (State.SUBMITTED,), State.DRAFT, (Actor.AUTHOR,)),
    Step(
        "request_changes",
        _("Request changes"),
        (State.SUBMITTED,),
        State.CHANGES_REQUESTED,
        (Actor.REVIEWER,),
        comment_from=(Actor.REVIEWER,),
    ),
    Step(
        "publish",
        pgettext_lazy("action", "Publish"),
        (State.SUBMITTED,),
        State.PUBLISHED,
        (Actor.REVIEWER,),
        must_be_complete=True,
        must_be_seen=True,
    ),
    Step("reject", _("Reject"), (State.SUBMITTED,), State.REJECTED, (Actor.REVIEWER,), comment_from=(Actor.REVIEWER,)),
    Step(
        "archive", _("Archive"), (State.PUBLISHED,), State.ARCHIVED, (Actor.REVIEWER,), comment_from=(Actor.REVIEWER,)
    ),
    Step(
        "restore", _("Restore"), (State.ARCHIVED,), State.PUBLISHED, (Actor.REVIEWER,), comment_from=(Actor.REVIEWER,)
    ),
    Step(
        "discard",
        _("Discard"),
        EDITABLE_STATES,
        State.DISCARDED,
        (Actor.AUTHOR, Actor.REVIEWER),
        comment_from=(Actor.REVIEWER,),
        only_when={Actor.REVIEWER: is_abandoned},
    ),
    Step(
        "admit",
        _("Publish with the entry that names it"),
        (State.DRAFT,),
        State.PUBLISHED,
        (Actor.SYSTEM,),
        must_be_complete=True,
    ),
    Step("load", _("Load from public sources"), (State.DRAFT,), State.PUBLISHED, (Actor.SYSTEM,)),
)

TRANSITIONS = {step.action: step for step in STEPS}
