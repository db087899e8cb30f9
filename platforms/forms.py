"""What coordinators fill in about their platform."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from operators.forms import ContactForm
from operators.forms.formsets import FormWithRows, rows_of
from operators.models import Organisation
from platforms.models import Platform, SecretariatMember
from vocabularies.clean_text import Words
from vocabularies.forms import Choice, PartialDateInput
from vocabularies.partial_dates import in_order
from vocabularies.web_addresses import Link


class HostForm(forms.Form):
    organisation = forms.CharField(
        label=_("Organisation"),
        max_length=200,
        help_text=_("Name, acronym or key, as the register has it."),
    )
    starts_on = PartialDateInput(label=_("From"))
    ends_on = PartialDateInput(label=_("Until"))
    note = forms.CharField(label=_("Note"), max_length=300, required=False)
    source = forms.CharField(label=_("Source"), max_length=500, required=False)

    def clean_organisation(self):
        """The key of the one organisation that is meant."""
        text = self.cleaned_data["organisation"]
        if text == self.initial.get("organisation"):
            return text
        found = list(Organisation.objects.published().named(text).select_related("country")[:6])
        if not found:
            message = _("“%(name)s” is not in the register. Look its name up, or have it registered.")
            raise forms.ValidationError(message, params={"name": text})
        if exact := [one for one in found if one.key == text]:
            found = exact
        if len(found) > 1:
            keys = ", ".join(f"{one.key} ({one.country or one.name})" for one in found)
            raise forms.ValidationError(
                _("Several are called so. Write the key of one: %(keys)s."), params={"keys": keys}
            )
        return found[0].key

    def clean(self):
        data = super().clean()
        if not in_order(data.get("starts_on"), data.get("ends_on")):
            self.add_error("ends_on", _("It ends before it begins."))
        return data


class MilestoneForm(forms.Form):
    happened_on = PartialDateInput(label=_("When"))
    text = Words(label=_("What happened"), max_length=2000, lines=2)
    source = forms.CharField(label=_("Source"), max_length=500, required=False)


class PlatformFieldsForm(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput)
    about = Words(label=_("About"), required=False, max_length=6000, lines=6)
    about_language = Choice(label=_("Language of this text"), choices=settings.LANGUAGES)
    website = Link(label=_("Website"), max_length=200, required=False)
    established_on = PartialDateInput(label=_("Established"))
    status = Choice(
        label=_("Status"),
        choices=Platform.Status,
        help_text=_("Only an active platform is given new entries to review."),
    )


class PlatformForm(FormWithRows):
    form_class = PlatformFieldsForm
    row_classes = {"hosts": rows_of(HostForm), "milestones": rows_of(MilestoneForm)}

    def parts(self):
        """What ``save_page`` takes."""
        return self.cleaned()


class PlatformContactForm(ContactForm):
    agreed = forms.BooleanField(
        label=_("This person agreed to be contacted by the secretariat about this platform’s partnerships"),
        error_messages=ContactForm.base_fields["agreed"].error_messages,
    )


class InvitationForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"), help_text=_("The invitation works for this address only."))
    role = Choice(
        label=_("Role"),
        choices=SecretariatMember.Role,
        initial=SecretariatMember.Role.REVIEWER,
        help_text=_("Reviewers decide on entries. Coordinators also keep the page and decide who belongs."),
    )
