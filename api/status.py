"""Where entries stand, for programs: state, what may be done next, what is missing."""

from api.conditional_requests import tag_of
from api.drafts.serialize import to_representation
from api.drafts.shape import shape_of
from api.entry_types import REPORT, entry_type_of
from api.models import Scope
from api.permissions import has_scope
from api.serializers.writing import status
from desk.entry_types import entry_url
from desk.steps import must_say_why
from directory.absolute_urls import absolute
from partnerships.drafting.draft_data import DraftData
from partnerships.drafting.pages import gaps_of
from reviews.states import Actor
from reviews.workflow import steps_open_to

SCOPES = {Actor.AUTHOR: Scope.WRITE, Actor.REVIEWER: Scope.REVIEW}
"""What a token needs to take a step in which part."""


def status_of(version, request, actors):
    """What ``DraftStatus`` says of a version; ``actors``: who the person is for it."""
    kind = entry_type_of(version)
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
            "api_url": entry_type_of(version).url("transition", version, step.action),
        }
        for step in steps_open_to(version, allowed)
    ]


def draft_of(version, request):
    """All of a draft: where it stands, what it says, what it lacks."""
    facts = status_of(version, request, version.roles_of(request.user))
    return facts | to_representation(version) | {"missing": missing_in(version)}


def missing_in(version):
    """What submission still needs, in the words and the order of the page on which everything is checked."""
    gaps = gaps_of(shape_of(type(version)).questionnaire, DraftData(version))
    return [{"name": gap.name, "text": gap.text} for gap in gaps]


def only_read(version):
    """The names in a draft that nobody writes."""
    head = status.ReportStanding if entry_type_of(version) is REPORT else status.PartnershipStanding
    return {*head._declared_fields, "missing"}
