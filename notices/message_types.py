"""Every kind of message. Its words stand in templates/emails/<kind>.txt: the first line is the subject."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class MessageType:
    """What holds for all messages of a kind.

    ``optional``: its reader need not act, and may do without the mail. ``at_once``: it does not wait for the
    digest, as a link that ends does not.
    ``listed``: it stands among the messages in the portal. ``secrets``: names in ``data`` that only the
    mail tells and that are forgotten when it has left, such as a link that works once; the words must read well
    without them. ``private``: support sees it only while it has not arrived. ``why`` tells the reader, below the
    mail, why it was sent to them.
    """

    optional: bool = False
    at_once: bool = False
    listed: bool = True
    secrets: tuple = ()
    private: bool = False
    why: str = _("You get this mail because it concerns your work in the WOP Portal.")


OWN_ENTRY = _("You get this mail because you are one of the authors of this entry.")
DECIDES = _("You get this mail because you review entries for a platform.")
OWN_ACCOUNT = _("You get this mail because it concerns your account.")
INVITED = _("You get this mail because somebody entered your address. If you do not know them, ignore it.")
CONTACT = _("You get this mail because somebody entered you as a contact.")
ENTERED = _("You get this mail because your address was entered in the WOP Portal.")

MESSAGE_TYPES = {
    "review": MessageType(why=DECIDES),
    "withdrawn": MessageType(why=DECIDES),
    "nobody-can-review": MessageType(why=_("You get this mail because you look after the whole portal.")),
    "mail-unconfirmed": MessageType(why=_("You get this mail because you look after the whole portal.")),
    "change": MessageType(why=OWN_ENTRY),
    "published": MessageType(optional=True, why=OWN_ENTRY),
    "involved": MessageType(
        why=_("You get this mail because you are a member of an organisation that the entry names.")
    ),
    "rejected": MessageType(why=OWN_ENTRY),
    "archived": MessageType(why=OWN_ENTRY),
    "restored": MessageType(optional=True, why=OWN_ENTRY),
    "discarded": MessageType(why=OWN_ENTRY),
    "comment": MessageType(optional=True, why=_("You get this mail because you write or review this entry.")),
    "remarks-open": MessageType(optional=True, why=_("You get this mail because you wrote a remark on this entry.")),
    "handed-over": MessageType(why=DECIDES),
    "differs": MessageType(why=_("You get this mail because you write or review this entry.")),
    "named-before": MessageType(
        optional=True,
        why=_("You get this mail because you have become a member of an organisation that entries name."),
    ),
    "error-reported": MessageType(why=_("You get this mail because you look after the pages of a platform.")),
    "error-answered": MessageType(
        why=_("You get this mail because you reported an error on a page of the WOP Portal.")
    ),
    "please-confirm": MessageType(
        why=_("You get this mail because you are a member of an organisation that the entry names.")
    ),
    "join-request": MessageType(why=_("You get this mail because you decide who belongs to this organisation.")),
    "join-accepted": MessageType(why=_("You get this mail because you asked to join this organisation.")),
    "join-declined": MessageType(why=_("You get this mail because you asked to join this organisation.")),
    "organisation-invitation": MessageType(at_once=True, secrets=("token",), why=INVITED),
    "organisation-claim": MessageType(at_once=True, secrets=("token",), why=INVITED),
    "secretariat-invitation": MessageType(at_once=True, secrets=("token",), why=INVITED),
    "contact-entered": MessageType(at_once=True, private=True, why=CONTACT),
    "invitation-ends": MessageType(at_once=True, why=INVITED),
    "invitation-unanswered": MessageType(why=_("You get this mail because you sent this invitation.")),
    "no-manager-left": MessageType(why=DECIDES),
    "alert": MessageType(optional=True, why=_("You get this mail because you saved a filter of the directory.")),
    "export-ready": MessageType(why=_("You get this mail because you asked for a download.")),
    "export-failed": MessageType(why=_("You get this mail because you asked for a download.")),
    "webhook-stopped": MessageType(why=_("You get this mail because you coordinate a platform.")),
    "confirm-address": MessageType(at_once=True, listed=False, secrets=("key",), why=ENTERED),
    "reset-password": MessageType(at_once=True, listed=False, secrets=("uid", "key"), why=ENTERED),
    "account-exists": MessageType(at_once=True, listed=False, why=ENTERED),
    "address-changed": MessageType(at_once=True, why=OWN_ACCOUNT),
    "address-confirmed": MessageType(at_once=True, why=OWN_ACCOUNT),
    "address-removed": MessageType(at_once=True, why=OWN_ACCOUNT),
    "password-changed": MessageType(at_once=True, why=OWN_ACCOUNT),
    "recovery-codes-made": MessageType(at_once=True, why=OWN_ACCOUNT),
    "app-added": MessageType(at_once=True, why=OWN_ACCOUNT),
    "app-removed": MessageType(at_once=True, why=OWN_ACCOUNT),
    "passkey-added": MessageType(at_once=True, why=OWN_ACCOUNT),
    "passkey-removed": MessageType(at_once=True, why=OWN_ACCOUNT),
    "token-made": MessageType(at_once=True, why=OWN_ACCOUNT),
    "token-ends": MessageType(optional=True, why=OWN_ACCOUNT),
}
"""{code: Kind}."""
INVITATIONS = [code for code, kind in MESSAGE_TYPES.items() if kind.why is INVITED or kind.why is CONTACT]
"""Kinds that reach strangers because somebody typed their address."""
PRIVATE = [code for code, kind in MESSAGE_TYPES.items() if kind.private]
UNLISTED = [code for code, kind in MESSAGE_TYPES.items() if not kind.listed]
