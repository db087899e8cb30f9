"""Drafts in the schema: made from the same shapes by which they are read and written."""

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from drf_spectacular.drainage import set_override
from rest_framework import serializers

from api.drafts.shape import shape_of
from api.serializers.writing.status import Missing, PartnershipStanding, ReportStanding
from api.serializers.writing.strict import text_of
from partnerships.models import PartnershipVersion
from reports.models import ReportChoice, ReportVersion
from reviews.models import NonAnswer

KEY_HELP = _("Stays the same from version to version. Without it a row is new.")


class Written(serializers.Field):
    """A column, told by its type."""

    def __init__(self, kind, *, is_read, **options):
        super().__init__(**options)
        set_override(self, "field", kind.json_schema(is_read=is_read))


def field_of(kind, *, is_read, beside=False):
    """The serializer field for one column; of what is written nothing is required: what is not named stays."""
    options = {"help_text": kind.meaning, "is_read": is_read}
    if beside:
        return Written(kind, read_only=True, **options)
    return Written(kind, required=is_read, allow_null=kind.is_nullable or not is_read, **options)


class TermChoice(serializers.Serializer):
    """A term that was chosen from a list; “other” needs an explanation."""

    key = serializers.UUIDField(read_only=True)
    code = serializers.CharField()
    explanation = text_of(ReportChoice, "explanation", allow_blank=True, required=False, help_text=_("In own words."))


class TermChosen(TermChoice):
    """A term that was chosen from a list."""

    explanation = serializers.CharField(allow_blank=True, help_text=_("In own words."))


def _row(relation, is_read):
    key = serializers.UUIDField(help_text=KEY_HELP, required=is_read, allow_null=not is_read)
    columns = {
        name: field_of(field, is_read=is_read, beside=name in relation.beside)
        for name, field in relation.fields.items()
    }
    about = {"__doc__": capfirst(str(relation.kind._meta.verbose_name)) + ".", "key": key}
    return type(f"{relation.kind.__name__}Draft", (serializers.Serializer,), about | columns)


def _reasons(is_read):
    reason = serializers.ChoiceField(NonAnswer.choices, allow_null=not is_read)
    return serializers.DictField(
        child=reason,
        required=is_read,
        allow_null=not is_read,
        help_text=_("Why a question has no answer, by its name."),
    )


def draft_serializer(model, head, name, *, is_read):
    """``head``: the serializer of what is only read."""
    shape = shape_of(model)
    attributes = {one: field_of(field, is_read=is_read) for one, field in shape.fields.items()}
    for one, relation in shape.relations.items():
        attributes[one] = _row(relation, is_read)(many=True, required=is_read, allow_null=not is_read)
    for one in shape.lists:
        attributes[one] = (TermChosen if is_read else TermChoice)(many=True, required=is_read, allow_null=not is_read)
    attributes["unanswered"] = _reasons(is_read)
    if is_read:
        attributes["missing"] = Missing(many=True, help_text=_("What submission still needs."))
    about = {"__doc__": "A draft as it stands." if is_read else "What is to change in a draft; the rest stays."}
    return type(name, (head if is_read else serializers.Serializer,), about | attributes)


PartnershipDraft = draft_serializer(PartnershipVersion, PartnershipStanding, "PartnershipDraft", is_read=True)
ReportDraft = draft_serializer(ReportVersion, ReportStanding, "ReportDraft", is_read=True)
PartnershipChange = draft_serializer(PartnershipVersion, None, "PartnershipDraft", is_read=False)
ReportChange = draft_serializer(ReportVersion, None, "ReportDraft", is_read=False)
