"""The draft of a partnership or of a report: read, begun anew from what is public, changed piece by piece."""

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from api.drafts.parse import DraftPayload
from api.entry_types import PARTNERSHIP, REPORT
from api.openapi.operations import IF_MATCH, LOCATION, TAG, told
from api.serializers.writing.drafts import PartnershipChange, PartnershipDraft, ReportChange, ReportDraft
from api.status import only_read
from api.views.base import EntryView
from partnerships.services import save_draft
from partnerships.services import start_new_version as start_partnership_version
from reports.services import start_new_version as start_report_version
from reviews.states import OPEN_STATES


class Draft(EntryView):
    def get(self, request, **place):
        """The version that is being worked on, with what it lacks for submission. 404 when there is none."""
        return self.answer(self.draft())

    def post(self, request, **place):
        """Begins a new version with the words of the public one: 201; 200 with the one that is open already."""
        identity = get_object_or_404(self.kind.identities(request), **{self.identity_lookup: self.place})
        is_open = identity.versions.filter(state__in=OPEN_STATES).exists()
        version = self.start(identity, request.user)
        if is_open:
            return self.answer(version)
        return self.answer(version, 201, Location=self.kind.url("draft", version))

    def patch(self, request, **place):
        """Changes what is named and leaves the rest. Rows are sent as whole lists, found again by their keys."""
        version = self.matched_draft()
        payload = DraftPayload(version, request.data, ignored=only_read(version))
        try:
            saved = save_draft(
                version, by=request.user, revision=version.revision,
                fields=payload.fields, rows=payload.rows, found=payload.errors,
            )  # fmt: skip
        except ValidationError as error:
            raise payload.renamed(error) from error
        return self.answer(saved)


NEW_VERSION = {
    "200": _("Somebody is working on one already: here it is."),
    "201": _("The new draft."),
}


@told(
    get={"name": "partnerships_draft_read", "summary": _("The draft of a partnership"), "answer": PartnershipDraft,
         "headers": [TAG]},
    post={"name": "partnerships_draft_begin", "summary": _("Begin a new version of a partnership"), "request": None,
          "answers": dict.fromkeys(("200", "201"), PartnershipDraft), "words": NEW_VERSION, "headers": [TAG, LOCATION]},
    patch={"name": "partnerships_draft_change", "summary": _("Change the draft of a partnership"),
           "request": PartnershipChange, "answer": PartnershipDraft, "headers": [IF_MATCH, TAG]},
)  # fmt: skip
class PartnershipDrafts(Draft):
    kind = PARTNERSHIP
    identity_lookup = "reference"

    @staticmethod
    def start(partnership, by):
        return start_partnership_version(partnership, by)


@told(
    get={"name": "reports_draft_read", "summary": _("The draft of a report"), "answer": ReportDraft, "headers": [TAG]},
    post={"name": "reports_draft_begin", "summary": _("Begin a new version of a report"), "request": None,
          "answers": dict.fromkeys(("200", "201"), ReportDraft), "words": NEW_VERSION, "headers": [TAG, LOCATION]},
    patch={"name": "reports_draft_change", "summary": _("Change the draft of a report"), "request": ReportChange,
           "answer": ReportDraft, "headers": [IF_MATCH, TAG]},
)  # fmt: skip
class ReportDrafts(Draft):
    kind = REPORT
    identity_lookup = "pk"

    @staticmethod
    def start(report, by):
        return start_report_version(report, by=by)
