"""The permanent part of a WOP: its reference, who may edit it, who confirmed it."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from operators.models import Organisation
from partnerships.querysets import NEVER_DELETED, ConfirmationQuerySet, PartnershipQuerySet
from platforms.models import Platform
from vocabularies.clean_text import REMARK, ProseField


class ReferenceCounter(models.Model):
    """The last number given: one row, so that a number is never given twice."""

    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("reference counter")
        verbose_name_plural = _("reference counters")

    def __str__(self):
        return Partnership.reference_of(self.last)

    @classmethod
    @transaction.atomic
    def take(cls):
        """The next free number."""
        cls.objects.get_or_create(pk=1)
        cls.objects.filter(pk=1).update(last=F("last") + 1)
        return cls.objects.get(pk=1).last

    @classmethod
    @transaction.atomic
    def raise_to(cls, number):
        """Numbers up to ``number`` were given elsewhere."""
        cls.objects.get_or_create(pk=1)
        cls.objects.filter(pk=1, last__lt=number).update(last=number)


class Partnership(models.Model):
    """A WOP. Its reference is given at creation and never reused, so it is never deleted."""

    reference = models.CharField(_("reference"), max_length=12, unique=True, editable=False)
    loaded_as = models.CharField(
        _("reference in the register's files"),
        max_length=12,
        null=True,
        unique=True,
        editable=False,
        help_text=_("Where somebody had entered a WOP under that reference before, it has another one here."),
    )
    slug = models.SlugField(_("address"), max_length=120, blank=True)
    entered_by = models.ForeignKey(
        Platform,
        verbose_name=_("written by the secretariat of"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("It entered the WOP, or took it up, for operators without accounts."),
    )
    created_at = models.DateTimeField(_("entered at"), auto_now_add=True)

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        ordering = ["reference"]
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")

    def __str__(self):
        return self.reference

    def save(self, *args, **kwargs):
        if not self.reference:
            self.reference = self.reference_of(ReferenceCounter.take())
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise ValidationError(NEVER_DELETED)

    @staticmethod
    def reference_of(number):
        return f"WOP-{number:04d}"


class Participant(models.Model):
    """An organisation whose members may edit the WOP; a draft's rows never decide that."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="participants")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="participations"
    )
    since = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "organisation"],
                name="participant_once",
                violation_error_message=_("This organisation already takes part."),
            )
        ]

    def __str__(self):
        return str(self.organisation)


class Confirmation(models.Model):
    """What an organisation said about an entry as it read then; counts only while the content is the same."""

    class Answer(models.TextChoices):
        CONFIRMS = "confirms", _("Confirms the entry")
        DIFFERS = "differs", _("Reports a difference")

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    object_id = models.PositiveBigIntegerField()
    entry = GenericForeignKey()
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="confirmations"
    )
    fingerprint = models.CharField(_("fingerprint of the content"), max_length=64)
    answer = models.CharField(_("answer"), max_length=10, choices=Answer)
    text = ProseField(_("where it differs"), blank=True, max_length=REMARK)
    may_be_shown = models.BooleanField(_("the text may be shown"), default=False)
    created_at = models.DateTimeField(_("at"), auto_now_add=True)

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("confirmation")
        verbose_name_plural = _("confirmations")
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "organisation", "fingerprint"],
                name="confirmation_once",
                violation_error_message=_("This organisation has already answered."),
            )
        ]

    def __str__(self):
        return f"{self.organisation}: {self.get_answer_display()}"

    def is_current(self):
        """A mail about a difference is not sent once the organisation has thought better of it."""
        return self.answer == self.Answer.DIFFERS

    def clean(self):
        if self.answer == self.Answer.DIFFERS and not self.text:
            raise ValidationError({"text": _("Say what differs, and how it should read.")})
