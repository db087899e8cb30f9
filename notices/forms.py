from django import forms

from notices.models import Preference


class PreferenceForm(forms.ModelForm):
    """How somebody wants to be told."""

    class Meta:
        model = Preference
        fields = ("rhythm", "optional")
        widgets = {"rhythm": forms.RadioSelect}
