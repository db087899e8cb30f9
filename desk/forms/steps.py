"""What a person adds to a step of the workflow: why, and which revision they saw."""

from django import forms
from django.utils.translation import gettext_lazy as _

from vocabularies.clean_text import REMARK, Words

HELP = {
    "archive": _("The public reads this instead of the entry."),
    "restore": _("The reason why the entry is public again."),
    "reject": _("The authors read this: say why, and what they can do instead."),
    "request_changes": _("The authors read this: say what to change, and where."),
    "withdraw": _("Optional. The secretariat reads it."),
    "discard": _("Kept in the history of the entry."),
    "publish": _("Optional. The authors read it."),
    "submit": _("Optional. The secretariat reads it."),
}


class StepForm(forms.Form):
    """``revision`` is the one that the page showed; a step without one is refused only where it must be seen."""

    comment = Words(label=_("Comment"), required=False, max_length=REMARK, lines=6)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, action, must_say_why=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["comment"].help_text = HELP.get(action, "")
        if must_say_why:
            self.fields["comment"].label = _("Why?")
