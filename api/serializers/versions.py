"""The versions of an entry that are or were public."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from api.serializers.fields import Address, Language
from api.serializers.resources import Resource


class PublicVersion(Resource):
    """One version; its words stand at ``api_url``."""

    identity = "version"
    brief = ("version", "is_present", "title", "language", "published_at", "url", "api_url")

    version = serializers.IntegerField(source="number")
    is_present = serializers.BooleanField(
        source="is_published", required=False, help_text=_("False: an earlier version, replaced since.")
    )
    title = serializers.CharField(required=False)
    language = Language(required=False)
    published_at = serializers.DateTimeField(required=False, allow_null=True)


class PartnershipVersion(PublicVersion):
    """A public version of a partnership; its words stand at ``api_url``."""

    url = Address("directory:version", "partnership.reference", "number", required=False)
    api_url = Address("api:partnership-version", "partnership.reference", "number", required=False)


class ReportVersion(PublicVersion):
    """A public version of a report; its words stand at ``api_url``."""

    url = Address("directory:report-version", "report_id", "number", required=False)
    api_url = Address("api:report-version", "report_id", "number", required=False)
