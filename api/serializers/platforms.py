"""WOP platforms and programmes."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from api.serializers.fields import Address, AreaLabel, Choice, CountryLabel, Language, PartialDate
from api.serializers.named import OrganisationLink, PlatformLink
from api.serializers.resources import Resource
from platforms.models import Level
from platforms.models import Platform as PlatformModel


class Counted(serializers.Serializer):
    """Published partnerships that name the platform or one below it, and who takes part in them."""

    partnerships = serializers.IntegerField()
    operators = serializers.IntegerField()
    countries = serializers.IntegerField()
    in_its_countries = serializers.IntegerField(
        help_text=_("Beside them: partnerships that help somebody in a country that it covers, whatever they name.")
    )


class Host(serializers.Serializer):
    """Who ran the secretariat, and when; several at once are normal."""

    organisation = OrganisationLink()
    starts_on = PartialDate(allow_null=True)
    ends_on = PartialDate(allow_null=True, help_text=_("Null: it goes on, as far as is known."))
    note = serializers.CharField()
    source = serializers.CharField()


class PlatformMilestone(serializers.Serializer):
    happened_on = PartialDate(allow_null=True)
    text = serializers.CharField()
    source = serializers.CharField()


class Platform(Resource):
    """A body that brings operators together, reviews their entries and publishes them."""

    identity = "key"
    brief = ("key", "slug", "name", "acronym", "level", "status", "parent", "counted", "url", "api_url")

    key = serializers.CharField(help_text=_("Never changes."))
    slug = serializers.CharField(required=False)
    name = serializers.CharField(required=False)
    acronym = serializers.CharField(required=False)
    level = Choice(Level, "PlatformLevel", required=False)
    status = Choice(PlatformModel.Status, "PlatformStatus", required=False)
    parent = PlatformLink(required=False, allow_null=True, help_text=_("Null: not stated."))
    children = PlatformLink(many=True, required=False)
    areas = AreaLabel(many=True, required=False, help_text=_("UN M49 areas that it covers."))
    countries = CountryLabel(many=True, required=False, help_text=_("Countries that it covers besides."))
    established_on = PartialDate(required=False, allow_null=True)
    hosts = Host(source="public_hosts", many=True, required=False)
    milestones = PlatformMilestone(many=True, required=False)
    website = serializers.CharField(required=False)
    about = serializers.CharField(required=False)
    about_language = Language(required=False)
    source = serializers.CharField(required=False)
    counted = Counted(required=False)
    url = Address("directory:platform", "slug", required=False)
    api_url = Address("api:platform", "key", required=False)
    partnerships_api_url = Address("api:partnerships", "key", query="platform", required=False)


class Programme(Resource):
    """A funded set of WOPs with a donor and an end."""

    identity = "key"
    brief = ("key", "slug", "name", "donor", "starts_on", "ends_on", "partnership_count", "api_url")

    key = serializers.CharField(help_text=_("Never changes."))
    slug = serializers.CharField(required=False)
    name = serializers.CharField(required=False)
    donor = OrganisationLink(source="public_donor", required=False, allow_null=True, help_text=_("Null: not stated."))
    starts_on = PartialDate(required=False, allow_null=True)
    ends_on = PartialDate(required=False, allow_null=True)
    website = serializers.CharField(required=False)
    about = serializers.CharField(required=False)
    about_language = Language(required=False)
    source = serializers.CharField(required=False)
    partnership_count = serializers.IntegerField(required=False, help_text=_("Published partnerships under it."))
    api_url = Address("api:programme", "key", required=False)
    partnerships_api_url = Address("api:partnerships", "key", query="programme", required=False)
