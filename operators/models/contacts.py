"""Whom a secretariat may ask, of an organisation or a platform: private, with their consent, gone when erased."""

from datetime import timedelta

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core import signing
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.names import plain_name
from notices.invitation_limits import mailbox_of
from notices.models import OutgoingMail
from operators.models.organisation import Organisation

REFUSED_FOR = timedelta(days=365)


class Contact(models.Model):
    """Somebody who agreed to be asked about the partnerships of a place, an organisation or a platform.

    No copy of it is kept: not in a history, a snapshot or a message. What it says is deleted with it.
    """

    name = models.CharField(_("name"), max_length=150, validators=[plain_name])
    function = models.CharField(_("function"), max_length=150, blank=True, validators=[plain_name])
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    agreed_at = models.DateTimeField(_("consent noted on"), auto_now_add=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    mails = GenericRelation(OutgoingMail)

    address_of_person = "email"
    """Whose account has this address finds the row among their own data (accounts/personal_data.py)."""
    own_words = frozenset()
    """Of whoever entered it, nothing: it is all about somebody else."""
    namespace = ""
    """Whose addresses lead to it."""

    class Meta:
        abstract = True
        ordering = ["name", "pk"]
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self):
        return str(_("Contact of %(place)s") % {"place": self.place})

    @property
    def place(self):
        """The organisation or platform."""
        raise NotImplementedError

    @property
    def link(self):
        """Where the person themselves reads what is kept, and has it erased; it works as long as the row is there."""
        return reverse(f"{self.namespace}:contact-link", args=[signing.dumps(self.pk, salt=self._meta.label)])

    @classmethod
    def behind(cls, token):
        """The contact to whom a link was sent, None when it is erased; BadSignature when the link is not ours."""
        return cls.objects.filter(pk=signing.loads(token, salt=cls._meta.label)).first()


class OrganisationContact(Contact):
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="contacts")

    namespace = "operators"

    class Meta(Contact.Meta):
        constraints = [
            models.UniqueConstraint(
                "organisation",
                Lower("email"),
                name="contact_once_per_organisation",
                violation_error_message=_("Somebody with this address is a contact already."),
            )
        ]

    @property
    def place(self):
        return self.organisation


class ContactRefusal(models.Model):
    """Somebody took themselves out of the contacts of a place: for a year their address is not entered there again.

    ``address`` is a hash that only this portal can make, and tells nobody who it was.
    """

    place = models.CharField(max_length=60)
    address = models.CharField(max_length=64)
    refused_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("refusal of a contact")
        verbose_name_plural = _("refusals of contacts")
        constraints = [models.UniqueConstraint(fields=["place", "address"], name="refused_once_per_place")]

    def __str__(self):
        return self.place

    @classmethod
    def note(cls, place, email):
        cls.objects.update_or_create(**cls._of(place, email), defaults={"refused_at": timezone.now()})

    @classmethod
    def holds(cls, place, email):
        """Whether ``email`` refused; refusals that are over are forgotten."""
        cls.objects.filter(refused_at__lt=timezone.now() - REFUSED_FOR).delete()
        return cls.objects.filter(**cls._of(place, email)).exists()

    @staticmethod
    def _of(place, email):
        address = salted_hmac("contact", mailbox_of(email), algorithm="sha256").hexdigest()
        return {"place": f"{place._meta.label_lower}/{place.pk}", "address": address}
