from django import forms

from notices.models import Preference
from vocabularies.choice_messages import choose_from, list_of


class PreferenceForm(forms.ModelForm):
    """How somebody wants to be told."""

    class Meta:
        model = Preference
        fields = ("rhythm", "optional")
        widgets = {"rhythm": forms.RadioSelect}
        error_messages = {"rhythm": {"invalid_choice": choose_from(list_of(Preference._meta.get_field("rhythm")))}}
