"""Everything that writes organisations, their people and their pages."""

from operators.duplicates import possible_duplicates
from operators.services.changes import request_change, save_change, submit_change
from operators.services.invitations import (
    accept_invitation,
    invite,
    invite_to_claim,
    resend_invitation,
    revoke_invitation,
    why_not_yet,
)
from operators.services.membership import (
    answer_join_request,
    ask_to_join,
    change_role,
    leave,
    remove_member,
    withdraw_join_request,
)
from operators.services.pages import revert_edit, save_page
from operators.services.registration import add_partner, register_organisation, save_registration

__all__ = [
    "accept_invitation",
    "add_partner",
    "answer_join_request",
    "ask_to_join",
    "change_role",
    "invite",
    "invite_to_claim",
    "leave",
    "possible_duplicates",
    "register_organisation",
    "remove_member",
    "request_change",
    "resend_invitation",
    "revert_edit",
    "revoke_invitation",
    "save_change",
    "save_page",
    "save_registration",
    "submit_change",
    "why_not_yet",
    "withdraw_join_request",
]
