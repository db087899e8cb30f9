"""A partnership: the same shape in lists, on its own address and for earlier versions."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from api.serializers import rows
from api.serializers.fields import Address, Choice, CodeAndLabel, Language, PartialDate
from api.serializers.following import follows
from api.serializers.named import Cost, OrganisationLink
from api.serializers.reports import Report
from api.serializers.resources import Resource
from directory.provenance import PROVENANCES
from partnerships.models import PartnershipVersion, Status, Step
from partnerships.models.base import COST


class ReportedDifference(serializers.Serializer):
    """What an organisation says should read differently, as far as it lets it be shown."""

    organisation = OrganisationLink()
    text = serializers.CharField()


class Confirmation(serializers.Serializer):
    """Who stands behind the words of the entry."""

    code = serializers.ChoiceField(choices=[(code, code) for code in PROVENANCES])
    text = serializers.CharField(source="words", help_text=_("As the pages say it."))
    differences = ReportedDifference(many=True)


@follows(PartnershipVersion, told=COST)
class Partnership(Resource):
    """A Water Operators' Partnership as it was published. What is not known is null, empty or missing, never 0."""

    identity = "reference"
    brief = (
        "reference", "version", "title", "language", "summary", "status", "starts_on", "ends_on", "signed_on",
        "published_at", "involvements", "areas", "named_platforms", "named_programmes", "cost", "report_count",
        "url", "api_url", "version_url", "version_api_url",
    )  # fmt: skip
    expandable = ("organisations", "reports")

    reference = serializers.CharField(source="partnership.reference", help_text=_("Never changes."))
    version = serializers.IntegerField(source="number", required=False)
    is_present = serializers.BooleanField(
        source="is_published", required=False, help_text=_("False: an earlier version, replaced since.")
    )
    title = serializers.CharField(required=False)
    language = Language(required=False, help_text=_("In which it is written."))
    summary = serializers.CharField(required=False)
    approach = serializers.CharField(required=False)
    note = serializers.CharField(required=False, help_text=_("How sources were read, what in them disagrees."))
    status = Choice(Status, "PartnershipStatus", required=False)
    lifecycle_step = Choice(Step, "LifecycleStep", required=False, allow_null=True)
    lifecycle_evidence = serializers.CharField(required=False)
    starts_on = PartialDate(required=False, allow_null=True)
    ends_on = PartialDate(required=False, allow_null=True)
    signed_on = PartialDate(required=False, allow_null=True, help_text=_("The first dated agreement."))
    published_at = serializers.DateTimeField(
        required=False, allow_null=True, help_text=_("When this version became public.")
    )
    confirmation = Confirmation(source="provenance", required=False)
    cost = Cost(source="*", required=False, allow_null=True)
    areas = CodeAndLabel(
        source="named.areas", many=True, required=False, help_text=_("The improvement areas of its tracks, each once.")
    )
    involvements = rows.Involvement(many=True, required=False)
    payments = rows.Payment(many=True, required=False)
    named_platforms = rows.NamedPlatform(source="named.platforms", many=True, required=False)
    named_programmes = rows.NamedProgramme(source="named.programmes", many=True, required=False)
    agreements = rows.Agreement(many=True, required=False)
    phases = rows.Phase(many=True, required=False)
    milestones = rows.Milestone(many=True, required=False)
    objectives = rows.Objective(many=True, required=False)
    tracks = rows.Track(many=True, required=False)
    results = rows.Result(many=True, required=False)
    sdg_targets = rows.NamedTarget(many=True, required=False)
    links = rows.Link(many=True, required=False)
    sources = rows.Source(many=True, required=False)
    quotations = rows.Quotation(many=True, required=False)
    attachments = rows.Attachment(many=True, required=False)
    related = rows.RelatedPartnership(many=True, required=False)
    unanswered = rows.OpenQuestion(many=True, required=False)
    report_count = serializers.IntegerField(required=False, help_text=_("Published reports."))
    reports = Report(many=True, required=False, help_text=_("All of each with expand=reports."))
    url = Address("directory:partnership", "partnership.reference", required=False)
    api_url = Address("api:partnership", "partnership.reference", required=False)
    fact_sheet = Address("directory:fact-sheet-pdf", "partnership.reference", required=False)
    version_url = Address("directory:version", "partnership.reference", "number", required=False)
    version_api_url = Address("api:partnership-version", "partnership.reference", "number", required=False)
