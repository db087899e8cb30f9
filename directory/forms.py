from dataclasses import asdict

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.insights.costs import Shape
from directory.models import SavedFilter


class SavedFilterForm(forms.ModelForm):
    """Under which name somebody keeps a filter."""

    class Meta:
        model = SavedFilter
        fields = ["name"]
        labels = {"name": _("Name")}
        help_texts = {"name": _("Only you see it. It stands in the mails.")}
        error_messages = {"name": {"required": _("Give it a name, for example “Non-revenue water in Kenya”.")}}


class WholeNumberField(forms.IntegerField):
    """From ``least`` to ``most``, which every message says; typed in a field of text, so that it is kept as it is."""

    def __init__(self, least, most, **options):
        wrong = _("Write a whole number from %(least)s to %(most)s.")
        self.ends = {"least": least, "most": most}
        messages = dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong)
        widget = forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 10})
        super().__init__(min_value=least, max_value=most, widget=widget, error_messages=messages, **options)

    def clean(self, value):
        try:
            return super().clean(value)
        except forms.ValidationError as refused:
            raise forms.ValidationError(self.error_messages["invalid"], "invalid", self.ends) from refused


class ShapeForm(forms.Form):
    """What WOP somebody plans; what is not asked is as in the one that the rule of thumb speaks of."""

    visits = WholeNumberField(0, 24, label=_("Technical visits a year"), help_text=_("Of people of either side."))
    tracks = WholeNumberField(1, 20, label=_("Improvement tracks"), help_text=_("Lines of work that go on together."))
    years = WholeNumberField(1, 20, label=_("Years"), help_text=_("From the first visit to the last."))
    in_kind = WholeNumberField(
        0,
        100,
        label=_("Share given in kind, in %"),
        help_text=_("Working time, beds, rooms: what nobody has to pay for in money."),
    )

    def __init__(self, asked):
        super().__init__(asdict(Shape()) | asked.dict())

    @property
    def shape(self):
        """The Shape of valid answers."""
        return Shape(**self.cleaned_data)
