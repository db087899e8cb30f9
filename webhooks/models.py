"""Addresses to which the portal reports what is published and archived, and every report to them."""

import uuid
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from platforms.models import Platform, SecretariatMember
from webhooks.delivery_errors import Problem
from webhooks.querysets import DeliveryQuerySet, WebhookQuerySet

COORDINATOR = SecretariatMember.Role.COORDINATOR


class Event(models.TextChoices):
    """What is told."""

    PUBLISHED = "published", _("Published")
    ARCHIVED = "archived", _("Archived")
    RESTORED = "restored", _("Restored")
    PING = "ping", _("Test")


CHOSEN = [(event.value, event.label) for event in (Event.PUBLISHED, Event.ARCHIVED, Event.RESTORED)]
"""What somebody may choose to be told."""


class Webhook(models.Model):
    """One address of a platform's own system. Its secret is shown once, when it is made."""

    class State(models.TextChoices):
        ON = "on", _("On")
        OFF = "off", _("Switched off")
        FAILING = "failing", _("Stopped: deliveries failed for days")
        GONE = "gone", _("Stopped: the server said that nobody listens there any more")

    STOPPED = (State.FAILING, State.GONE)

    platform = models.ForeignKey(Platform, on_delete=models.CASCADE, related_name="webhooks")
    url = models.CharField(_("address"), max_length=500)
    events = models.JSONField(_("events"), default=list)
    note = models.CharField(_("note"), max_length=200, blank=True)
    secret = models.TextField(editable=False)
    former_secret = models.TextField(editable=False, blank=True)
    former_until = models.DateTimeField(null=True, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ON)
    given_up = models.PositiveSmallIntegerField(_("given up in a row"), default=0)
    revision = models.PositiveIntegerField(default=1, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("entered at"), auto_now_add=True)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        constraints = [
            models.UniqueConstraint(
                fields=["platform", "url"],
                name="webhook_once_per_address",
                violation_error_message=_("This platform already has a webhook with this address."),
            )
        ]

    def __str__(self):
        return self.note or self.host

    @property
    def is_on(self):
        return self.state == self.State.ON

    @property
    def host(self):
        """The rest of the address may hold a password of the receiver, so mails and lists do without it."""
        return urlsplit(self.url).hostname

    @property
    def event_labels(self):
        return [label for code, label in CHOSEN if code in self.events]

    def secrets(self):
        """Those that sign now, as they are stored; a former one for a day, while the receiver changes over."""
        both = self.former_until is not None and timezone.now() < self.former_until
        return [self.secret, self.former_secret] if both else [self.secret]

    def coordinators(self):
        """The Users who look after it, as a queryset: those of the lowest platform of the line that has any."""
        for platform in self.platform.line():
            found = User.objects.filter(
                is_active=True, secretariats__platform=platform, secretariats__role=COORDINATOR
            ).distinct()
            if found.exists():
                return found
        return User.objects.none()

    def is_current(self):
        """For the mail that says it was stopped: True until somebody has looked after it."""
        return self.state in self.STOPPED

    def concerns(self, user):
        return user.secretariats.filter(role=COORDINATOR, platform__in=self.platform.line()).exists()


class Delivery(models.Model):
    """One event told to one webhook, again and again until it is taken or given up.

    Its primary key is the id that the receiver sees, the same at every attempt. What is sent is written at the moment
    of sending, from what is public then; nothing of it is kept here.
    """

    Event = Event

    class State(models.TextChoices):
        DUE = "due", _("To be sent")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Delivered")
        OBSOLETE = "obsolete", _("No longer true, not sent")
        FAILED = "failed", _("Given up")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    event = models.CharField(_("event"), max_length=10, choices=Event)
    content_type = models.ForeignKey(ContentType, null=True, on_delete=models.PROTECT)
    object_id = models.PositiveBigIntegerField(null=True)
    entry = GenericForeignKey()
    about = models.CharField(_("entry"), max_length=60, blank=True)
    occurred_at = models.DateTimeField(_("happened"), default=timezone.now)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DUE)
    next_try_at = models.DateTimeField(_("next try"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    tries = models.PositiveSmallIntegerField(_("attempts since it was last asked for"), default=0)
    tried_at = models.DateTimeField(_("last attempt"), null=True, blank=True)
    took_ms = models.PositiveIntegerField(_("milliseconds"), null=True, blank=True)
    answer_code = models.PositiveSmallIntegerField(_("answer"), null=True, blank=True)
    answer_text = models.CharField(_("text of the answer"), max_length=500, blank=True)
    problem = models.CharField(_("what went wrong"), max_length=20, choices=Problem, blank=True)
    detail = models.CharField(_("in the words of the system"), max_length=300, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-occurred_at", "-pk"]
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="delivery_due"),
            models.Index(fields=["webhook", "-occurred_at"], name="delivery_of_webhook"),
        ]

    def __str__(self):
        return f"{self.get_event_display()}: {self.about}" if self.about else self.get_event_display()

    @property
    def may_be_sent_again(self):
        """A test is made anew instead."""
        return self.event != Event.PING and self.state not in (self.State.DUE, self.State.SENDING)
