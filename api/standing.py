"""Where entries stand, for programs: state, what may be done next, what is missing."""

from api.conditions import tag_of
from api.drafts.serialize import to_representation
from api.drafts.shape import shape_of
from api.kinds import REPORT, kind_of
from api.models import Scope
from api.permissions import has_scope
from api.serializers.writing import standing
from desk.kinds import entry_url
from desk.steps import must_say_why
from directory.addresses import absolute
from partnerships.drafting.draft_data import DraftData
from partnerships.drafting.pages import gaps_of
from reviews.states import Actor
from reviews.workflow import steps_open_to

SCOPES = {Actor.AUTHOR: Scope.WRITE, Actor.REVIEWER: Scope.REVIEW}
"""What a token needs to take a step in which part."""


def standing_of(version, request, actors):
    """What ``Standing`` says of a version; ``actors``: who the person is for it."""
    kind = kind_of(version)
    facts = {
        "reference": version.wop().reference,
        "version": version.number,
        "state": _choice(version, "state"),
        "etag": tag_of(version),
        "updated_at": version.updated_at,
        "url": absolute(entry_url(version)),
        "api_url": kind.url("draft", version),
        "next_steps": next_steps(version, request, actors),
    }
    if kind is not REPORT:
        return facts
    report = version.report
    return facts | {"report": report.pk, "kind": _choice(report, "kind"), "period": report.period}


def _choice(thing, name):
    return {"code": str(getattr(thing, name)), "label": str(getattr(thing, f"get_{name}_display")())}


def next_steps(version, request, actors):
    """What the person may do with ``version`` now, as far as the scopes of the token go."""
    allowed = {actor for actor in actors if has_scope(request, SCOPES[actor])}
    return [
        {
            "action": step.action,
            "label": str(step.label),
            "needs_comment": must_say_why(step, allowed),
            "api_url": kind_of(version).url("transition", version, step.action),
        }
        for step in steps_open_to(version, allowed)
    ]


def draft_of(version, request):
    """All of a draft: where it stands, what it says, what it lacks."""
    facts = standing_of(version, request, version.actors(request.user))
    return facts | to_representation(version) | {"missing": missing_in(version)}


def missing_in(version):
    """What submission still needs, in the words and the order of the page on which everything is checked."""
    gaps = gaps_of(shape_of(type(version)).questionnaire, DraftData(version))
    return [{"name": gap.name, "text": gap.text} for gap in gaps]


def only_read(version):
    """The names in a draft that nobody writes."""
    head = standing.ReportStanding if kind_of(version) is REPORT else standing.PartnershipStanding
    return {*head._declared_fields, "missing"}
