"""The lists of terms, the countries of the world and their areas."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from api.serializers.fields import Address, AreaLabel, Choice, CodeAndLabel
from api.serializers.organisations import Location
from api.serializers.resources import Resource
from vocabularies.models import GwopaRegion, TermList


class Labels(serializers.Serializer):
    """The label in each language of the portal; empty: not translated, the English one serves."""

    en = serializers.CharField(source="label_en")
    es = serializers.CharField(source="label_es")
    fr = serializers.CharField(source="label_fr")
    pt = serializers.CharField(source="label_pt")


class Names(serializers.Serializer):
    """The name in each language of the portal; empty: not translated, the English one serves."""

    en = serializers.CharField(source="name_en")
    es = serializers.CharField(source="name_es")
    fr = serializers.CharField(source="name_fr")
    pt = serializers.CharField(source="name_pt")


class Term(Resource):
    """An entry of a list. Its code never changes and is unique in its list."""

    identity = "code"
    brief = ("list", "code", "label", "labels", "parent", "unit", "position", "is_active", "api_url")

    list = Choice(TermList, "TermList", required=False)
    code = serializers.CharField(help_text=_("Never changes."))
    label = serializers.CharField(required=False, help_text=_("In the language of the answer."))
    labels = Labels(source="*", required=False)
    parent = CodeAndLabel(
        required=False, allow_null=True, help_text=_("The group of an improvement area, the goal of a target.")
    )
    unit = serializers.CharField(required=False, help_text=_("The usual one of an indicator."))
    position = serializers.IntegerField(required=False)
    is_active = serializers.BooleanField(
        required=False, help_text=_("False: no longer offered; entries that use it keep it.")
    )
    api_url = Address("api:term", "list", "code", required=False)


class Country(Resource):
    """A country or territory with a code of its own in ISO 3166-1: Martinique is MQ and not FR."""

    identity = "code"
    brief = (
        "code", "label", "names", "alpha3", "numeric", "area", "area_codes", "gwopa_region", "location", "api_url",
    )  # fmt: skip

    code = serializers.RegexField(r"^[A-Z]{2}$", help_text=_("ISO 3166-1 alpha-2."))
    label = serializers.CharField(source="name", required=False, help_text=_("In the language of the answer."))
    names = Names(source="*", required=False)
    alpha3 = serializers.CharField(required=False, help_text=_("ISO 3166-1 alpha-3."))
    numeric = serializers.CharField(required=False, help_text=_("ISO 3166-1, three digits; the same as in UN M49."))
    area = AreaLabel(required=False, help_text=_("The lowest area of UN M49."))
    area_codes = serializers.ListField(
        child=serializers.CharField(),
        required=False,
        help_text=_("All areas of UN M49 around it, the lowest first: values of ?region=."),
    )
    gwopa_region = Choice(GwopaRegion, "GwopaRegion", required=False, allow_null=True)
    location = Location(required=False)
    api_url = Address("api:country", "code", required=False)


class Area(Resource):
    """A geographical area of the United Nations standard M49."""

    identity = "code"
    brief = ("code", "label", "names", "parent", "also_in", "api_url")

    code = serializers.CharField(help_text=_("UN M49, three digits."))
    label = serializers.CharField(source="name", required=False, help_text=_("In the language of the answer."))
    names = Names(source="*", required=False)
    parent = AreaLabel(required=False, allow_null=True, help_text=_("The area in which it lies."))
    also_in = AreaLabel(required=False, allow_null=True, help_text=_("A second area in which it lies."))
    api_url = Address("api:area", "code", required=False)
