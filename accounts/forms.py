"""What a person tells about themselves."""

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.names import plain_name


class SignupForm(forms.Form):
    """settings.ACCOUNT_SIGNUP_FORM_CLASS: what allauth's form asks besides address and password."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=User._meta.get_field("name").max_length,
        help_text=_("As colleagues and reviewers will see it."),
        validators=[plain_name],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    field_order = ["name", "email", "password1"]

    def signup(self, request, user):
        """The language of the page is the one that mails arrive in."""
        user.name = self.cleaned_data["name"]
        user.language = get_language()
        user.save(update_fields=["name", "language"])


class ProfileForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["name", "language"]
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        self.fields["name"].help_text = _("As colleagues and reviewers see it.")
        language = self.fields["language"]
        # The words of vocabularies.choice_messages, which stands beside this app.
        language.error_messages["invalid_choice"] = _("Choose one from the list “%(list)s”.") % {"list": language.label}


class EraseForm(forms.Form):
    """Typed, not clicked: the person's own address; and a tick where something would be left without anybody."""

    email = forms.CharField(
        label=_("Type your e-mail address to confirm"),
        max_length=User._meta.get_field("email").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    accepted = forms.BooleanField(label=_("I know what nobody will be able to do then, and leave all the same."))

    def __init__(self, *args, user, losses, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        if not losses:
            del self.fields["accepted"]

    def clean_email(self):
        email = self.cleaned_data["email"].strip()
        if email.lower() != self.user.email.lower():
            raise ValidationError(
                _("This is not the address of this account: %(email)s."), params={"email": self.user.email}
            )
        return email


def _name_of_device(**options):
    """allauth takes one of any length, and keeps it."""
    return forms.CharField(label=_("Name of the device"), max_length=100, **options)


class NewDeviceForm(AddWebAuthnForm):
    """settings.MFA_FORMS: a passkey or a security key, whose name may follow later."""

    name = _name_of_device(required=False)


class DeviceForm(EditWebAuthnForm):
    name = _name_of_device()
