"""Links under which somebody outside may read a draft, made by its authors and reviewers."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from rest_framework.response import Response

from api.entry_types import PARTNERSHIP, REPORT
from api.openapi.operations import told
from api.serializers.writing.collaboration import MadePreview, NewPreview, PreviewList
from api.views.base import EntryView
from directory.absolute_urls import absolute
from reviews.services import can_share, make_preview, revoke_preview


class SharedView(EntryView):
    def shared_draft(self):
        version = self.draft()
        if not can_share(self.request.user, version):
            raise PermissionDenied
        return version


class Previews(SharedView):
    def get(self, request, **place):
        """All that were made; the addresses themselves are kept nowhere."""
        return Response({"results": [_shown(link) for link in self.shared_draft().preview_links.select_related("by")]})

    def post(self, request, **place):
        """A link that is valid for 14 days. Its address is told only now."""
        link, token = make_preview(self.draft(), by=request.user, **self.given(NewPreview))
        address = absolute(reverse("directory:preview", args=[token]))
        return Response(_shown(link) | {"address": address}, status=201)


class Preview(SharedView):
    def delete(self, request, link, **place):
        """It opens nothing any more."""
        revoke_preview(get_object_or_404(self.shared_draft().preview_links, pk=link), by=request.user)
        return Response(status=204)


def _shown(link):
    return {
        "id": link.pk,
        "note": link.note,
        "by": str(link.by) if link.by_id else None,
        "created_at": link.created_at,
        "expires_at": link.expires_at,
        "revoked_at": link.revoked_at,
    }


def _list_told(prefix):
    return told(
        get={"name": f"{prefix}_previews_list", "summary": _("Links for people outside"), "answer": PreviewList},
        post={"name": f"{prefix}_previews_make", "summary": _("Make a link for somebody outside"),
              "request": NewPreview, "answers": {"201": MadePreview}},
    )  # fmt: skip


def _one_told(prefix):
    return told(
        delete={"name": f"{prefix}_previews_revoke", "summary": _("Take a link back"), "answers": {"204": None}}
    )


@_list_told("partnerships")
class PartnershipPreviews(Previews):
    kind = PARTNERSHIP


@_list_told("reports")
class ReportPreviews(Previews):
    kind = REPORT


@_one_told("partnerships")
class PartnershipPreview(Preview):
    kind = PARTNERSHIP


@_one_told("reports")
class ReportPreview(Preview):
    kind = REPORT
