"""Remarks on an entry that is being worked on, and who has it in hand."""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from rest_framework.response import Response

from accounts.models import User
from api.entry_types import PARTNERSHIP, REPORT
from api.idempotency import once
from api.models import Scope
from api.openapi.operations import IDEMPOTENCY_KEY, REPLAYED, told
from api.serializers.writing.collaboration import (
    Assignment,
    NewAssignment,
    NewComment,
    Thread,
    ThreadList,
)
from api.views.base import EntryView
from desk.models import Assignment as InHand
from desk.permissions import can_assign, can_comment, is_insider
from desk.services import add_comment, assign, colleagues, resolve_comment
from reviews.comments import threads_of
from reviews.models import Comment
from vocabularies.choice_messages import choose_from


class InsidersView(EntryView):
    def insiders_draft(self):
        """The open version, for those who may read what is said about it."""
        version = self.draft()
        if not is_insider(self.request.user, version, version.roles_of(self.request.user)):
            raise PermissionDenied
        return version


class Comments(InsidersView):
    def get(self, request, **place):
        """Those of this version, and those of earlier ones that were never settled."""
        version = self.insiders_draft()
        shown = [_thread(thread) for thread in threads_of(version)]
        return Response({"may_comment": can_comment(request.user, version), "results": shown})

    def post(self, request, **place):
        """For authors and reviewers; the others are told."""
        return once(request, self._comment)

    def _comment(self):
        version = self.draft()
        given = self.given(NewComment)
        if given["answers"] is not None:
            given["answers"] = comments_on(version).filter(pk=given["answers"]).first()
            if given["answers"] is None:
                raise ValidationError({"answers": choose_from(Comment._meta.verbose_name_plural)})
        remark = add_comment(version, by=self.request.user, **given)
        return Response(_thread_with(version, remark), status=201)


class Resolution(InsidersView):
    def post(self, request, remark, **place):
        """Settles the thread of a remark; it stays readable."""
        version = self.insiders_draft()
        found = get_object_or_404(comments_on(version), pk=remark)
        resolve_comment(found, by=request.user)
        return Response(_thread_with(version, found))


def comments_on(version):
    """The remarks on this version and on others of the same thing."""
    ids = [version.pk, *version.siblings().values_list("pk", flat=True)]
    kind = ContentType.objects.get_for_model(version)
    return Comment.objects.filter(content_type=kind, object_id__in=ids).select_related("by", "answers")


def _thread_with(version, remark):
    """The thread to which ``remark`` belongs; one that an older version left settled is not shown any more."""
    first = remark.answers_id or remark.pk
    threads = [thread for thread in threads_of(version) if thread.first.pk == first]
    return _thread(threads[0]) if threads else _settled(Comment.objects.select_related("by").get(pk=first))


def _thread(thread):
    replies = [_comment(reply) for reply in thread.replies]
    return _head(thread.first) | {"place": thread.where, "version": thread.version, "replies": replies}


def _settled(first):
    return _head(first) | {"place": "", "version": None, "replies": []}


def _head(first):
    return _comment(first) | {
        "field": first.field,
        "row_key": first.row_key,
        "resolved_at": first.resolved_at,
        "resolved_by": str(first.resolved_by) if first.resolved_by_id else None,
    }


def _comment(remark):
    by = str(remark.by) if remark.by_id else None
    return {"id": remark.pk, "text": remark.text, "by": by, "created_at": remark.created_at}


class InHands(EntryView):
    writes = Scope.REVIEW

    def scope_for(self, request):
        """It is the reviewers' own affair, also to read."""
        return Scope.REVIEW

    def deciders_draft(self):
        version = self.draft()
        if not can_assign(self.request.user, version):
            raise PermissionDenied
        return version

    def get(self, request, **place):
        """Who has the entry in hand, and who could have."""
        return Response(_hands(self.deciders_draft()))

    def put(self, request, **place):
        """Into the hands of a colleague, or into your own."""
        version = self.deciders_draft()
        to = User.objects.filter(pk=self.given(NewAssignment)["to"]).first()
        if to is None or not colleagues(version).filter(pk=to.pk).exists():
            raise ValidationError({"to": choose_from(_("colleagues"))})
        assign(version, to=to, by=request.user)
        return Response(_hands(version))

    def delete(self, request, **place):
        """Nobody has it in hand any more."""
        assign(self.deciders_draft(), to=None, by=request.user)
        return Response(status=204)


def _hands(version):
    kind = ContentType.objects.get_for_model(version)
    held = InHand.objects.filter(content_type=kind, object_id=version.pk).select_related("to").first()
    return {"to": _person(held.to) if held else None, "colleagues": [_person(one) for one in colleagues(version)]}


def _person(user):
    return {"id": user.pk, "name": str(user)}


def _comments_told(prefix):
    return told(
        get={"name": f"{prefix}_comments_list", "summary": _("Remarks on a draft"), "answer": ThreadList},
        post={"name": f"{prefix}_comments_add", "summary": _("Write a remark"), "request": NewComment,
              "answers": {"201": Thread}, "headers": [IDEMPOTENCY_KEY, REPLAYED]},
    )  # fmt: skip


def _resolution_told(prefix):
    return told(post={"name": f"{prefix}_comments_resolve", "summary": _("Settle a remark"), "answer": Thread})


def _hands_told(prefix):
    return told(
        get={"name": f"{prefix}_assignment_read", "summary": _("Who has a draft in hand"), "answer": Assignment},
        put={"name": f"{prefix}_assignment_change", "summary": _("Say who has a draft in hand"),
             "request": NewAssignment, "answer": Assignment},
        delete={"name": f"{prefix}_assignment_remove", "summary": _("Say that nobody has a draft in hand"),
                "answers": {"204": None}},
    )  # fmt: skip


@_comments_told("partnerships")
class PartnershipComments(Comments):
    kind = PARTNERSHIP


@_comments_told("reports")
class ReportComments(Comments):
    kind = REPORT


@_resolution_told("partnerships")
class PartnershipResolution(Resolution):
    kind = PARTNERSHIP


@_resolution_told("reports")
class ReportResolution(Resolution):
    kind = REPORT


@_hands_told("partnerships")
class PartnershipInHands(InHands):
    kind = PARTNERSHIP


@_hands_told("reports")
class ReportInHands(InHands):
    kind = REPORT
