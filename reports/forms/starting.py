"""The first page of a new report: of which kind, for which period."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.models import Kind
from reports.models.identity import FINAL, UNKNOWN, period_key


class StartForm(forms.Form):
    kind = forms.ChoiceField(
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
    use_required_attribute = False

    def clean_period(self):
        period = self.cleaned_data["period"].strip().upper()
        if period.lower() in (FINAL, UNKNOWN):
            period = period.lower()
        if period:
            period_key(period)
        return period

    def clean(self):
        cleaned = super().clean()
        kind, period = cleaned.get("kind"), cleaned.get("period")
        if kind == Kind.FINAL and period == "":
            cleaned["period"] = FINAL
        elif period in ("", FINAL):
            self.add_error("period", ValidationError(_("Say which period, for example 2015 or 2015-H1.")))
        return cleaned
