"""What an organisation says about an entry that names it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.models import Confirmation
from partnerships.services.confirmations import CHOOSE_ANSWER
from vocabularies.clean_text import REMARK, Words
from vocabularies.forms import Choice, Thing


class ConfirmForm(forms.Form):
    """``organisations``: those of the person whose word counts; with one there is nothing to choose."""

    organisation = Thing(
        of=Confirmation._meta.get_field("organisation").related_model._meta.verbose_name_plural,
        label=_("For which organisation do you answer?"),
        queryset=None,
        empty_label=None,
    )
    answer = Choice(
        label=_("Is the entry right?"),
        choices=[
            (Confirmation.Answer.CONFIRMS, _("Yes, we confirm it as it reads")),
            (Confirmation.Answer.DIFFERS, _("No, it differs from what we know")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE_ANSWER, "invalid_choice": CHOOSE_ANSWER},
    )
    text = Words(
        label=_("Where does it differ, and how should it read?"),
        help_text=_("Needed when it differs. The authors and the secretariat read it."),
        required=False,
        max_length=REMARK,
        lines=6,
    )
    may_be_shown = forms.BooleanField(
        label=_("Our words may be shown on the public page"),
        help_text=_("Without this the page only says that your organisation reports a difference."),
        required=False,
    )

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations
        if organisations.count() == 1:
            self.fields["organisation"].widget = forms.HiddenInput()
            self.fields["organisation"].initial = organisations.get().pk
