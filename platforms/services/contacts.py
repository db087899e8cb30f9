"""Whom the secretariats above may ask about a platform: entered by its coordinators, by the rules for organisations."""

from operators.services.contacts import ContactBook
from platforms.models import PlatformContact
from platforms.permissions import can_keep_contacts

CONTACTS = ContactBook(
    model=PlatformContact, place="platform", may_keep=can_keep_contacts, why_not_yet=lambda platform: ""
)
