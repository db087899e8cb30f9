"""Things as an entry names them, with what they cost and measure."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from api.serializers.fields import (
    Address,
    Choice,
    CodeAndLabel,
    CountryLabel,
    Money,
    Number,
    PartialDate,
    TextOrNull,
)
from api.serializers.resources import Expandable
from operators.models import OrganisationKind, Service
from partnerships.models.base import TotalCost


class Figure(serializers.Serializer):
    """A number about an organisation, never without its unit."""

    indicator = CodeAndLabel()
    services = serializers.SerializerMethodField(help_text=_("Which services it counts; empty: not said."))
    value = Number()
    unit = serializers.CharField()
    year = serializers.IntegerField(allow_null=True, help_text=_("Null: not stated."))
    note = serializers.CharField()
    source = serializers.CharField()

    def get_services(self, figure) -> list[str]:
        return [code for code in figure.services.split(";") if code]


class ServiceLabel(serializers.Serializer):
    """A service that an organisation provides."""

    code = serializers.ChoiceField(source="service", choices=Service.choices)
    label = serializers.CharField(source="get_service_display")


class OrganisationLink(Expandable):
    """An organisation where an entry names it. One that is not public (any more) has a name and no address."""

    nested_as = "organisations"
    more = ("kind", "city", "services", "website", "figures")
    only_public = ("key", "slug", "url", "api_url")

    key = serializers.CharField(allow_null=True)
    slug = serializers.CharField(allow_null=True)
    name = serializers.CharField()
    acronym = serializers.CharField(help_text=_("Empty: none. Several organisations may share one."))
    country = CountryLabel(allow_null=True)
    url = Address("directory:operator", "slug", only_if="is_published")
    api_url = Address("api:organisation", "key", only_if="is_published")
    kind = Choice(OrganisationKind, "OrganisationKind", required=False)
    city = serializers.CharField(required=False)
    services = ServiceLabel(many=True, required=False)
    website = serializers.CharField(required=False)
    figures = Figure(many=True, required=False)

    def to_representation(self, organisation):
        if organisation.is_published:
            return super().to_representation(organisation)
        country = organisation.country and {"code": organisation.country_id, "label": organisation.country.name}
        shown = {"name": organisation.name, "acronym": organisation.acronym, "country": country}
        return dict.fromkeys(self.only_public) | shown


class PlatformLink(serializers.Serializer):
    key = serializers.CharField()
    slug = serializers.CharField()
    name = serializers.CharField()
    acronym = serializers.CharField()
    url = Address("directory:platform", "slug")
    api_url = Address("api:platform", "key")


class ProgrammeLink(serializers.Serializer):
    key = serializers.CharField()
    slug = serializers.CharField()
    name = serializers.CharField()
    api_url = Address("api:programme", "key")


class PartnershipLink(serializers.Serializer):
    """A partnership where another thing names it. One that is not public has a reference and nothing else."""

    reference = serializers.CharField()
    title = serializers.CharField(source="public_title", allow_null=True)
    url = Address("directory:partnership", "reference", only_if="public_title")
    api_url = Address("api:partnership", "reference", only_if="public_title")


class Measure(serializers.Serializer):
    """A number and when it was measured, in the unit that stands beside; ``of`` names its column."""

    value = Number(allow_null=True)
    date = PartialDate(allow_null=True)

    def __init__(self, *args, of="", **options):
        super().__init__(*args, source="*", allow_null=True, **options)
        self.of = of

    def to_representation(self, row):
        value, measured_on = getattr(row, self.of), getattr(row, f"{self.of}_on")
        if value is None and not measured_on:
            return None
        shown = {"value": value, "date": measured_on or None}
        return {name: shown[name] and self.fields[name].to_representation(shown[name]) for name in shown}


class InDollars(serializers.Serializer):
    """What the amount is in US dollars, by the rate that was entered with it."""

    amount = Money(source="cost_in_usd", allow_null=True)
    rate = Number(source="cost_usd_rate", help_text=_("US dollars for one unit of the currency."))
    rate_date = PartialDate(source="cost_usd_rate_on", allow_null=True)
    rate_source = serializers.CharField(source="cost_usd_rate_source")

    def to_representation(self, version):
        return None if version.cost_usd_rate is None else super().to_representation(version)


class Cost(serializers.Serializer):
    """The total cost. Unknown is null and never 0; ``unanswered`` may say why."""

    amount = Money(source="cost_amount", allow_null=True)
    currency = TextOrNull(source="cost_currency", allow_null=True, help_text=_("ISO 4217."))
    kind = Choice(TotalCost.CostKind, "CostKind", source="cost_kind", allow_null=True)
    covers = serializers.CharField(source="cost_covers", help_text=_("What the figure covers."))
    usd = InDollars(source="*", allow_null=True)

    def to_representation(self, version):
        columns = ("cost_amount", "cost_currency", "cost_kind", "cost_covers", "cost_usd_rate")
        is_known = any(getattr(version, column) not in (None, "") for column in columns)
        return super().to_representation(version) if is_known else None
