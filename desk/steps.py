"""How the steps of the workflow read to the person who takes them: buttons, questions, answers."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk.entry_types import entry_url, review_url, step_url
from reviews.comments import unsettled
from reviews.states import Actor
from reviews.workflow import available

QUIET = {"withdraw", "discard", "archive", "reject"}
ASKED_FIRST = {"withdraw", "discard", "archive", "restore", "reject", "request_changes"}
"""Steps that nobody takes by one click: their button leads to a page that asks."""

QUESTIONS = {
    "submit": gettext_lazy("Submit “%(entry)s” for review?"),
    "withdraw": gettext_lazy("Take “%(entry)s” back from the review?"),
    "request_changes": gettext_lazy("Ask the authors of “%(entry)s” for changes?"),
    "publish": gettext_lazy("Publish “%(entry)s”?"),
    "reject": gettext_lazy("Reject “%(entry)s”?"),
    "archive": gettext_lazy("Take “%(entry)s” out of the public register?"),
    "restore": gettext_lazy("Make “%(entry)s” public again?"),
    "discard": gettext_lazy("Discard “%(entry)s”?"),
}
CONSEQUENCES = {
    "submit": gettext_lazy("It cannot be edited while the secretariat reviews it. You can take it back at any time."),
    "withdraw": gettext_lazy("It becomes a draft again, and you can go on editing it."),
    "request_changes": gettext_lazy("It goes back to its authors, who see your words and can edit it again."),
    "publish": gettext_lazy("Everybody can read it from the next moment on."),
    "reject": gettext_lazy("It does not become public, and its authors cannot submit it again."),
    "archive": gettext_lazy("Its address then says that it is gone, when and why. Nothing of it stays readable."),
    "restore": gettext_lazy("Everybody can read it again as it was."),
    "discard": gettext_lazy("The draft is closed for good. What is public stays as it is."),
}
DONE = {
    "submit": gettext_lazy("“%(entry)s” is submitted. Now it waits for %(platform)s."),
    "withdraw": gettext_lazy("“%(entry)s” is taken back: it is a draft again, and you can edit it."),
    "request_changes": gettext_lazy("“%(entry)s” is back with its authors. They have been told what to change."),
    "publish": gettext_lazy("“%(entry)s” is public."),
    "reject": gettext_lazy("“%(entry)s” is rejected. Its authors have been told why."),
    "archive": gettext_lazy("“%(entry)s” is archived and gone from every public page."),
    "restore": gettext_lazy("“%(entry)s” is public again."),
    "discard": gettext_lazy("“%(entry)s” is discarded."),
}


@dataclass(frozen=True)
class Button:
    """One step that a person may take now; ``asks`` when the button leads to a page that asks first."""

    action: str
    label: str
    url: str
    asks: bool
    is_quiet: bool


def buttons_for(entry, user, actor=None):
    """The Buttons of ``user`` on ``entry``, of what they may do with it now; with ``actor`` only its steps."""
    steps = available(entry, user)
    return [button_of(entry, step) for step in steps if actor is None or actor in step.actors]


def button_of(entry, step):
    url = step_url(entry, step.action)
    return Button(step.action, step.label, url, step.action in ASKED_FIRST, step.action in QUIET)


def question(entry, action):
    return QUESTIONS[action] % {"entry": entry}


def comments_asked_about(entry, action):
    """The remarks that nobody has settled, where a step asks once whether they are to stay so."""
    return unsettled(entry) if action == "submit" else []


def said_after(entry, action):
    """What just happened, in one sentence."""
    return DONE[action] % {"entry": entry, "platform": entry.reviewing_platform or _("the secretariat")}


def must_say_why(step, actors):
    """True when the first of ``actors`` to whom the step is open has to give a reason."""
    acting = next((actor for actor in step.actors if actor in actors), None)
    return acting in step.comment_from


def next_page(entry, step, actors):
    """Where the person goes on: authors to their entry, reviewers to the queue, or to the entry on the desk."""
    if Actor.AUTHOR in step.actors and Actor.AUTHOR in actors:
        return entry_url(entry)
    return review_url(entry) if step.action in {"archive", "restore"} else reverse("desk:queue")
