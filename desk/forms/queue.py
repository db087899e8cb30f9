"""What of the queue somebody wants to see."""

from django import forms
from django.utils.translation import gettext_lazy as _

from desk.kinds import KINDS
from platforms.models import Platform

MINE, NOBODYS = "mine", "nobody"


class QueueFilter(forms.Form):
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("All kinds")), *((kind.code, kind.label) for kind in KINDS.values())],
    )
    platform = forms.ModelChoiceField(
        label=_("Platform"), required=False, queryset=Platform.objects.none(), empty_label=_("All platforms")
    )
    assigned = forms.ChoiceField(
        label=_("In whose hands"),
        required=False,
        choices=[("", _("Anybody's")), (MINE, _("Mine")), (NOBODYS, _("Nobody's"))],
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["platform"].queryset = Platform.objects.served_by(user)
