"""What of the queue somebody wants to see."""

from django import forms
from django.utils.translation import gettext_lazy as _

from desk.entry_types import ENTRY_TYPES
from platforms.models import Platform
from reviews.states import State
from vocabularies.forms import Choice, Thing
from vocabularies.search import SearchField

MINE, NOBODYS = "mine", "nobody"
STATES = (
    State.SUBMITTED,
    State.CHANGES_REQUESTED,
    State.PUBLISHED,
    State.REJECTED,
    State.ARCHIVED,
    State.SUPERSEDED,
)
"""One list of the desk for each: what waits, and what was handled."""


class QueueFilter(forms.Form):
    state = Choice(
        label=_("State"),
        required=False,
        choices=[("", State.SUBMITTED.label), *((str(state), state.label) for state in STATES)],
        widget=forms.HiddenInput,
    )
    q = SearchField(label=_("Search"), help_text=_("A reference, an operator, a country, a word."))
    kind = Choice(
        label=_("Kind"),
        required=False,
        choices=[("", _("All kinds")), *((kind.code, kind.label) for kind in ENTRY_TYPES.values())],
    )
    platform = Thing(
        label=_("Platform"), required=False, queryset=Platform.objects.none(), empty_label=_("All platforms")
    )
    assigned = Choice(
        label=_("In whose hands"),
        required=False,
        choices=[("", _("Anybody's")), (MINE, _("Mine")), (NOBODYS, _("Nobody's"))],
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["platform"].queryset = Platform.objects.served_by(user)
