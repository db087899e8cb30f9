"""Asking to join, and inviting others."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.names import plain_name
from operators.models import OrganisationContact, OrganisationMember
from vocabularies.clean_text import Words
from vocabularies.forms import Choice


class JoinForm(forms.Form):
    message = Words(
        label=_("Message"),
        required=False,
        max_length=1000,
        lines=4,
        help_text=_("Say what you do there, so that whoever answers knows you."),
    )


class ClaimForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"), help_text=_("Of somebody who works there."))


class ContactWordsForm(forms.Form):
    """What may be changed of a contact: whoever has another address is another contact, and is asked anew."""

    name = forms.CharField(label=_("Name"), max_length=150, validators=[plain_name])
    function = forms.CharField(
        label=_("Function"),
        max_length=150,
        required=False,
        help_text=_("For example head of the planning department."),
        validators=[plain_name],
    )
    language = Choice(
        of=OrganisationContact._meta.get_field("language").verbose_name,
        label=_("Language"),
        choices=[("", _("Choose one")), *settings.LANGUAGES],
        help_text=_("In which they are written to."),
    )


class ContactForm(ContactWordsForm):
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=OrganisationContact._meta.get_field("email").max_length,
        help_text=_("A mail tells them once that they are entered here, with a link that erases them at once."),
    )
    agreed = forms.BooleanField(
        label=_("This person agreed to be contacted by the secretariat about this organisation’s partnerships"),
        error_messages={"required": _("Ask the person first, then tick this: nobody is entered who has not agreed.")},
    )

    field_order = ["name", "function", "email", "language", "agreed"]


class InvitationForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"), help_text=_("The invitation works for this address only."))
    role = Choice(
        label=_("Role"),
        choices=OrganisationMember.Role,
        initial=OrganisationMember.Role.EDITOR,
        help_text=_("Editors write and submit entries. Managers also keep the page and decide who belongs to it."),
    )
