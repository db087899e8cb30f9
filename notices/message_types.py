"""Every kind of message: it is called like the file with its words, templates/emails/<kind>.txt.

The first line of the file is the subject. What follows ``---`` tells the reader, below the mail, why they get it.
"""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class MessageType:
    """What holds for all messages of a kind.

    ``optional``: its reader need not act, and may do without the mail. ``at_once``: it does not wait for the
    digest, as a link that ends does not.
    ``listed``: it stands among the messages in the portal. ``secrets``: names in ``data`` that only the
    mail tells and that are forgotten when it has left, such as a link that works once; the words must read well
    without them. ``private``: support sees it only while it has not arrived. ``invites``: it reaches strangers because
    somebody typed their address.
    """

    optional: bool = False
    at_once: bool = False
    listed: bool = True
    secrets: tuple = ()
    private: bool = False
    invites: bool = False


OUT_OF_THE_ORDINARY = {
    "published": MessageType(optional=True),
    "restored": MessageType(optional=True),
    "comment": MessageType(optional=True),
    "remarks-open": MessageType(optional=True),
    "named-before": MessageType(optional=True),
    "organisation-invitation": MessageType(at_once=True, secrets=("token",), invites=True),
    "organisation-claim": MessageType(at_once=True, secrets=("token",), invites=True),
    "secretariat-invitation": MessageType(at_once=True, secrets=("token",), invites=True),
    "contact-entered": MessageType(at_once=True, private=True, invites=True),
    "invitation-ends": MessageType(at_once=True, invites=True),
    "alert": MessageType(optional=True),
    "confirm-address": MessageType(at_once=True, listed=False, secrets=("key",)),
    "reset-password": MessageType(at_once=True, listed=False, secrets=("uid", "key")),
    "account-exists": MessageType(at_once=True, listed=False),
    "address-changed": MessageType(at_once=True),
    "address-confirmed": MessageType(at_once=True),
    "address-removed": MessageType(at_once=True),
    "password-changed": MessageType(at_once=True),
    "recovery-codes-made": MessageType(at_once=True),
    "app-added": MessageType(at_once=True),
    "app-removed": MessageType(at_once=True),
    "passkey-added": MessageType(at_once=True),
    "passkey-removed": MessageType(at_once=True),
    "token-made": MessageType(at_once=True),
    "token-ends": MessageType(optional=True),
}
"""The kinds of which something else holds than of most."""
MESSAGE_TYPES = {
    file.stem: OUT_OF_THE_ORDINARY.get(file.stem, MessageType())
    for file in sorted((settings.BASE_DIR / "templates/emails").glob("[!_]*.txt"))
}
"""{kind: MessageType} of all."""
INVITATIONS = [code for code, kind in MESSAGE_TYPES.items() if kind.invites]
PRIVATE = [code for code, kind in MESSAGE_TYPES.items() if kind.private]
UNLISTED = [code for code, kind in MESSAGE_TYPES.items() if not kind.listed]
