"""Whom a secretariat may ask, written down with their consent, told so once, and erased at once when they want it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from notices.invitation_limits import check_contact
from notices.services import notify
from operators.models import Contact, ContactRefusal, OrganisationContact
from operators.permissions import can_keep_contacts
from operators.services.invitations import why_not_yet

MOST = 20
"""Contacts of one place."""


@dataclass(frozen=True)
class ContactBook:
    """The contacts of all organisations, or of all platforms."""

    model: type[Contact]
    place: str
    """The name of the column that leads to the place."""
    may_keep: Callable
    """function(user, place): who writes them."""
    why_not_yet: Callable
    """function(place): why nobody can be entered now, or ""."""

    def of(self, place: models.Model) -> QuerySet[Contact]:
        return self.model._default_manager.filter(**{self.place: place})

    @transaction.atomic
    def enter(self, place: models.Model, *, by: User, agreed: bool, **words: str) -> Contact:
        """The new contact, to whom a mail is sent; ``words``: name, function, email, language.

        ValidationError at "agreed" unless the person agreed, and where a mail to them may not leave.
        """
        self._check(by, place)
        if refusal := self.why_not_yet(place):
            raise ValidationError(refusal, code="not-yet")
        if not agreed:
            message = _("Ask the person first, then tick this: nobody is entered who has not agreed.")
            raise ValidationError({"agreed": message})
        contact = self.model(**{self.place: place}, entered_by=by, **words)
        contact.full_clean(validate_constraints=False)
        if self.of(place).filter(email__iexact=contact.email).exists():
            raise ValidationError({"email": _("Somebody with this address is a contact already.")})
        self._check_room(place)
        if ContactRefusal.holds(place, contact.email):
            message = _("The person with this address had themselves taken out. They are not entered again.")
            raise ValidationError({"email": message})
        check_contact(by=by, address=contact.email)
        contact.save()
        self._tell(contact)
        return contact

    @transaction.atomic
    def change(self, contact: Contact, *, by: User, **words: str) -> None:
        """Other words for the same person: ``words`` may be name, function, language, never the address."""
        self._check(by, contact.place)
        if unknown := set(words) - {"name", "function", "language"}:
            raise ValidationError({name: _("This cannot be set.") for name in unknown})
        for name, value in words.items():
            setattr(contact, name, value)
        contact.full_clean()
        if not self.model._default_manager.filter(pk=contact.pk).update(**words):
            raise ValidationError(_("This contact is erased."), code="gone")

    @transaction.atomic
    def erase(self, contact: Contact, *, by: User) -> None:
        """Nothing of it stays, nor of the message that told the person."""
        self._check(by, contact.place)
        contact.delete()

    @transaction.atomic
    def take_out(self, contact: Contact) -> None:
        """The person themselves wants it: erased, and not entered there again."""
        ContactRefusal.note(contact.place, contact.email)
        contact.delete()

    def _check(self, by, place):
        if not self.may_keep(by, place):
            raise PermissionDenied(_("You may not change these contacts."))

    def _check_room(self, place):
        if self.of(place).count() >= MOST:
            message = _("There are %(most)s contacts already. Erase one that is no longer needed.")
            raise ValidationError(message, code="too-many", params={"most": MOST})

    def _tell(self, contact):
        kind = "contact-entered"
        with override(contact.language):  # a person without an account is written to in the active language
            key = f"{kind}/{contact._meta.label_lower}/{contact.pk}"
            notify(kind, about=contact, key=key, addresses=[contact.email])


CONTACTS = ContactBook(
    model=OrganisationContact, place="organisation", may_keep=can_keep_contacts, why_not_yet=why_not_yet
)
