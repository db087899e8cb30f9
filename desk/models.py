"""What the secretariats note about their work: who takes an entry, who has seen what, what readers report."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from desk.querysets import ErrorReportQuerySet
from platforms.models import Platform
from vocabularies.clean_text import REMARK, ProseField


class Assignment(models.Model):
    """Who has taken a waiting entry into their hands."""

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    object_id = models.PositiveBigIntegerField()
    entry = GenericForeignKey()
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="assignments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id"], name="assigned_once")]

    def __str__(self):
        return f"{self.content_type}/{self.object_id}: {self.to}"


class Look(models.Model):
    """What a reviewer has seen of an entry: “changed since I last looked” begins at ``revision``.

    ``revision`` stays where it is until they decide or say that they have seen the changes, however often they open
    the page meanwhile; ``opened_revision`` is what the page showed them last.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    object_id = models.PositiveBigIntegerField()
    entry = GenericForeignKey()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="looks")
    revision = models.PositiveIntegerField(null=True)
    opened_revision = models.PositiveIntegerField()
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id", "user"], name="look_once")]

    def __str__(self):
        return f"{self.user}: {self.content_type}/{self.object_id} r{self.opened_revision}"


class ErrorReport(models.Model):
    """What a reader says is wrong on a public page; ``platform`` takes care of it."""

    address = models.CharField(_("page"), max_length=300)
    text = ProseField(_("what is wrong"), max_length=REMARK)
    email = models.EmailField(_("e-mail address"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    content_type = models.ForeignKey(ContentType, null=True, on_delete=models.PROTECT)
    object_id = models.PositiveBigIntegerField(null=True)
    about = GenericForeignKey()
    platform = models.ForeignKey(Platform, null=True, on_delete=models.PROTECT, related_name="error_reports")
    created_at = models.DateTimeField(_("reported"), auto_now_add=True)
    answer = ProseField(_("what was done"), blank=True, max_length=REMARK)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    closed_at = models.DateTimeField(null=True)

    objects = ErrorReportQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("reported error")
        verbose_name_plural = _("reported errors")

    def __str__(self):
        return self.text[:60]
