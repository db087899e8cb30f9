"""What people fill in about organisations."""

from operators.forms.identity import ChangeForm, RegistrationForm
from operators.forms.page import PageForm
from operators.forms.people import ClaimForm, ContactForm, ContactWordsForm, InvitationForm, JoinForm
from operators.forms.rows import FormWithRows, RowSet

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
