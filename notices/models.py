"""Messages to people: one row per event and person, shown in the portal and sent by mail."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notices.message_types import MESSAGE_TYPES, MessageType
from notices.querysets import OutgoingMailQuerySet


class OutgoingMail(models.Model):
    """One message about one event to one person, or to an address that has no account yet.

    Written in the transaction of the event, sent afterwards by a task or the sweep. The words are made when
    it is sent, from what is true then; a message about something that is no longer so is never sent.
    """

    class State(models.TextChoices):
        DUE = "due", _("To be sent")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        OBSOLETE = "obsolete", _("No longer true")
        UNWANTED = "unwanted", _("Only shown in the portal")
        FAILED = "failed", _("Could not be sent")

    kind = models.CharField(_("kind"), max_length=40)
    key = models.CharField(_("event"), max_length=120)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="messages"
    )
    address = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="en")
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    object_id = models.PositiveBigIntegerField()
    about = GenericForeignKey()
    warnings = GenericRelation("self")
    """What support is told about this mail, with its address: it goes when the mail goes."""
    data = models.JSONField(default=dict, help_text=_("What the words need besides, for example a link."))
    subject = models.CharField(_("subject"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DUE)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next try"), default=timezone.now)
    in_digest = models.BooleanField(_("in the daily digest"), default=False)
    created_at = models.DateTimeField(_("at"), auto_now_add=True)
    handed_at = models.DateTimeField(_("began to be handed over"), null=True, blank=True)
    sent_at = models.DateTimeField(pgettext_lazy("date", "sent"), null=True, blank=True)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    last_error = models.TextField(_("what went wrong"), blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [models.UniqueConstraint(fields=["key", "address"], name="one_mail_per_event_and_person")]
        indexes = [models.Index(fields=["state", "next_try_at"], name="mail_due")]

    def __str__(self):
        return f"{self.kind} → {self.address}"

    @property
    def reader_address(self):
        """Where the reader is reached now: an account may have changed its address meanwhile."""
        return self.user.email if self.user else self.address

    @property
    def reader_language(self):
        return self.user.language if self.user else self.language

    @property
    def rules(self):
        """The Kind; a plain one for a kind that an older portal knew."""
        return MESSAGE_TYPES.get(self.kind, MessageType())

    def without_secrets(self):
        """``data`` as it is kept after the mail has left."""
        return {name: value for name, value in self.data.items() if name not in self.rules.secrets}

    def is_current(self):
        """False when what it says is no longer so, or no longer concerns its reader.

        ``about`` may answer ``is_current()`` and ``concerns(user)``; something deleted concerns nobody.
        """
        return self.concerns_reader() and (not hasattr(self.about, "is_current") or self.about.is_current())

    def concerns_reader(self):
        """True while its reader may know of it, overtaken or not."""
        if self.about is None or (self.user and not self.user.is_active):
            return False
        return not (self.user and hasattr(self.about, "concerns")) or self.about.concerns(self.user)


class Preference(models.Model):
    """How somebody wants to be told; without a row: at once, everything."""

    class Rhythm(models.TextChoices):
        AT_ONCE = "at-once", _("One mail for each event, at once")
        DAILY = "daily", _("One mail a day with everything")

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_preference")
    rhythm = models.CharField(_("mails"), max_length=10, choices=Rhythm, default=Rhythm.AT_ONCE)
    optional = models.BooleanField(
        _("also mail me what I need not act on, for example that an entry is published"), default=True
    )

    class Meta:
        verbose_name = _("mail preference")
        verbose_name_plural = _("mail preferences")

    def __str__(self):
        return f"{self.user}: {self.get_rhythm_display()}"
