"""What the partners plan for their improvement tracks: targets, teams, work; and how they assess it."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from partnerships.models.base import NarrativeRow
from partnerships.models.involvement import Involvement
from partnerships.models.rows import VERSION
from partnerships.models.tracks import Track
from reviews.models import Row
from vocabularies.clean_text import PARAGRAPH, ProseField
from vocabularies.models import Indicator
from vocabularies.partial_dates import PartialDateField, in_order


class Target(NarrativeRow):
    """What is to be reached in one track, or by the WOP as a whole: an indicator or own words, how much, by when."""

    same_in_all_languages = ("unit",)

    version = models.ForeignKey(VERSION, on_delete=models.CASCADE, related_name="targets")
    track = models.ForeignKey(
        Track,
        verbose_name=_("improvement track"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="targets",
        help_text=_("Empty: of the partnership as a whole."),
    )
    indicator = models.ForeignKey(
        Indicator, verbose_name=_("indicator"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    text = ProseField(_("what is to be reached"), blank=True, max_length=PARAGRAPH)
    value = models.DecimalField(_("target value"), max_digits=18, decimal_places=4, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    due_on = PartialDateField(_("by when"))

    class Meta(NarrativeRow.Meta):
        verbose_name = _("target")
        verbose_name_plural = _("targets")

    def __str__(self):
        return (self.text or str(self.indicator or _("target")))[:80]

    def clean(self):
        wrong = {}
        if self.value is not None and not self.unit:
            wrong["unit"] = _("A number needs its unit.")
        if not self.text and not self.indicator_id:
            wrong["text"] = _("Choose an indicator, or say in your own words what is to be reached.")
        if wrong:
            raise ValidationError(wrong)


class TeamFunction(Row):
    """A function in the team of one track, or of the WOP as a whole, on the side of one partner; never a person."""

    version = models.ForeignKey(VERSION, on_delete=models.CASCADE, related_name="teams")
    track = models.ForeignKey(
        Track,
        verbose_name=_("improvement track"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="teams",
        help_text=_("Empty: of the partnership as a whole."),
    )
    involvement = models.ForeignKey(
        Involvement, verbose_name=_("partner"), on_delete=models.CASCADE, related_name="teams"
    )
    function = models.CharField(_("function"), max_length=200, help_text=_("Never the name of a person."))
    people = models.PositiveSmallIntegerField(
        _("number of people"), null=True, blank=True, validators=[MinValueValidator(1)]
    )

    class Meta(Row.Meta):
        verbose_name = _("function in a team")
        verbose_name_plural = _("teams")

    def __str__(self):
        return self.function


class WorkState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    UNDER_WAY = "under-way", _("Under way")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


class PlannedWork(NarrativeRow):
    """A line of the work plan: what is done in one track, or for the WOP as a whole, by whom and when."""

    version = models.ForeignKey(VERSION, on_delete=models.CASCADE, related_name="work_plan")
    track = models.ForeignKey(
        Track,
        verbose_name=_("improvement track"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="work_plan",
        help_text=_("Empty: of the partnership as a whole."),
    )
    text = ProseField(_("what is done"), max_length=PARAGRAPH)
    involvement = models.ForeignKey(
        Involvement,
        verbose_name=_("partner"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="work_plan",
        help_text=_("Who does it, of those involved."),
    )
    who = models.CharField(_("who, in words"), max_length=200, blank=True)
    starts_on = PartialDateField(_("from"))
    ends_on = PartialDateField(_("until"))
    state = models.CharField(
        _("state"), max_length=12, choices=WorkState, blank=True, help_text=_("Empty: not stated.")
    )

    class Meta(NarrativeRow.Meta):
        verbose_name = _("line of the work plan")
        verbose_name_plural = _("work plan")

    def __str__(self):
        return self.text[:80]

    def clean(self):
        if not in_order(self.starts_on, self.ends_on):
            raise ValidationError({"ends_on": _("The end lies before the start.")})


class Assessment(NarrativeRow):
    """The partners looked at how far they are: what they found, and what they changed because of it."""

    version = models.ForeignKey(VERSION, on_delete=models.CASCADE, related_name="assessments")
    held_on = PartialDateField(_("date"))
    text = ProseField(_("what was found"), max_length=PARAGRAPH)
    changes = ProseField(_("what changed because of it"), blank=True, max_length=PARAGRAPH)

    class Meta(NarrativeRow.Meta):
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")

    def __str__(self):
        return self.text[:80]
