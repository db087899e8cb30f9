"""What keeps a delivery from its receiver, in words for the people who look after it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Problem(TextChoices):
    ADDRESS = "address", _("The address is not allowed any more. Change it.")
    UNKNOWN_HOST = "unknown-host", _("No server is known under this name.")
    PRIVATE = "private", _("The name leads into a network that is not public.")
    UNREACHABLE = "unreachable", _("The server could not be reached.")
    UNTRUSTED = "untrusted", _("The certificate of the server is not valid for its name.")
    SLOW = "slow", _("The server did not answer within ten seconds.")
    UNREADABLE = "unreadable", _("The answer could not be read.")
    REDIRECT = (
        "redirect",
        _("The server sends elsewhere, which is not followed. Enter the address that answers itself."),
    )
    REFUSED = "refused", _("The server did not take it.")
    GONE = "gone", _("The server says that nobody listens there any more.")
    NO_SECRET = "no-secret", _("The secret can no longer be read. Make a new one.")
    LOST = "lost", _("The portal was stopped while it was sending.")
    UNEXPECTED = "unexpected", _("It could not be sent.")


class UndeliveredError(Exception):
    """``problem`` says why; ``detail`` is what the system said, in its own words."""

    def __init__(self, problem, detail=""):
        super().__init__(f"{problem.value}: {detail}")
        self.problem, self.detail = problem, detail
