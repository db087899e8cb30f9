"""Files of a draft: the same checks and the same store as on the pages."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiTypes
from rest_framework.response import Response

from api.conditional_requests import tag_of
from api.entry_types import PARTNERSHIP, REPORT
from api.openapi.operations import IF_MATCH, LOCATION, TAG, told
from api.parsers import Form, Json
from api.serializers.writing.collaboration import (
    AttachmentForm,
    AttachmentWords,
    DraftAttachment,
    DraftAttachmentList,
    NewAttachmentForm,
    NewAttachmentWords,
)
from api.throttles import Uploads
from api.views.base import EntryView, row_or_404
from partnerships.services.drafting import check_may_write
from partnerships.services.files import attach, change_attachment, remove_attachment, store_file
from reports.views.files import hand_out

ABOUT_FILES = ("url", "stated_type", "stated_size")


class FilesView(EntryView):
    throttle_classes = [Uploads]
    parser_classes = [Form, Json]

    @classmethod
    def may_send_files(cls, user, *, reference=None, pk=None, **more):
        """As ``accounts.decorators.takes_files`` has it, for sessions: with a token nothing is read before the view."""
        written = cls.kind.model.objects.written_by(user)
        return written.filter(**{cls.kind.lookup: reference or pk}).exists()

    def rows(self, version):
        return version.attachments.select_related("stored_file")

    def shown(self, version, row):
        words = {name: getattr(row, name) for name in ("description", "stated_type", "stated_size", "url")}
        address = self.kind.url("attachment", version, row.key)
        shown = {"key": str(row.key), **words, "language": row.language or None, "api_url": address}
        return shown | {"file": self.held(version, row) if row.stored_file else None}

    def held(self, version, row):
        facts = {name: getattr(row.stored_file, name) for name in ("name", "size", "media_type", "sha256")}
        return facts | {"content_url": self.kind.url("attachment-content", version, row.key)}

    def answer_with(self, saved, key, status=200, **headers):
        """One attachment, and the new ETag of the draft."""
        row = row_or_404(self.rows(saved), key)
        return Response(self.shown(saved, row), status=status, headers={"ETag": tag_of(saved)} | headers)

    def stored(self, words):
        """Take the file out of ``words``; returns it as stored, None when none came."""
        upload = words.pop("file", None)
        if upload is None:
            return None
        try:
            return store_file(upload, by=self.request.user)
        except ValidationError as error:
            if error.code in {"too_big", "storage"}:
                raise
            raise ValidationError({"file": error}) from error


class Attachments(FilesView):
    def get(self, request, **place):
        """All of them, with the ETag of the draft."""
        version = self.draft()
        shown = [self.shown(version, row) for row in self.rows(version)]
        return Response({"results": shown}, headers={"ETag": tag_of(version)})

    def post(self, request, **place):
        """A file, or without one what is known of it. Files are judged by their content."""
        version = self.matched_draft()
        check_may_write(version, request.user)
        words = self.given(NewAttachmentForm)
        if "file" not in words and not any(words.get(name) for name in ABOUT_FILES):
            raise ValidationError({"file": _("Send a file, or say of one that is not held here where or what it is.")})
        known = set(version.attachments.values_list("key", flat=True))
        stored = self.stored(words)
        saved = told_by_field(
            lambda: attach(version, by=request.user, revision=version.revision, stored=stored, **words)
        )
        key = saved.attachments.exclude(key__in=known).get().key
        return self.answer_with(saved, key, 201, Location=self.kind.url("attachment", saved, key))


class AttachmentView(FilesView):
    def get(self, request, key, **place):
        return self.answer_with(self.draft(), key)

    def patch(self, request, key, **place):
        """Changes what is named; a file that is sent takes the place of the old one."""
        version = self.matched_draft()
        check_may_write(version, request.user)
        row_or_404(self.rows(version), key)
        words = self.given(AttachmentForm)
        if stored := self.stored(words):
            words["stored_file"] = stored
        saved = told_by_field(
            lambda: change_attachment(version, key, by=request.user, revision=version.revision, **words)
        )
        return self.answer_with(saved, key)

    def delete(self, request, key, **place):
        """Out of the draft; versions that show it keep it."""
        version = self.matched_draft()
        row_or_404(self.rows(version), key)
        saved = remove_attachment(version, key, by=request.user, revision=version.revision)
        return Response(status=204, headers={"ETag": tag_of(saved)})


class AttachmentContent(FilesView):
    def get(self, request, key, **place):
        """The bytes of a file of the draft."""
        row = row_or_404(self.rows(self.draft()), key)
        if row.stored_file is None:
            raise Http404
        return hand_out(row.stored_file.file, row.stored_file.name, row.stored_file.media_type)


def told_by_field(save):
    """The result of ``save``; what it refuses stands under the names that were sent."""
    try:
        return save()
    except ValidationError as error:
        if not hasattr(error, "error_dict"):
            raise
        raise ValidationError({name.rsplit("-", 1)[-1]: words for name, words in error.error_dict.items()}) from error


ATTACHMENTS = {"200": DraftAttachmentList}


def _list_told(prefix):
    return told(
        get={"name": f"{prefix}_attachments_list", "summary": gettext_lazy("The files of a draft"),
             "answers": ATTACHMENTS, "headers": [TAG]},
        post={"name": f"{prefix}_attachments_add", "summary": gettext_lazy("Add a file to a draft"),
              "request": {"multipart/form-data": NewAttachmentForm, "application/json": NewAttachmentWords},
              "answers": {"201": DraftAttachment}, "headers": [IF_MATCH, TAG, LOCATION]},
    )  # fmt: skip


def _one_told(prefix):
    return told(
        get={"name": f"{prefix}_attachments_read", "summary": gettext_lazy("One file of a draft"),
             "answer": DraftAttachment, "headers": [TAG]},
        patch={"name": f"{prefix}_attachments_change", "summary": gettext_lazy("Change a file of a draft"),
               "request": {"multipart/form-data": AttachmentForm, "application/json": AttachmentWords},
               "answer": DraftAttachment, "headers": [IF_MATCH, TAG]},
        delete={"name": f"{prefix}_attachments_remove", "summary": gettext_lazy("Take a file out of a draft"),
                "answers": {"204": None}, "headers": [IF_MATCH, TAG]},
    )  # fmt: skip


def _content_told(prefix):
    return told(
        get={"name": f"{prefix}_attachments_content", "summary": gettext_lazy("The bytes of a file of a draft"),
             "answers": {("200", "application/octet-stream"): OpenApiTypes.BINARY}}
    )  # fmt: skip


@_list_told("partnerships")
class PartnershipAttachments(Attachments):
    kind = PARTNERSHIP


@_list_told("reports")
class ReportAttachments(Attachments):
    kind = REPORT


@_one_told("partnerships")
class PartnershipAttachment(AttachmentView):
    kind = PARTNERSHIP


@_one_told("reports")
class ReportAttachment(AttachmentView):
    kind = REPORT


@_content_told("partnerships")
class PartnershipAttachmentContent(AttachmentContent):
    kind = PARTNERSHIP


@_content_told("reports")
class ReportAttachmentContent(AttachmentContent):
    kind = REPORT
