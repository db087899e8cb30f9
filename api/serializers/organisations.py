"""Organisations of every kind."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from api.serializers.fields import Address, Choice, CodeAndLabel, CountryLabel, Language, PartialDate
from api.serializers.named import Figure, PlatformLink, ProgrammeLink, ServiceLabel
from api.serializers.resources import Resource
from operators.models import OrganisationKind


class Location(serializers.Serializer):
    """Degrees."""

    latitude = serializers.FloatField()
    longitude = serializers.FloatField()

    def __init__(self, *args, **options):
        super().__init__(*args, source="*", allow_null=True, **options)

    def to_representation(self, thing):
        return None if thing.latitude is None else super().to_representation(thing)


class WorkingLanguage(serializers.Serializer):
    """A language in which people of an organisation work with others."""

    code = serializers.CharField(source="language", help_text=_("ISO 639: two letters, else three."))
    label = serializers.CharField(source="*", help_text=_("In the language of the answer."))


class FormerName(serializers.Serializer):
    name = serializers.CharField()
    acronym = serializers.CharField()
    used_from = PartialDate(allow_null=True)
    used_until = PartialDate(allow_null=True)
    source = serializers.CharField()


class AreaOfWork(serializers.Serializer):
    """An improvement area in which the organisation needs help or can give it."""

    area = CodeAndLabel()
    description = serializers.CharField()


class StrongArea(CodeAndLabel):
    """An improvement area of the published partnerships that it mentors."""

    partnerships = serializers.IntegerField(source="count", help_text=_("How many of them are on it."))


class HostedPlatform(serializers.Serializer):
    platform = PlatformLink()
    starts_on = PartialDate(allow_null=True)
    ends_on = PartialDate(allow_null=True, help_text=_("Null: it goes on, as far as is known."))
    note = serializers.CharField()
    source = serializers.CharField()


class RoleCounts(serializers.Serializer):
    """In how many published partnerships it has which role."""

    mentor = serializers.IntegerField(help_text=_("Lead mentors too."))
    mentee = serializers.IntegerField(help_text=_("Lead mentees too."))
    peer = serializers.IntegerField()
    partner = serializers.IntegerField(help_text=_("Where nobody says who mentors whom."))
    other = serializers.IntegerField()


class Organisation(Resource):
    """A body that takes part in WOPs. The acronym is no key: several may share one."""

    identity = "key"
    brief = (
        "key", "slug", "name", "acronym", "kind", "is_operator", "country", "city", "roles", "url", "api_url",
    )  # fmt: skip
    detail_only = ("strong_areas",)

    key = serializers.CharField(help_text=_("Never changes."))
    slug = serializers.CharField(required=False)
    name = serializers.CharField(required=False)
    acronym = serializers.CharField(required=False)
    kind = Choice(OrganisationKind, "OrganisationKind", required=False)
    is_operator = serializers.BooleanField(required=False, help_text=_("Whether it runs or owns water services."))
    country = CountryLabel(required=False, allow_null=True)
    city = serializers.CharField(required=False)
    location = Location(required=False)
    services = ServiceLabel(many=True, required=False, help_text=_("Empty: the source does not say."))
    languages = WorkingLanguage(many=True, required=False, help_text=_("The one it uses most first. Empty: not said."))
    website = serializers.CharField(required=False)
    logo = Address("operators:logo", "slug", only_if="logo", required=False, help_text=_("A PNG; null without one."))
    about = serializers.CharField(required=False)
    about_language = Language(required=False)
    source = serializers.CharField(required=False)
    former_names = FormerName(many=True, required=False)
    figures = Figure(many=True, required=False)
    needs = AreaOfWork(many=True, required=False)
    strengths = AreaOfWork(many=True, required=False)
    roles = RoleCounts(required=False)
    strong_areas = StrongArea(many=True, required=False)
    hosted_platforms = HostedPlatform(many=True, required=False)
    funded_programmes = ProgrammeLink(many=True, required=False)
    url = Address("directory:operator", "slug", required=False)
    api_url = Address("api:organisation", "key", required=False)
    partnerships_api_url = Address("api:partnerships", "key", query="organisation", required=False)
