"""A remark, and a link for somebody outside."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.models import PreviewLink
from vocabularies.clean_text import REMARK, Words


class CommentForm(forms.Form):
    text = Words(
        label=_("Your remark"),
        max_length=REMARK,
        lines=4,
        error_messages={"required": _("Write what you want to say.")},
    )


class PreviewForm(forms.ModelForm):
    class Meta:
        model = PreviewLink
        fields = ["note"]
        help_texts = {"note": _("For example “Ms Charles, ministry of water”. Only authors and reviewers see this.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["note"].required = True
        self.fields["note"].error_messages["required"] = _("Say for whom the link is.")
