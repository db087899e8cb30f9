"""Improvement tracks and what came of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from partnerships.models.base import NarrativeRow, ResultRow
from partnerships.models.rows import Phase
from vocabularies.clean_text import PARAGRAPH, ProseField
from vocabularies.models import ImprovementArea


class TrackState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    UNDER_WAY = "under-way", _("Under way")
    COMPLETED = "completed", _("Completed")
    DROPPED = "dropped", _("Dropped")


class Track(NarrativeRow):
    """One line of work. With an area alone, the source names a topic and nothing more."""

    version = models.ForeignKey("partnerships.PartnershipVersion", on_delete=models.CASCADE, related_name="tracks")
    area = models.ForeignKey(
        ImprovementArea,
        verbose_name=_("improvement area"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    title = models.CharField(_("title"), max_length=200, blank=True)
    description = ProseField(_("description"), blank=True, max_length=PARAGRAPH)
    state = models.CharField(
        _("state"), max_length=12, choices=TrackState, blank=True, help_text=_("Empty: not stated.")
    )
    phase = models.ForeignKey(
        Phase, verbose_name=_("phase"), null=True, blank=True, on_delete=models.SET_NULL, related_name="tracks"
    )

    class Meta(NarrativeRow.Meta):
        verbose_name = _("improvement track")
        verbose_name_plural = _("improvement tracks")

    def __str__(self):
        return self.title or str(self.area or _("improvement track"))


class TrackResult(ResultRow):
    """A result of one track, or of the WOP as a whole. What is to be reached has rows of its own (Target)."""

    target = target_on = None

    version = models.ForeignKey("partnerships.PartnershipVersion", on_delete=models.CASCADE, related_name="results")
    track = models.ForeignKey(
        Track,
        verbose_name=_("improvement track"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="results",
        help_text=_("Empty: of the partnership as a whole."),
    )

    class Meta(ResultRow.Meta):
        verbose_name = _("result")
        verbose_name_plural = _("results")
