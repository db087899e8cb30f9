"""What the organisations that an entry names say about it: they confirm the words, or say where they differ."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from rest_framework.response import Response

from api.conditional_requests import check_match, tag_of
from api.entry_types import PARTNERSHIP, REPORT
from api.openapi.operations import IF_MATCH, TAG, told
from api.serializers.writing.collaboration import Answers, NewAnswer
from api.views.base import EntryView
from desk.permissions import is_insider
from partnerships.models import Confirmation
from partnerships.services.confirmations import FROZEN, answers_about, confirm, organisations_to_answer
from vocabularies.choice_messages import choose_from, list_of


class Confirmations(EntryView):
    """About the open version; ``is_public``: about the public one."""

    is_public = False

    def version(self):
        return get_object_or_404(self.versions().published()) if self.is_public else self.draft()

    def get(self, request, **place):
        """Whose word counts, for whom you may answer, and what was said about the words as they are now."""
        return self.answer_with(self.version())

    def post(self, request, **place):
        """The word of one organisation of yours; another answer about the same words takes its place."""
        version = self.version()
        mine = organisations_to_answer(version, request.user)
        if not mine:
            raise PermissionDenied
        check_match(request, version)
        given = self.given(NewAnswer)
        confirm(version, _meant(mine, given.pop("organisation", "")), by=request.user, **given)
        return self.answer_with(version)

    def answer_with(self, version):
        user = self.request.user
        mine = {organisation.key for organisation in organisations_to_answer(version, user)}
        is_told_all = is_insider(user, version, version.roles_of(user))
        shown = {
            "is_open": version.state in FROZEN,
            "asked": [organisation.key for organisation in version.parties().order_by("name", "pk")],
            "mine": sorted(mine),
            "answers": [_shown(one, is_told_all or one.organisation.key in mine) for one in answers_about(version)],
        }
        return Response(shown, headers={"ETag": tag_of(version)})


def _meant(mine, key):
    """The organisation with this key; without one the only one."""
    found = [organisation for organisation in mine if organisation.key == key] if key else list(mine)
    if len(found) != 1:
        raise ValidationError({"organisation": choose_from(list_of(Confirmation._meta.get_field("organisation")))})
    return found[0]


def _shown(answer, with_words):
    words = answer.text if with_words or answer.may_be_shown else ""
    facts = {"organisation": answer.organisation.key, "answer": answer.answer, "text": words}
    return facts | {"may_be_shown": answer.may_be_shown, "created_at": answer.created_at}


def _told(name, of_what):
    return told(
        get={"name": f"{name}_read", "summary": of_what, "answer": Answers, "headers": [TAG]},
        post={"name": f"{name}_answer", "summary": _("Confirm, or say what differs"), "request": NewAnswer,
              "answer": Answers, "headers": [IF_MATCH, TAG]},
    )  # fmt: skip


@_told("partnerships_draft_confirmation", _("What organisations say about a draft"))
class PartnershipDraftConfirmations(Confirmations):
    kind = PARTNERSHIP


@_told("reports_draft_confirmation", _("What organisations say about a draft"))
class ReportDraftConfirmations(Confirmations):
    kind = REPORT


@_told("partnerships_confirmation", _("What organisations say about the public words"))
class PartnershipConfirmations(Confirmations):
    kind = PARTNERSHIP
    is_public = True


@_told("reports_confirmation", _("What organisations say about the public words"))
class ReportConfirmations(Confirmations):
    kind = REPORT
    is_public = True
