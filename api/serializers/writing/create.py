"""What is begun: partnerships, reports, organisations that the register lacks."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from api.serializers.writing.strict import Exact, text_of
from operators.models import Organisation, OrganisationKind
from operators.models.organisation import ORGANISATION_KINDS
from partnerships.models import PartnershipVersion
from partnerships.services.drafting import STARTING_ROLES
from reports.models import Kind, Report
from reports.models.identity import KINDS
from vocabularies.choice_messages import choose_from, list_of

ROLES = [(role.value, role.label) for role in STARTING_ROLES]


def written_in():
    """The language of what is begun."""
    return serializers.ChoiceField(
        settings.LANGUAGES,
        required=False,
        allow_blank=True,
        error_messages={"invalid_choice": choose_from(list_of(PartnershipVersion._meta.get_field("language")))},
        help_text=_("The language it is written in; without it, the one that Accept-Language asks for."),
    )


class NewPartnership(Exact):
    """For an organisation of yours, or for a platform whose secretariat you belong to: one of the two."""

    organisation = serializers.CharField(required=False, help_text=_("Its key. It takes part in the role."))
    platform = serializers.CharField(
        required=False, help_text=_("Its key: the secretariat enters for operators without accounts.")
    )
    role = serializers.ChoiceField(
        ROLES,
        required=False,
        allow_blank=True,
        error_messages={"invalid_choice": _("Choose whether you are mentor, mentee, peer or partner.")},
        help_text=_("Needed with an organisation."),
    )
    title = text_of(
        PartnershipVersion, "title", required=False, allow_blank=True, help_text=_("The partners, mentor first.")
    )
    language = written_in()

    def validate(self, data):
        if bool(data.get("organisation")) == bool(data.get("platform")):
            words = _("Say for which organisation or for which platform you enter it: for one of them.")
            raise serializers.ValidationError({"organisation": words})
        return data


class NewReport(Exact):
    """What is known already is filled in; the draft says it, and you check it."""

    kind = serializers.ChoiceField(Kind.choices, error_messages={"invalid_choice": choose_from(KINDS)})
    period = text_of(
        Report,
        "period",
        required=False,
        allow_blank=True,
        default="",
        help_text=_("2015, 2015-H1, 2015-Q3 or 2015-07. May stay empty for a final report."),
    )
    language = written_in()


class NewOrganisation(Exact):
    """A partner that the register does not have: private until an entry that names it is published."""

    name = text_of(Organisation, "name", allow_blank=True, help_text=_("In the language of the organisation."))
    acronym = text_of(Organisation, "acronym", required=False, allow_blank=True, default="")
    kind = serializers.ChoiceField(
        OrganisationKind.choices, error_messages={"invalid_choice": choose_from(ORGANISATION_KINDS)}
    )
    country = serializers.CharField(allow_blank=True, help_text=_("ISO 3166-1 alpha-2; of Martinique MQ."))
    city = text_of(Organisation, "city", required=False, allow_blank=True, default="")
    confirm_new = serializers.BooleanField(
        default=False, help_text=_("True: you have looked at those that it may be, and it is another one.")
    )


class AddedOrganisation(serializers.Serializer):
    """The organisation that was added; entries name it by its key."""

    key = serializers.CharField()
    name = serializers.CharField()
    acronym = serializers.CharField()
    kind = serializers.CharField()
    country = serializers.SerializerMethodField(help_text=_("Empty: it belongs to none."))

    def get_country(self, organisation) -> str:
        return organisation.country_id or ""
