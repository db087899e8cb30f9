"""The first page of a new report: of which kind, for which period."""

from django import forms
from django.utils.translation import gettext, gettext_lazy

from partnerships.forms.new import language_field
from reports.models import Kind
from reports.models.identity import KINDS, UNKNOWN
from reports.services import period_of
from vocabularies.forms import Choice
from vocabularies.localised import active_language


class StartForm(forms.Form):
    kind = Choice(
        of=KINDS,
        label=gettext_lazy("What kind of report is it?"),
        choices=[
            (Kind.PERIODIC.value, gettext_lazy("Periodic: on a year or a part of it, while the work goes on")),
            (Kind.FINAL.value, gettext_lazy("Final: on the whole, when the work has ended")),
            (Kind.FOLLOW_UP.value, gettext_lazy("Follow-up: one year or more after the end")),
        ],
        widget=forms.RadioSelect,
        initial=Kind.PERIODIC,
    )
    period = forms.CharField(
        label=gettext_lazy("Which period?"),
        max_length=10,
        required=False,
        help_text=gettext_lazy(
            "A year (2015), half a year (2015-H1), a quarter (2015-Q3) or a month (2015-07). May stay empty for a "
            "final report; of a follow-up, the year in which you looked."
        ),
    )
    not_known = forms.BooleanField(label=gettext_lazy("The period is not known"), required=False)
    language = language_field()
    use_required_attribute = False

    def __init__(self, data=None):
        super().__init__(data, initial={"language": active_language()})

    def clean(self):
        cleaned = super().clean()
        if cleaned.pop("not_known", False):
            if cleaned.get("period"):
                self.add_error("period", gettext("You named a period and also said that it is not known."))
            cleaned["period"] = UNKNOWN
        if "kind" in cleaned and "period" in cleaned:
            cleaned["period"] = period_of(cleaned["kind"], cleaned["period"])
        return cleaned
