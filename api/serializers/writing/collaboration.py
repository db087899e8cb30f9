"""What people do with an entry beside writing it: files, remarks, answers, steps, who has it in hand."""

from django import forms
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from api.serializers.writing.strict import Exact, text_of
from partnerships.models import Confirmation, PartnershipAttachment
from partnerships.services.confirmations import CHOOSE_ANSWER
from reviews.models import Comment as CommentModel
from reviews.models import PreviewLink, ReviewEvent

REQUIRED = forms.Field.default_error_messages["required"]


def _stated(name, **options):
    """One of the words about an attachment."""
    return text_of(PartnershipAttachment, name, **options)


class FileFacts(serializers.Serializer):
    """A file that the portal holds."""

    name = serializers.CharField()
    size = serializers.IntegerField(help_text=_("Bytes."))
    media_type = serializers.CharField()
    sha256 = serializers.CharField()
    content_url = serializers.URLField(help_text=_("Its bytes, for the same token."))


class DraftAttachment(serializers.Serializer):
    """A file with its description, or what is known of one that is not held here."""

    key = serializers.UUIDField()
    description = serializers.CharField()
    language = serializers.CharField(allow_null=True)
    file = FileFacts(allow_null=True, help_text=_("Null: only named, not held here."))
    stated_type = serializers.CharField()
    stated_size = serializers.CharField()
    url = serializers.CharField()
    api_url = serializers.URLField()


class DraftAttachmentList(serializers.Serializer):
    """All attachments of a draft, in their order."""

    results = DraftAttachment(many=True)


class AttachmentWords(Exact):
    """What is to change of what is said about an attachment."""

    description = _stated("description", required=False, error_messages={"blank": REQUIRED})
    language = text_of(
        PartnershipAttachment, "language", required=False, allow_blank=True, help_text=_("Its code, for example “es”.")
    )
    stated_type = text_of(
        PartnershipAttachment, "stated_type", required=False, allow_blank=True, help_text=_("Of a file not held here.")
    )
    stated_size = text_of(
        PartnershipAttachment, "stated_size", required=False, allow_blank=True, help_text=_("Of a file not held here.")
    )
    url = text_of(
        PartnershipAttachment, "url", required=False, allow_blank=True, help_text=_("Where it was published.")
    )


class AttachmentForm(AttachmentWords):
    """The same with a file, which takes the place of the old one in this draft."""

    file = serializers.FileField(required=False, allow_empty_file=True)


class NewAttachmentWords(AttachmentWords):
    """What is known of a file that is not held here: where it was published, its type or its size."""

    description = text_of(
        PartnershipAttachment,
        "description",
        error_messages={"blank": REQUIRED},
        help_text=_("As a reader should see it."),
    )


class NewAttachmentForm(NewAttachmentWords):
    """A file, or without one what is known of it."""

    file = serializers.FileField(required=False, allow_empty_file=True)


class NewComment(Exact):
    """A remark on the entry, on a field, on a row or on a field of a row; or an answer to another remark."""

    text = text_of(CommentModel, "text", allow_blank=True)
    field = serializers.RegexField(r"^[a-z_]{0,60}$", required=False, allow_blank=True, default="")
    row_key = serializers.UUIDField(required=False, allow_null=True, default=None)
    answers = serializers.IntegerField(
        required=False,
        allow_null=True,
        default=None,
        min_value=1,
        max_value=2**63 - 1,
        help_text=_("The id of the remark; the place is then that of its thread."),
    )


class Comment(serializers.Serializer):
    """A remark."""

    id = serializers.IntegerField()
    text = serializers.CharField()
    by = serializers.CharField(allow_null=True, help_text=_("Null: of somebody who has left."))
    created_at = serializers.DateTimeField()


class Thread(Comment):
    """A remark with the answers to it."""

    field = serializers.CharField(help_text=_("Empty: not on a field."))
    row_key = serializers.UUIDField(allow_null=True)
    place = serializers.CharField(help_text=_("What it is about, in words; empty: the entry as a whole."))
    version = serializers.IntegerField(allow_null=True, help_text=_("The older version that it came with."))
    resolved_at = serializers.DateTimeField(allow_null=True)
    resolved_by = serializers.CharField(allow_null=True)
    replies = Comment(many=True)


class ThreadList(serializers.Serializer):
    """The remarks on an entry, unsettled ones first."""

    may_comment = serializers.BooleanField()
    results = Thread(many=True)


class NewAnswer(Exact):
    """The word of an organisation of yours about the entry as it reads now."""

    organisation = serializers.CharField(
        required=False, help_text=_("Its key; not needed when you belong to one of those asked only.")
    )
    answer = serializers.ChoiceField(
        Confirmation.Answer.choices,
        error_messages={"required": CHOOSE_ANSWER, "invalid_choice": CHOOSE_ANSWER, "null": CHOOSE_ANSWER},
    )
    text = text_of(Confirmation, "text", required=False, allow_blank=True, default="", help_text=_("Where it differs."))
    may_be_shown = serializers.BooleanField(default=False, help_text=_("Whether the public may read the words."))


class Answer(serializers.Serializer):
    """What an organisation said about exactly these words."""

    organisation = serializers.CharField(help_text=_("Its key."))
    answer = serializers.ChoiceField(Confirmation.Answer.choices)
    text = serializers.CharField()
    may_be_shown = serializers.BooleanField()
    created_at = serializers.DateTimeField()


class Answers(serializers.Serializer):
    """Who is asked to confirm the entry and what they said about its words as they are now."""

    is_open = serializers.BooleanField(help_text=_("Answers are taken: the words cannot change under them."))
    asked = serializers.ListField(child=serializers.CharField(), help_text=_("The keys of all whose word counts."))
    mine = serializers.ListField(child=serializers.CharField(), help_text=_("For which of them you may answer."))
    answers = Answer(many=True)


class NewStep(Exact):
    """Why, where a reason is needed; otherwise optional."""

    comment = text_of(ReviewEvent, "comment", required=False, allow_blank=True, default="")
    leave_remarks = serializers.BooleanField(
        default=False, help_text=_("True: you know of the remarks that nobody has settled, and submit all the same.")
    )


class Person(serializers.Serializer):
    """A member of a secretariat who may decide."""

    id = serializers.IntegerField()
    name = serializers.CharField()


class Assignment(serializers.Serializer):
    """In whose hands an entry is. It gives no right."""

    to = Person(allow_null=True)
    colleagues = Person(many=True, help_text=_("Who may decide on it."))


class NewAssignment(Exact):
    """Whose hands it goes into."""

    to = serializers.IntegerField(min_value=1, max_value=2**63 - 1, help_text=_("The id of one of the colleagues."))


class NewPreview(Exact):
    """For whom a link is."""

    note = text_of(PreviewLink, "note", allow_blank=True, help_text=_("Only authors and reviewers see this."))


class Preview(serializers.Serializer):
    """A link for somebody outside."""

    id = serializers.IntegerField()
    note = serializers.CharField()
    by = serializers.CharField(allow_null=True)
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    revoked_at = serializers.DateTimeField(allow_null=True)


class MadePreview(Preview):
    """A link that was just made."""

    address = serializers.URLField(help_text=_("Told once: it is kept nowhere."))


class PreviewList(serializers.Serializer):
    """The links to a draft."""

    results = Preview(many=True)
