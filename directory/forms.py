from django import forms
from django.utils.translation import gettext_lazy as _

from directory.models import SavedFilter


class SavedFilterForm(forms.ModelForm):
    """Under which name somebody keeps a filter."""

    class Meta:
        model = SavedFilter
        fields = ["name"]
        labels = {"name": _("Name")}
        help_texts = {"name": _("Only you see it. It stands in the mails.")}
        error_messages = {"name": {"required": _("Give it a name, for example “Non-revenue water in Kenya”.")}}
