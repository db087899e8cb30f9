"""What readers report about public pages, and what the secretariat answers."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from desk.models import ErrorReport
from vocabularies.clean_text import REMARK, Words


class ErrorReportForm(forms.ModelForm):
    """``website`` is a trap: people do not see it, programs that fill in everything do."""

    website = forms.CharField(label=_("Leave this empty"), required=False)

    class Meta:
        model = ErrorReport
        fields = ["address", "text", "email"]
        widgets = {"text": forms.Textarea(attrs={"rows": 6}), "address": forms.TextInput}
        labels = {"address": _("Address of the page"), "text": _("What is wrong?"), "email": _("Your e-mail address")}
        help_texts = {
            "text": _("What does the page say, and what would be right? A source helps."),
            "email": _("Optional: you get one answer, and nothing else."),
        }
        error_messages = {
            "address": {"required": _("Say which page it is, for example /en/partnerships/WOP-0001/.")},
            "text": {"required": _("Say what is wrong.")},
        }

    @property
    def is_trapped(self):
        return bool(self.cleaned_data.get("website"))

    def clean_address(self):
        """Only pages of this portal: the address becomes a link on the desk and in a mail."""
        address = self.cleaned_data["address"].strip()
        if not address.startswith("/") or address.startswith("//") or set(address) & set('\\\r\n\t <>"'):
            raise ValidationError(_("Write the address as it stands after the name of the portal: /en/partnerships/…"))
        return address


class AnswerForm(forms.Form):
    answer = Words(
        label=_("What you have done about it"),
        help_text=_("Goes to the reader who reported it, if there is an address, and stays with the report."),
        max_length=REMARK,
        lines=5,
        error_messages={"required": _("Say what was done, or why nothing was.")},
    )
