"""What coordinators fill in about a webhook."""

from django import forms
from django.utils.translation import gettext_lazy as _

from vocabularies.forms import Choices
from webhooks.allowed_addresses import target_of
from webhooks.models import CHOSEN


class WebhookForm(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    url = forms.CharField(
        label=_("Address"),
        max_length=500,
        validators=[target_of],
        widget=forms.URLInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Where your system listens. It begins with https:// and everybody on the internet can reach it."),
    )
    events = Choices(
        label=_("Tell it when an entry is"),
        choices=CHOSEN,
        initial=[code for code, _label in CHOSEN],
        widget=forms.CheckboxSelectMultiple,
    )
    note = forms.CharField(
        label=_("Name or note"),
        max_length=200,
        required=False,
        help_text=_("What it is for, and whom to ask about it."),
    )

    def parts(self):
        """What the services take besides the revision."""
        return {name: self.cleaned_data[name] for name in ("url", "events", "note")}


class SecretForm(forms.Form):
    at_once = forms.BooleanField(
        label=_("Somebody may know the old secret: end it at once"),
        required=False,
        help_text=_("Otherwise both sign for another day, so that your system can change over."),
    )
