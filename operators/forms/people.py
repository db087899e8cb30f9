"""Asking to join, and inviting others."""

from django import forms
from django.utils.translation import gettext_lazy as _

from operators.models import OrganisationMember
from vocabularies.forms import Choice
from vocabularies.texts import Words


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


class InvitationForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"), help_text=_("The invitation works for this address only."))
    role = Choice(
        label=_("Role"),
        choices=OrganisationMember.Role,
        initial=OrganisationMember.Role.EDITOR,
        help_text=_("Editors write and submit entries. Managers also keep the page and decide who belongs to it."),
    )
