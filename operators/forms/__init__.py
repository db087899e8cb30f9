"""What people fill in about organisations."""

from operators.forms.formsets import FormWithRows, RowSet
from operators.forms.identity import ChangeForm, RegistrationForm
from operators.forms.page import PageForm
from operators.forms.people import ClaimForm, ContactForm, ContactWordsForm, InvitationForm, JoinForm

__all__ = [
    "ChangeForm",
    "ClaimForm",
    "ContactForm",
    "ContactWordsForm",
    "FormWithRows",
    "InvitationForm",
    "JoinForm",
    "PageForm",
    "RegistrationForm",
    "RowSet",
]
