"""Steps of the workflow: the same table and the same function as behind the buttons of the pages."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import NotFound
from rest_framework.permissions import SAFE_METHODS
from rest_framework.response import Response

from api.conditional_requests import check_match, tag_of
from api.entry_types import PARTNERSHIP, REPORT
from api.models import Scope
from api.openapi.operations import IF_MATCH, TAG, told
from api.permissions import has_scope
from api.serializers.writing.collaboration import NewStep
from api.serializers.writing.status import ACTIONS, PartnershipStanding, ReportStanding
from api.status import SCOPES, status_of
from api.views.base import EntryView
from desk.steps import comments_asked_about
from directory.filters.base import NOT_A_CHOICE
from reviews.states import OPEN_STATES, TRANSITIONS, State
from reviews.workflow import acting_as, perform

ACTION = OpenApiParameter("action", {"type": "string", "enum": ACTIONS}, OpenApiParameter.PATH)
LIVE = (*OPEN_STATES, State.PUBLISHED, State.ARCHIVED)
"""The states of versions with which something may still be done."""


class TransitionsView(EntryView):
    def live(self):
        """The versions with which something may be done, the newest first; 404 without one."""
        found = list(self.versions().filter(state__in=LIVE).order_by("-number"))
        if not found:
            raise Http404
        return found


class Transitions(TransitionsView):
    def get(self, request, **place):
        """The versions with which something may be done: the open one, the public one, the archived one."""
        return Response([status_of(version, request, version.roles_of(request.user)) for version in self.live()])


class Transition(TransitionsView):
    def scope_for(self, request):
        """That of the part in which the step is taken; where it may be taken in two, one of theirs."""
        step = _step(self.kwargs.get("action"))
        if step is None or request.method in SAFE_METHODS:
            return Scope.READ
        scopes = [SCOPES[actor] for actor in step.actors]
        return next((scope for scope in scopes if has_scope(request, scope)), scopes[0])

    def post(self, request, action, **place):
        """Takes one step with the version that ``If-Match`` names; ``next_steps`` of an entry says which are open."""
        step = _step(action)
        if step is None:
            raise self.no_step(action)
        version = self.version_for(step)
        _check_scope(request, acting_as(version, step, request.user))
        revision = check_match(request, version)
        given = self.given(NewStep)
        _check_comments(version, action, is_known=given.pop("leave_remarks"))
        moved = perform(version, action, by=request.user, revision=revision, **given)
        found = self.versions().filter(pk=moved.pk).first() or moved
        facts = status_of(found, request, found.roles_of(request.user))
        return Response(facts, headers={"ETag": tag_of(found)})

    def no_step(self, action):
        """The refusal that tells which actions there are; who may not see the entry does not come to it."""
        self.live()
        return NotFound(NOT_A_CHOICE % {"value": action, "possible": ", ".join(ACTIONS)})

    def version_for(self, step):
        """The version that ``step`` is about: the one from which it leads away, else the newest."""
        found = self.live()
        return next((version for version in found if version.state in step.sources), found[0])


def _step(action):
    """The step that people take under this name; None when there is none."""
    return TRANSITIONS[action] if action in ACTIONS else None


def _check_scope(request, actor):
    if not has_scope(request, SCOPES[actor]):
        words = _("This token may not do that: it lacks the scope “%(scope)s”.")
        raise PermissionDenied(words % {"scope": SCOPES[actor].value})


def _check_comments(version, action, *, is_known):
    """Asked once, as on the page."""
    if not is_known and (remarks := comments_asked_about(version, action)):
        words = ngettext(
            "%(count)s remark is not settled. Answer or settle it, or say that you leave it open.",
            "%(count)s remarks are not settled. Answer or settle them, or say that you leave them open.",
            len(remarks),
        )
        raise ValidationError({"leave_remarks": words % {"count": len(remarks)}})


def _steps(name, summary, answer):
    return told(get={"name": name, "summary": summary, "answer": answer(many=True)})


def _step_taken(name, summary, answer):
    return told(
        post={"name": name, "summary": summary, "request": NewStep, "answer": answer, "headers": [IF_MATCH, TAG],
              "parameters": [ACTION]}
    )  # fmt: skip


@_steps("partnerships_transitions_list", gettext_lazy("What may be done with a partnership"), PartnershipStanding)
class PartnershipTransitions(Transitions):
    kind = PARTNERSHIP


@_steps("reports_transitions_list", gettext_lazy("What may be done with a report"), ReportStanding)
class ReportTransitions(Transitions):
    kind = REPORT


@_step_taken("partnerships_transition", gettext_lazy("Take a step with a partnership"), PartnershipStanding)
class PartnershipTransition(Transition):
    kind = PARTNERSHIP


@_step_taken("reports_transition", gettext_lazy("Take a step with a report"), ReportStanding)
class ReportTransition(Transition):
    kind = REPORT
