"""The permanent part of a report: about which WOP, of which kind, for which period."""

from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partnerships.models import Partnership
from reports.querysets import ReportQuerySet

FINAL, UNKNOWN = "final", "unknown"
period_key = RegexValidator(
    r"^([0-9]{4}(-(H[12]|Q[1-4]|0[1-9]|1[0-2]))?|final|unknown)\Z",
    _("Write a year (2015), half a year (2015-H1), a quarter (2015-Q3), a month (2015-07), “final” or “unknown”."),
)


class Kind(models.TextChoices):
    PERIODIC = "periodic", _("Periodic report")
    FINAL = "final", _("Final report")
    FOLLOW_UP = "follow-up", _("Follow-up report")


KINDS = _("kind of report")
"""What the list of ``Kind`` is called."""


class Report(models.Model):
    """One report of one partnership; its primary key is its address."""

    partnership = models.ForeignKey(
        Partnership, verbose_name=_("partnership"), on_delete=models.PROTECT, related_name="reports"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.PERIODIC)
    period = models.CharField(_("period"), max_length=10, validators=[period_key])
    created_at = models.DateTimeField(_("entered at"), auto_now_add=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["partnership", "period", "kind"]
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "kind", "period"],
                name="report_once_per_period",
                violation_error_message=_("There is already a report of this kind for this period."),
            )
        ]

    def __str__(self):
        return f"{self.partnership}: {self.get_kind_display()}, {self.period_label}"

    def get_absolute_url(self):
        return reverse("directory:report", args=[self.pk])

    @property
    def period_label(self):
        if self.period == UNKNOWN:
            return _("period not stated")
        return _("end of the partnership") if self.period == FINAL else self.period

    @property
    def recency(self):
        """Sorts reports by what they cover: unknown first, then by period, the final one, follow-ups last."""
        rank = 0 if self.period == UNKNOWN else 2 if self.kind == Kind.FINAL else 1
        if self.kind == Kind.FOLLOW_UP:
            rank = 3
        return rank, self.period, self.pk or 0
