"""What people keep of the directory: filters, and what was told of them."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerships.models import PartnershipVersion
from vocabularies.clean_text import PARAGRAPH, ProseField


class SavedFilter(models.Model):
    """A question to the directory that somebody wants to hear of when something new answers it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_filters")
    name = models.CharField(_("name"), max_length=120)
    query = ProseField(
        _("filters"), blank=True, help_text=_("As in the address of the directory."), max_length=PARAGRAPH
    )
    created_at = models.DateTimeField(_("saved"), auto_now_add=True)
    seen_until = models.DateTimeField(
        _("looked at until"), default=timezone.now, help_text=_("What was published later is new.")
    )

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "name"],
                name="saved_filter_name_once",
                violation_error_message=_("You have already saved a filter under this name."),
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """The directory with these filters."""
        return reverse("directory:partnerships") + (f"?{self.query}" if self.query else "")


class Alert(models.Model):
    """One message about what was new for a filter."""

    saved_filter = models.ForeignKey(SavedFilter, on_delete=models.CASCADE, related_name="alerts")
    created_at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")

    def __str__(self):
        return f"{self.saved_filter}: {self.created_at:%Y-%m-%d}"

    def versions(self):
        """What it tells of, as far as it is still public."""
        told = PartnershipVersion.objects.published().filter(pk__in=self.matches.values("version"))
        return told.select_related("partnership").order_by("partnership__reference")

    def is_current(self):
        """False once nothing that it tells of is public any more."""
        return self.versions().exists()

    def concerns(self, user):
        return self.saved_filter.user_id == user.pk


class Match(models.Model):
    """A published version that answered a filter: told once, however often somebody looks."""

    saved_filter = models.ForeignKey(SavedFilter, on_delete=models.CASCADE, related_name="matches")
    version = models.ForeignKey(PartnershipVersion, on_delete=models.CASCADE, related_name="+")
    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="matches")

    class Meta:
        ordering = ["pk"]
        verbose_name = _("match")
        verbose_name_plural = _("matches")
        constraints = [models.UniqueConstraint(fields=["saved_filter", "version"], name="match_told_once")]

    def __str__(self):
        return f"{self.saved_filter}: {self.version}"
