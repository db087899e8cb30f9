"""Everything that writes platforms and their secretariats."""

from platforms.services.pages import revert_edit, save_page
from platforms.services.people import (
    accept_invitation,
    change_role,
    invite,
    leave,
    remove_member,
    resend_invitation,
    revoke_invitation,
)

__all__ = [
    "accept_invitation",
    "change_role",
    "invite",
    "leave",
    "remove_member",
    "resend_invitation",
    "revert_edit",
    "revoke_invitation",
    "save_page",
]
