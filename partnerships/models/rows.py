"""The other rows of a version: each is one thing that a partnership may have several of."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.names import plain_name
from operators.models import Organisation
from partnerships.models.base import NarrativeRow, SourceRow
from partnerships.models.identity import Partnership
from partnerships.models.involvement import Involvement
from partnerships.querysets import TranslationQuerySet
from platforms.models import Platform, Programme
from reviews.models import Row, TranslationRow, UnansweredRow
from vocabularies.clean_text import PARAGRAPH, ProseField
from vocabularies.models import SdgTarget
from vocabularies.partial_dates import PartialDate, PartialDateField, in_order
from vocabularies.web_addresses import LinkField

VERSION = "partnerships.PartnershipVersion"


class NamedPlatform(Row):
    """A platform that the entry names; the first one reviews it."""

    version = models.ForeignKey(VERSION, on_delete=models.CASCADE, related_name="named_platforms")
    platform = models.ForeignKey(
        Platform, verbose_name=_("platform"), on_delete=models.PROTECT, related_name="named_in"
    )

    class Meta(Row.Meta):
        verbose_name = _("named platform")
        verbose_name_plural = _("named platforms")
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(
                fields=["version", "platform"],
                name="platform_named_once",
                violation_error_message=_("This platform is already named."),
            ),
        ]

    def __str__(self):
        return str(self.platform)


class NamedProgramme(Row):
    """A programme under which the WOP is funded."""

    version = models.ForeignKey(VERSION, on_delete=models.CASCADE, related_name="named_programmes")
    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="named_in"
    )

    class Meta(Row.Meta):
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(
                fields=["version", "programme"],
                name="programme_named_once",
                violation_error_message=_("This programme is already named."),
            ),
        ]

    def __str__(self):
        return str(self.programme)


class Phase(NarrativeRow):
    version = models.ForeignKey(VERSION, on_delete=models.CASCADE, related_name="phases")
    title = models.CharField(_("title"), max_length=200)
    description = ProseField(_("description"), blank=True, max_length=PARAGRAPH)
    starts_on = PartialDateField(_("start"))
    ends_on = PartialDateField(_("end"))

    class Meta(NarrativeRow.Meta):
        verbose_name = _("phase")
        verbose_name_plural = _("phases")

    def __str__(self):
        return self.title

    def clean(self):
        if not in_order(self.starts_on, self.ends_on):
            raise ValidationError({"ends_on": _("The end lies before the start.")})


class PhasePartner(Row):
    """One of those involved in the WOP, in a phase that not all of them share."""

    version = models.ForeignKey(VERSION, on_delete=models.CASCADE, related_name="phase_partners")
    phase = models.ForeignKey(Phase, verbose_name=_("phase"), on_delete=models.CASCADE, related_name="+")
    involvement = models.ForeignKey(Involvement, verbose_name=_("partner"), on_delete=models.CASCADE, related_name="+")

    class Meta(Row.Meta):
        verbose_name = _("partner in a phase")
        verbose_name_plural = _("partners in phases")
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(
                fields=["version", "phase", "involvement"],
                name="phase_partner_once",
                violation_error_message=_("This partner is already named for the phase."),
            ),
        ]

    def __str__(self):
        return f"{self.phase}: {self.involvement}"


class Milestone(NarrativeRow):
    version = models.ForeignKey(VERSION, on_delete=models.CASCADE, related_name="milestones")
    text = ProseField(_("what happened"), max_length=PARAGRAPH)
    happened_on = PartialDateField(_("date"))
    ended_on = PartialDateField(_("last day"), help_text=_("Only when it took several days."))

    class Meta(NarrativeRow.Meta):
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")

    def __str__(self):
        return self.text[:80]

    def clean(self):
        if self.ended_on and not self.happened_on:
            raise ValidationError({"happened_on": _("Write the first day too.")})
        if not in_order(self.happened_on, self.ended_on):
            raise ValidationError({"ended_on": _("The end lies before the start.")})


class Agreement(Row):
    """What the partners signed."""

    version = models.ForeignKey(VERSION, on_delete=models.CASCADE, related_name="agreements")
    title = models.CharField(_("title"), max_length=200, blank=True)
    signed_on = PartialDateField(_("signed on"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    signatories = models.CharField(_("signatories"), max_length=500, blank=True)
    url = LinkField(_("address"), max_length=500, blank=True)
    phase = models.ForeignKey(
        Phase, verbose_name=_("phase"), null=True, blank=True, on_delete=models.SET_NULL, related_name="agreements"
    )

    class Meta(Row.Meta):
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")

    def __str__(self):
        when = PartialDate(self.signed_on).localised()
        return self.title or ", ".join(part for part in (str(_("Agreement")), when, self.place) if part)


class Signature(Row):
    """Who of those involved signed an agreement; whoever is not in the entry stands in its ``signatories``."""

    version = models.ForeignKey(VERSION, on_delete=models.CASCADE, related_name="signatures")
    agreement = models.ForeignKey(Agreement, verbose_name=_("agreement"), on_delete=models.CASCADE, related_name="+")
    involvement = models.ForeignKey(Involvement, verbose_name=_("partner"), on_delete=models.CASCADE, related_name="+")

    class Meta(Row.Meta):
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(
                fields=["version", "agreement", "involvement"],
                name="signature_once",
                violation_error_message=_("This partner is already named for the agreement."),
            ),
        ]

    def __str__(self):
        return f"{self.agreement}: {self.involvement}"


class Objective(NarrativeRow):
    version = models.ForeignKey(VERSION, on_delete=models.CASCADE, related_name="objectives")
    text = ProseField(_("objective"), max_length=PARAGRAPH)

    class Meta(NarrativeRow.Meta):
        verbose_name = _("objective")
        verbose_name_plural = _("objectives")

    def __str__(self):
        return self.text[:80]


class SdgRow(Row):
    """A Sustainable Development Goal or target that the WOP works towards."""

    version = models.ForeignKey(VERSION, on_delete=models.CASCADE, related_name="sdg_targets")
    target = models.ForeignKey(SdgTarget, verbose_name=_("goal or target"), on_delete=models.PROTECT, related_name="+")

    class Meta(Row.Meta):
        verbose_name = _("SDG target")
        verbose_name_plural = _("SDG targets")
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(
                fields=["version", "target"],
                name="sdg_target_once",
                violation_error_message=_("This target is already named."),
            ),
        ]

    def __str__(self):
        return str(self.target)


class Link(Row):
    same_in_all_languages = ("title",)

    version = models.ForeignKey(VERSION, on_delete=models.CASCADE, related_name="links")
    title = models.CharField(_("title"), max_length=300)
    url = LinkField(_("address"), max_length=500)

    class Meta(Row.Meta):
        verbose_name = _("link")
        verbose_name_plural = _("links")

    def __str__(self):
        return self.title


class Source(SourceRow):
    version = models.ForeignKey(VERSION, on_delete=models.CASCADE, related_name="sources")

    class Meta(SourceRow.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")


class RelatedPartnership(Row):
    """An earlier or later WOP of the same pair."""

    class Relation(models.TextChoices):
        EARLIER = "earlier", _("Earlier WOP")
        LATER = "later", _("Later WOP")

    version = models.ForeignKey(VERSION, on_delete=models.CASCADE, related_name="related")
    partnership = models.ForeignKey(
        Partnership, verbose_name=_("partnership"), on_delete=models.PROTECT, related_name="related_from"
    )
    relation = models.CharField(_("relation"), max_length=10, choices=Relation)

    class Meta(Row.Meta):
        verbose_name = _("related partnership")
        verbose_name_plural = _("related partnerships")
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(
                fields=["version", "partnership"],
                name="related_once",
                violation_error_message=_("This partnership is already listed."),
            ),
        ]

    def __str__(self):
        return f"{self.get_relation_display()}: {self.partnership}"


class Quotation(Row):
    """Exact words of a person: only with their consent, or cited from a published source."""

    same_in_all_languages = ("speaker", "source_title")
    quoted = ("text",)

    version = models.ForeignKey(VERSION, on_delete=models.CASCADE, related_name="quotations")
    text = ProseField(_("words"), max_length=PARAGRAPH)
    language = models.CharField(_("language"), max_length=10, blank=True)
    speaker = models.CharField(_("speaker"), max_length=150, blank=True, validators=[plain_name])
    function = models.CharField(_("function"), max_length=200, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="quotations",
    )
    has_consent = models.BooleanField(_("the speaker agreed"), default=False)
    source_title = models.CharField(_("published in"), max_length=300, blank=True)
    source_url = LinkField(_("address"), max_length=500, blank=True)

    class Meta(Row.Meta):
        verbose_name = _("quotation")
        verbose_name_plural = _("quotations")
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                name="quotation_may_be_shown",
                condition=models.Q(has_consent=True) | ~models.Q(source_title="", source_url=""),
                violation_error_message=_("Quote only with the speaker's consent or from a published source."),
            ),
        ]

    def __str__(self):
        return self.text[:80]

    def language_of(self, name):
        return self.language if name in self.quoted else ""


class PartnershipTranslation(TranslationRow):
    version = models.ForeignKey(VERSION, on_delete=models.CASCADE, related_name="translations")

    objects = TranslationQuerySet.as_manager()

    class Meta(TranslationRow.Meta):
        verbose_name = _("translation")
        verbose_name_plural = _("translations")


class PartnershipUnanswered(UnansweredRow):
    version = models.ForeignKey(VERSION, on_delete=models.CASCADE, related_name="unanswered")

    class Meta(UnansweredRow.Meta):
        verbose_name = _("open question")
        verbose_name_plural = _("open questions")
        constraints = [
            *UnansweredRow.Meta.constraints,
            models.UniqueConstraint(fields=["version", "question"], name="partnership_question_once"),
        ]
