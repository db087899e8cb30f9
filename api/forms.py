"""Tokens: a new one, with its name, what it may do, where and for how long; and the end of all with a new password."""

from datetime import UTC, datetime, time, timedelta

from allauth.account import forms as allauth
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from api.models import ApiToken, Scope
from api.services import revoke_all
from operators.models import Organisation
from platforms.models import Platform
from vocabularies.forms import Choice, Choices

UNTIL_A_DATE = "date"
DAYS = ("30", "90", "365")
FIELD_OF = {"expires_at": "ends_on"}
"""{argument of the service: field of the form} where they differ."""


class DayInput(forms.DateInput):
    """What browsers show as a calendar; they want the day as 2027-03-31 whatever the language."""

    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class TokenForm(forms.Form):
    """``user`` makes it; without a membership there is nothing to narrow it to."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("What it is for: you recognise it by this."),
        max_length=ApiToken._meta.get_field("name").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    scopes = Choices(
        label=gettext_lazy("What it may do besides reading what is public"),
        help_text=gettext_lazy("Never more than you may. Tick only what the program needs."),
        choices=Scope.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    place = Choice(
        label=gettext_lazy("Which drafts and reviews it reaches"),
        help_text=gettext_lazy("Narrowed to one of yours, it reaches nothing there once you leave."),
        required=False,
    )
    lasts = Choice(label=gettext_lazy("How long it works"), initial="90", widget=forms.RadioSelect)
    ends_on = forms.DateField(
        label=gettext_lazy("Last day, if until a date"),
        help_text=gettext_lazy("Within the next twelve months. It works to the end of this day (UTC)."),
        required=False,
        widget=DayInput,
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        spans = [(days, _("%(days)s days") % {"days": days}) for days in DAYS]
        self.fields["lasts"].choices = [*spans, (UNTIL_A_DATE, _("Until a date"))]
        self.places = places_of(user)
        if self.places:
            self.fields["place"].choices = [("", _("All that you may reach")), *place_choices(self.places)]
        else:
            del self.fields["place"]

    def clean(self):
        """A day that is no day has its own error already."""
        has_no_day = "ends_on" in self.cleaned_data and not self.cleaned_data["ends_on"]
        if self.cleaned_data.get("lasts") == UNTIL_A_DATE and has_no_day:
            self.add_error("ends_on", _("Choose the last day."))

    def words(self):
        """What the service wants to know, of a valid form."""
        place = self.places.get(self.cleaned_data.get("place"))
        return {
            "name": self.cleaned_data["name"],
            "scopes": self.cleaned_data["scopes"],
            "expires_at": self._expires_at(),
            "organisation": place if isinstance(place, Organisation) else None,
            "platform": place if isinstance(place, Platform) else None,
        }

    def _expires_at(self):
        if self.cleaned_data["lasts"] == UNTIL_A_DATE:
            return datetime.combine(self.cleaned_data["ends_on"], time(23, 59, 59), UTC)
        return timezone.now() + timedelta(days=int(self.cleaned_data["lasts"]))

    def explain(self, error):
        """What the service has refused, at the fields that it is about."""
        told = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
        for name, texts in told.items():
            field = FIELD_OF.get(name, name)
            self.add_error(field if field in self.fields else None, texts)


def places_of(user):
    """{value: Organisation or Platform} of the memberships of ``user``, by name."""
    organisations = Organisation.objects.filter(members__user=user).order_by("name", "pk")
    platforms = Platform.objects.filter(members__user=user).order_by("name", "pk")
    return {f"organisation-{one.pk}": one for one in organisations} | {f"platform-{one.pk}": one for one in platforms}


def place_choices(places):
    return [(value, _("Only entries of %(place)s") % {"place": place}) for value, place in places.items()]


class EndsTokens:
    """Mixin of allauth's forms for a new password of ``self.user``: tokens go on working unless they say otherwise."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if number := ApiToken.objects.valid().filter(owner=self.user).count():
            label = ngettext("End my API token too", "End my %(number)s API tokens too", number)
            self.fields["end_tokens"] = forms.BooleanField(
                label=label % {"number": number},
                help_text=_(
                    "Programs keep working with the old ones. End them if somebody else may know the password."
                ),
                required=False,
            )

    def save(self):
        super().save()
        if self.cleaned_data.get("end_tokens"):
            revoke_all(self.user)


class ChangePasswordForm(EndsTokens, allauth.ChangePasswordForm):
    """By somebody who knows the present one."""


class SetPasswordForm(EndsTokens, allauth.SetPasswordForm):
    """By somebody who has none yet."""


class ResetPasswordForm(EndsTokens, allauth.ResetPasswordKeyForm):
    """After the link of a mail."""
