"""A report: the answers of the standard reporting form for one period."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from api.serializers import rows
from api.serializers.fields import Address, Choice, Language
from api.serializers.following import follows
from api.serializers.named import Cost, PartnershipLink
from api.serializers.resources import Resource
from partnerships.models.base import COST
from reports.models import Kind, ReportVersion
from reviews.models import YesNo


class Period(serializers.Serializer):
    """The time that a report is about."""

    code = serializers.CharField(source="period", help_text=_("2015, 2015-H1, 2015-Q3, 2015-07, final, unknown."))
    label = serializers.CharField(source="period_label")


@follows(ReportVersion, told=COST)
class Report(Resource):
    """What was answered for one period. It never overwrites what the partnership says."""

    identity = "id"
    brief = (
        "id", "version", "partnership", "kind", "period", "title", "language", "published_at", "url", "api_url",
        "version_url", "version_api_url",
    )  # fmt: skip
    expandable = ("organisations",)
    nested_as = "reports"

    id = serializers.IntegerField(source="report_id", help_text=_("Never changes."))
    version = serializers.IntegerField(source="number", required=False)
    is_present = serializers.BooleanField(
        source="is_published", required=False, help_text=_("False: an earlier version, replaced since.")
    )
    partnership = PartnershipLink(source="report.partnership", required=False)
    kind = Choice(Kind, "ReportKind", source="report.kind", required=False)
    period = Period(source="report", required=False)
    title = serializers.CharField(required=False)
    language = Language(required=False, help_text=_("In which it is written."))
    note = serializers.CharField(required=False, help_text=_("How sources were read, what in them disagrees."))
    published_at = serializers.DateTimeField(
        required=False, allow_null=True, help_text=_("When this version became public.")
    )
    code_of_conduct = Choice(YesNo, "YesNo", required=False, allow_null=True)
    code_of_conduct_url = serializers.CharField(required=False)
    formal_agreement = Choice(YesNo, "YesNo", required=False, allow_null=True)
    choices = rows.ChosenAnswer(many=True, required=False)
    supporters = rows.Supporter(many=True, required=False)
    cost = Cost(source="*", required=False, allow_null=True)
    other_themes = serializers.CharField(required=False)
    objectives = rows.Objective(many=True, required=False)
    activities_description = serializers.CharField(required=False)
    results = rows.ReportedResult(many=True, required=False)
    overall_results = serializers.CharField(required=False)
    attachments = rows.Attachment(many=True, required=False)
    sources = rows.Source(many=True, required=False)
    unanswered = rows.OpenQuestion(many=True, required=False)
    url = Address("directory:report", "report_id", required=False)
    api_url = Address("api:report", "report_id", required=False)
    version_url = Address("directory:report-version", "report_id", "number", required=False)
    version_api_url = Address("api:report-version", "report_id", "number", required=False)
