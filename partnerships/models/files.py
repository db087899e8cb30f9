"""Files: stored once and never changed, shared by versions, or only referred to."""

from django.conf import global_settings, settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from reviews.models import Row
from vocabularies.choice_messages import choose_from, list_of
from vocabularies.web_addresses import LinkField

KNOWN_LANGUAGES = tuple(code for code, _name in global_settings.LANGUAGES)
"""Codes of the languages that Django can name: those that a file may be in."""


class StoredFile(models.Model):
    """Bytes that were uploaded. They go only when no row of any version points to them."""

    file = models.FileField(_("file"), upload_to="attachments/%Y/")
    name = models.CharField(_("name"), max_length=200)
    size = models.PositiveBigIntegerField(_("size"), help_text=_("Bytes."))
    media_type = models.CharField(_("type"), max_length=100)
    sha256 = models.CharField("SHA-256", max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("stored file")
        verbose_name_plural = _("stored files")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """Its download, for those who may read an entry that shows it."""
        return reverse("file", args=[self.pk, self.name])


class AttachmentRow(Row):
    """A stored file with its description, or a reference to one that the portal does not hold."""

    same_in_all_languages = ("stated_type", "stated_size")

    description = models.CharField(_("description"), max_length=300)
    language = models.CharField(_("language"), max_length=10, blank=True)
    stored_file = models.ForeignKey(
        StoredFile, verbose_name=_("file"), null=True, blank=True, on_delete=models.PROTECT, related_name="%(class)ss"
    )
    stated_type = models.CharField(_("type as stated"), max_length=50, blank=True)
    stated_size = models.CharField(_("size as stated"), max_length=50, blank=True)
    url = LinkField(_("address"), max_length=500, blank=True)

    class Meta(Row.Meta):
        abstract = True

    def __str__(self):
        return self.description

    def clean(self):
        if self.language and self.language not in KNOWN_LANGUAGES:
            raise ValidationError({"language": choose_from(list_of(self._meta.get_field("language")))})


class PartnershipAttachment(AttachmentRow):
    version = models.ForeignKey("partnerships.PartnershipVersion", on_delete=models.CASCADE, related_name="attachments")

    class Meta(AttachmentRow.Meta):
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
