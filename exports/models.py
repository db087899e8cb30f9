"""Large downloads, which are made behind the scenes."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exports.querysets import ExportJobQuerySet
from notices.leases import lost_before
from reviews.models import ReviewEvent
from reviews.states import State as ReviewState
from vocabularies.clean_text import PARAGRAPH, ProseField

KEPT = timedelta(days=7)
MOST_BEGUN = 3
"""So often it is begun; whoever worked on it may have died of the file itself."""


def new_token():
    return secrets.token_hex(20)


def in_a_week():
    return timezone.now() + KEPT


class ExportJob(models.Model):
    """A download that is being made, or waits to be fetched; its address is known only to who asked for it.

    Everything in it is public, but what somebody looks for is theirs.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        WORKING = "working", _("Being made")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Could not be made")

    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    kind = models.CharField(_("format"), max_length=10)
    query = ProseField(_("what was asked for"), blank=True, help_text=_("As a query string."), max_length=PARAGRAPH)
    language = models.CharField(_("language of the labels"), max_length=2, choices=settings.LANGUAGES)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(_("partnerships written"), default=0)
    total = models.PositiveIntegerField(_("partnerships in all"), default=0)
    begun = models.PositiveSmallIntegerField(_("how often it was begun"), default=0)
    file = models.FileField(_("file"), upload_to="exports/", blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("asked for at"), auto_now_add=True)
    read_at = models.DateTimeField(_("as of"), null=True, blank=True)
    changed_at = models.DateTimeField(_("last sign of life"), default=timezone.now)
    expires_at = models.DateTimeField(_("kept until"), default=in_a_week)

    objects = ExportJobQuerySet.as_manager()

    class Meta:
        db_table = "api_exportjob"  # older than this app
        ordering = ["-created_at", "-pk"]
        verbose_name = _("download")
        verbose_name_plural = _("downloads")
        indexes = [models.Index(fields=["expires_at"], name="export_expiry")]

    def __str__(self):
        return f"{self.kind} {self.created_at:%Y-%m-%d %H:%M}"

    @property
    def is_ready(self):
        return self.state == self.State.READY

    @property
    def is_under_way(self):
        return self.state in (self.State.WAITING, self.State.WORKING)

    @property
    def has_stalled(self):
        """Whether whoever worked on it has died; it waits for the next one."""
        return self.state == self.State.WORKING and self.changed_at < lost_before()

    @property
    def was_interrupted(self):
        """Whether one who made it has died."""
        return self.begun > (1 if self.state == self.State.WORKING else 0)

    @property
    def is_overtaken(self):
        """Whether something was archived since it was read: that must be gone from every file."""
        return (
            bool(self.read_at)
            and ReviewEvent.objects.filter(to_state=ReviewState.ARCHIVED, created_at__gte=self.read_at).exists()
        )

    @property
    def is_fetchable(self):
        return self.is_ready and self.expires_at > timezone.now() and not self.is_overtaken

    def is_current(self):
        """Whether a mail about it still helps."""
        return self.is_fetchable or (self.state == self.State.FAILED and self.expires_at > timezone.now())

    def concerns(self, user):
        return self.requested_by_id == user.pk
