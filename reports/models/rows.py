"""The rows of a report: chosen terms, supporters, objectives, results, files."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from partnerships.models.base import NarrativeRow, OrganisationRow, ResultRow, SourceRow
from partnerships.models.files import AttachmentRow
from reviews.models import Row, TranslationRow, UnansweredRow
from vocabularies.clean_text import PARAGRAPH, ProseField
from vocabularies.models import Term, TermList

VERSION = "reports.ReportVersion"

CHOICE_LISTS = (
    TermList.MENTOR_MOTIVATION,
    TermList.MENTEE_MOTIVATION,
    TermList.SUPPORT_TYPE,
    TermList.IMPROVEMENT_AREA,
    TermList.ACTIVITY,
    TermList.SUCCESS_FACTOR,
    TermList.IMPEDING_FACTOR,
)
"""The questions of the form that are answered by choosing terms."""


class ReportChoice(Row):
    """A chosen term; its list says which question it answers. ``Other`` asks which."""

    version = models.ForeignKey(VERSION, on_delete=models.CASCADE, related_name="choices")
    term = models.ForeignKey(
        Term,
        verbose_name=_("answer"),
        on_delete=models.PROTECT,
        related_name="chosen_in",
        limit_choices_to={"list__in": [str(name) for name in CHOICE_LISTS]},
    )
    explanation = ProseField(_("in own words"), blank=True, max_length=PARAGRAPH)

    class Meta(Row.Meta):
        verbose_name = _("chosen answer")
        verbose_name_plural = _("chosen answers")
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(
                fields=["version", "term"],
                name="term_chosen_once",
                violation_error_message=_("This answer is already chosen."),
            ),
        ]

    def __str__(self):
        return str(self.term)

    def clean(self):
        if self.term_id and self.term.is_other and not self.explanation:
            raise ValidationError({"explanation": _("Say which.")})


class ReportSupporter(OrganisationRow):
    """Who facilitated or supported the WOP in this period."""

    class Role(models.TextChoices):
        FACILITATOR = "facilitator", _("Facilitator")
        SUPPORTER = "supporter", _("Supporting organisation")

    version = models.ForeignKey(VERSION, on_delete=models.CASCADE, related_name="supporters")
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.SUPPORTER)
    support = models.CharField(_("support given"), max_length=300, blank=True)

    class Meta(OrganisationRow.Meta):
        verbose_name = _("supporter")
        verbose_name_plural = _("supporters")


class ReportObjective(NarrativeRow):
    version = models.ForeignKey(VERSION, on_delete=models.CASCADE, related_name="objectives")
    text = ProseField(_("objective"), max_length=PARAGRAPH)

    class Meta(NarrativeRow.Meta):
        verbose_name = _("objective")
        verbose_name_plural = _("objectives")

    def __str__(self):
        return self.text[:80]


class ReportResult(ResultRow):
    """A result of the period; ``track_key`` is the key of an improvement track of the WOP."""

    version = models.ForeignKey(VERSION, on_delete=models.CASCADE, related_name="results")
    track_key = models.UUIDField(_("improvement track"), null=True, blank=True)
    track_title = models.CharField(_("title of the track then"), max_length=200, blank=True)

    titles_beside = {"track_key": "track_title"}

    class Meta(ResultRow.Meta):
        verbose_name = _("result")
        verbose_name_plural = _("results")

    @property
    def is_empty(self):
        """Whether it names a track and says nothing of it."""
        measured = (self.baseline, self.latest, self.target)
        return not (self.text or self.indicator_id or any(value is not None for value in measured))


class ReportAttachment(AttachmentRow):
    version = models.ForeignKey(VERSION, on_delete=models.CASCADE, related_name="attachments")

    class Meta(AttachmentRow.Meta):
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")


class ReportSource(SourceRow):
    version = models.ForeignKey(VERSION, on_delete=models.CASCADE, related_name="sources")

    class Meta(SourceRow.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")


class ReportTranslation(TranslationRow):
    version = models.ForeignKey(VERSION, on_delete=models.CASCADE, related_name="translations")

    class Meta(TranslationRow.Meta):
        verbose_name = _("translation")
        verbose_name_plural = _("translations")


class ReportUnanswered(UnansweredRow):
    version = models.ForeignKey(VERSION, on_delete=models.CASCADE, related_name="unanswered")

    class Meta(UnansweredRow.Meta):
        verbose_name = _("open question")
        verbose_name_plural = _("open questions")
        constraints = [
            *UnansweredRow.Meta.constraints,
            models.UniqueConstraint(fields=["version", "question"], name="report_question_once"),
        ]
