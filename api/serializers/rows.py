"""Rows of a partnership or a report. Each has a ``key`` that stays the same from version to version."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.serializers.fields import Choice, CodeAndLabel, CountryLabel, Language, Money, Number, PartialDate
from api.serializers.following import Row, follows
from api.serializers.named import (
    Measure,
    OrganisationLink,
    PartnershipLink,
    PlatformLink,
    ProgrammeLink,
)
from directory.absolute_urls import absolute
from directory.profile.question_titles import question_label
from partnerships import models as partnership
from partnerships.attachment_cards import type_of
from partnerships.models.base import SourceRow
from partnerships.models.files import AttachmentRow
from reports import models as report
from reviews.models import NonAnswer, UnansweredRow
from vocabularies.models import TermList

AS_THE_ENTRY = _("Null: as the entry.")
MEASURED_ON = ("baseline_on", "latest_on", "target_on")
"""Told within the measures."""


class NarrativeRow(Row):
    language = Language(allow_null=True, help_text=AS_THE_ENTRY)


# --- people ---------------------------------------------------------------------------------------------


@follows(partnership.Involvement)
class Involvement(Row):
    """An organisation, or a partner whom the source does not name, in one role."""

    organisation = OrganisationLink(allow_null=True, help_text=_("Null: not named, or not in the register."))
    description = serializers.CharField(help_text=_("More on the organisation, or who it is when it is not named."))
    country = CountryLabel(
        source="place", allow_null=True, help_text=_("Of the organisation, or of the partner that is not named.")
    )
    role = Choice(partnership.Role, "Role")
    role_other = serializers.CharField(help_text=_("Which other role."))
    name_used = serializers.CharField(help_text=_("What it was called then."))
    contribution = serializers.CharField()


@follows(partnership.Payment)
class Payment(Row):
    """What an involved organisation pays or gives. Shares are shown as stated, whatever their sum."""

    involvement = serializers.UUIDField(source="involvement.key", help_text=_("The key of the involvement."))
    amount = Money(allow_null=True)
    currency = serializers.CharField(help_text=_("ISO 4217; empty without an amount."))
    share = Number(allow_null=True, help_text=_("Per cent of the total cost."))
    in_kind = serializers.CharField()
    note = serializers.CharField()


@follows(report.ReportSupporter)
class Supporter(Row):
    """Who facilitated or supported the WOP in the period of a report."""

    role = Choice(report.ReportSupporter.Role, "SupporterRole")
    organisation = OrganisationLink(allow_null=True)
    description = serializers.CharField()
    support = serializers.CharField(help_text=_("The support given."))


@follows(partnership.Quotation)
class Quotation(Row):
    """Exact words of a person: with their consent, or cited from a published source."""

    text = serializers.CharField()
    language = Language(allow_null=True, help_text=AS_THE_ENTRY)
    speaker = serializers.CharField()
    function = serializers.CharField()
    organisation = OrganisationLink(allow_null=True)
    has_consent = serializers.BooleanField()
    source_title = serializers.CharField()
    source_url = serializers.CharField()


# --- course ---------------------------------------------------------------------------------------------


@follows(partnership.Agreement)
class Agreement(Row):
    """What the partners signed."""

    title = serializers.CharField()
    signed_on = PartialDate(allow_null=True)
    place = serializers.CharField()
    signatories = serializers.CharField()
    url = serializers.CharField()
    phase = serializers.UUIDField(source="phase.key", allow_null=True, help_text=_("The key of the phase."))


@follows(partnership.Phase)
class Phase(NarrativeRow):
    title = serializers.CharField()
    description = serializers.CharField()
    starts_on = PartialDate(allow_null=True)
    ends_on = PartialDate(allow_null=True)


@follows(partnership.Milestone)
class Milestone(NarrativeRow):
    text = serializers.CharField()
    happened_on = PartialDate(allow_null=True)


class Objective(NarrativeRow):
    text = serializers.CharField()


# --- work -----------------------------------------------------------------------------------------------


@follows(partnership.Track)
class Track(NarrativeRow):
    """One line of work. With an area alone, the source names a topic and nothing more."""

    area = CodeAndLabel(allow_null=True)
    title = serializers.CharField()
    description = serializers.CharField()
    state = Choice(partnership.TrackState, "TrackState", allow_null=True)
    phase = serializers.UUIDField(source="phase.key", allow_null=True, help_text=_("The key of the phase."))


class Measured(NarrativeRow):
    """Words, or an indicator with baseline, latest value and target."""

    text = serializers.CharField()
    indicator = CodeAndLabel(allow_null=True)
    unit = serializers.CharField()
    baseline = Measure(of="baseline")
    latest = Measure(of="latest")
    target = Measure(of="target")
    evidence = serializers.CharField()


@follows(partnership.TrackResult, told=MEASURED_ON)
class Result(Measured):
    """What came of one track, or of the WOP as a whole. What is to be reached stands under ``targets``."""

    target = None
    track = serializers.UUIDField(
        source="track.key", allow_null=True, help_text=_("The key of the track; null: of the partnership as a whole.")
    )


@follows(report.ReportResult, told=MEASURED_ON)
class ReportedResult(Measured):
    """What came of one track in the period of a report."""

    track_key = serializers.UUIDField(
        allow_null=True, help_text=_("The key of a track of the partnership; null: of the partnership as a whole.")
    )
    track_title = serializers.CharField(help_text=_("What the track was called then."))


@follows(report.ReportChoice)
class ChosenAnswer(Row):
    """An answer of the reporting form that is chosen from a list."""

    list = Choice(TermList, "TermList", source="term.list", help_text=_("Which question it answers."))
    term = CodeAndLabel()
    explanation = serializers.CharField(help_text=_("In own words."))


@follows(partnership.SdgRow)
class NamedTarget(Row):
    """A Sustainable Development Goal or target that the WOP works towards."""

    target = CodeAndLabel()


class NamedPlatform(Row):
    platform = PlatformLink(source="thing")


class NamedProgramme(Row):
    programme = ProgrammeLink(source="thing")


# --- beside ---------------------------------------------------------------------------------------------


@follows(partnership.Link)
class Link(Row):
    title = serializers.CharField()
    url = serializers.CharField()


@follows(SourceRow)
class Source(Row):
    """Where facts of the entry come from."""

    title = serializers.CharField()
    url = serializers.CharField()
    accessed_on = PartialDate(allow_null=True)


class StoredFile(serializers.Serializer):
    """A file that the register holds."""

    name = serializers.CharField()
    type = serializers.SerializerMethodField(help_text=_("As people call it: PDF."))
    media_type = serializers.CharField()
    size = serializers.IntegerField(help_text=_("Bytes."))
    sha256 = serializers.CharField(help_text=_("Hexadecimal."))
    url = serializers.SerializerMethodField(help_text=_("Its download."))

    def get_type(self, stored) -> str:
        return type_of(stored)

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, stored):
        return absolute(stored.get_absolute_url())


@follows(AttachmentRow)
class Attachment(Row):
    """A file with its description, or the reference to one that the register does not hold."""

    description = serializers.CharField()
    language = Language(allow_null=True)
    file = StoredFile(source="stored_file", allow_null=True, help_text=_("Null: not held here."))
    stated_type = serializers.CharField(help_text=_("Of a file that is not held here."))
    stated_size = serializers.CharField(help_text=_("Of a file that is not held here."))
    url = serializers.CharField(help_text=_("Where it was published."))


@follows(partnership.RelatedPartnership)
class RelatedPartnership(Row):
    """An earlier or later WOP of the same pair."""

    relation = Choice(partnership.RelatedPartnership.Relation, "Relation")
    partnership = PartnershipLink()


@follows(UnansweredRow)
class OpenQuestion(Row):
    """A question that was left open, and why: never to be read as 0 or “no”."""

    question = serializers.SerializerMethodField()
    reason = Choice(NonAnswer, "NonAnswer")

    @extend_schema_field(CodeAndLabel)
    def get_question(self, row):
        return {"code": row.question, "label": question_label(type(row.version), row.question)}
