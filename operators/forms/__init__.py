"""What people fill in about organisations."""

from operators.forms.identity import ChangeForm, RegistrationForm
from operators.forms.page import PageForm
from operators.forms.people import ClaimForm, InvitationForm, JoinForm
from operators.forms.rows import FormWithRows, RowSet

__all__ = [
    "ChangeForm",
    "ClaimForm",
    "FormWithRows",
    "InvitationForm",
    "JoinForm",
    "PageForm",
    "RegistrationForm",
    "RowSet",
]
