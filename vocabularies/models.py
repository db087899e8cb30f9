"""Every editable list of the portal, and the countries and areas of the world.

Terms are what people read; a value on which code branches is a ``TextChoices`` instead.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from vocabularies.localised import Labelled, Named
from vocabularies.querysets import NEVER_DELETED, CountryQuerySet, SynonymQuerySet, TermManager

OTHER = "other"
"""The code of the term that always asks: which?"""


class TermList(models.TextChoices):
    AREA_GROUP = "area_group", _("Groups of improvement areas")
    IMPROVEMENT_AREA = "improvement_area", _("Improvement areas")
    MENTOR_MOTIVATION = "mentor_motivation", _("Motivations of mentors")
    MENTEE_MOTIVATION = "mentee_motivation", _("Motivations of mentees")
    SUPPORT_TYPE = "support_type", _("Types of support")
    ACTIVITY = "activity", _("Types of activities")
    SUCCESS_FACTOR = "success_factor", _("Factors of success")
    IMPEDING_FACTOR = "impeding_factor", _("Impeding factors")
    INDICATOR = "indicator", _("Indicators")
    SDG = "sdg", _("Sustainable Development Goals and targets")


PARENT_LISTS = {TermList.IMPROVEMENT_AREA: TermList.AREA_GROUP, TermList.SDG: TermList.SDG}
"""The list to which the parents of a list's terms belong; a list not named here has no parents."""


class Term(Labelled):
    """An entry of a list. ``code`` is for machines and never changes, labels are for people."""

    own_list = None

    list = models.CharField(_("list"), max_length=20, choices=TermList)
    code = models.CharField(
        _("code"),
        max_length=60,
        validators=[RegexValidator(r"^[a-z0-9]+([-.][a-z0-9]+)*$", _("Small letters and digits, joined by hyphens."))],
        help_text=_("Stays the same for ever: data and addresses use it."),
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("belongs to"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        limit_choices_to={"list__in": [str(name) for name in PARENT_LISTS.values()]},
        help_text=_("The group of an improvement area, the goal of a target."),
    )
    unit = models.CharField(_("usual unit"), max_length=40, blank=True, help_text=_("For indicators."))
    position = models.PositiveIntegerField(_("position"), default=0)
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("An inactive term is no longer offered; entries that use it keep it.")
    )

    objects = TermManager()

    class Meta:
        ordering = ["list", "position", "code"]
        # So that a foreign key to a proxy refuses the terms of other lists in full_clean() too.
        base_manager_name = "objects"
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        constraints = [
            models.UniqueConstraint(
                fields=["list", "code"],
                name="term_code_once_per_list",
                violation_error_message=_("This list already has a term with this code."),
            ),
            models.CheckConstraint(name="term_of_known_list", condition=models.Q(list__in=TermList.values)),
        ]

    def save(self, *args, **kwargs):
        self._join_own_list()
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise ValidationError(NEVER_DELETED)

    def clean_fields(self, exclude=None):
        self._join_own_list()
        super().clean_fields(exclude=exclude)

    def clean(self):
        if self.parent and self.parent.list != PARENT_LISTS.get(self.list):
            raise ValidationError({"parent": _("A term of this list cannot belong to that one.")})

    @classmethod
    def input_labels(cls):
        """{name: label} of the inputs of forms that are called after a list."""
        return dict(cls._meta.get_field("list").flatchoices)

    @property
    def is_other(self):
        """Whether choosing it asks for an explanation in own words."""
        return self.code == OTHER

    def _join_own_list(self):
        self.list = self.own_list or self.list


class AreaGroup(Term):
    own_list = TermList.AREA_GROUP

    class Meta:
        proxy = True
        verbose_name = _("group of improvement areas")
        verbose_name_plural = TermList.AREA_GROUP.label


class ImprovementArea(Term):
    own_list = TermList.IMPROVEMENT_AREA

    class Meta:
        proxy = True
        verbose_name = _("improvement area")
        verbose_name_plural = TermList.IMPROVEMENT_AREA.label


class MentorMotivation(Term):
    own_list = TermList.MENTOR_MOTIVATION

    class Meta:
        proxy = True
        verbose_name = _("motivation of a mentor")
        verbose_name_plural = TermList.MENTOR_MOTIVATION.label


class MenteeMotivation(Term):
    own_list = TermList.MENTEE_MOTIVATION

    class Meta:
        proxy = True
        verbose_name = _("motivation of a mentee")
        verbose_name_plural = TermList.MENTEE_MOTIVATION.label


class SupportType(Term):
    own_list = TermList.SUPPORT_TYPE

    class Meta:
        proxy = True
        verbose_name = _("type of support")
        verbose_name_plural = TermList.SUPPORT_TYPE.label


class Activity(Term):
    own_list = TermList.ACTIVITY

    class Meta:
        proxy = True
        verbose_name = _("type of activity")
        verbose_name_plural = TermList.ACTIVITY.label


class SuccessFactor(Term):
    own_list = TermList.SUCCESS_FACTOR

    class Meta:
        proxy = True
        verbose_name = _("factor of success")
        verbose_name_plural = TermList.SUCCESS_FACTOR.label


class ImpedingFactor(Term):
    own_list = TermList.IMPEDING_FACTOR

    class Meta:
        proxy = True
        verbose_name = _("impeding factor")
        verbose_name_plural = TermList.IMPEDING_FACTOR.label


class Indicator(Term):
    own_list = TermList.INDICATOR

    class Meta:
        proxy = True
        verbose_name = _("indicator")
        verbose_name_plural = TermList.INDICATOR.label


class SdgTarget(Term):
    own_list = TermList.SDG

    class Meta:
        proxy = True
        verbose_name = _("goal or target")
        verbose_name_plural = TermList.SDG.label


class Area(Named):
    """A geographical area of the United Nations standard M49, from the world down to the Caribbean.

    The areas are not quite a tree: the Caribbean and Central America lie in Latin America and the
    Caribbean and, besides, in North America. ``also_in`` is that second area.
    """

    code = models.CharField(
        _("code"), max_length=3, primary_key=True, validators=[RegexValidator(r"^\d{3}$", _("Three digits."))]
    )
    parent = models.ForeignKey(
        "self", verbose_name=_("lies in"), null=True, blank=True, on_delete=models.PROTECT, related_name="parts"
    )
    also_in = models.ForeignKey(
        "self", verbose_name=_("lies also in"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    lineage = models.CharField(max_length=60, editable=False)

    class Meta:
        ordering = ["code"]
        verbose_name = _("area")
        verbose_name_plural = _("areas")

    def save(self, *args, **kwargs):
        """``lineage`` spells the codes out, so that lists and SQL need not climb: ``/029/003/419/019/001/``."""
        before = self.lineage
        self.lineage = "/".join(["", self.code, *self._codes_above(), ""])
        super().save(*args, **kwargs)
        if before not in ("", self.lineage):
            for part in Area.objects.filter(models.Q(parent=self) | models.Q(also_in=self)):
                part.save()

    @property
    def codes(self):
        """The codes of this area and of all that contain it; the world comes last."""
        return self.lineage.strip("/").split("/")

    def _codes_above(self):
        main = self.parent.codes if self.parent else []
        second = self.also_in.codes if self.also_in else []
        return [code for code in second if code not in main] + main


class GwopaRegion(models.TextChoices):
    """The regions in which GWOPA works, which cut across M49.

    Our reading: the Arab States are the members of the League of Arab States; Central Asia and
    Oceania go with Asia; Armenia, Azerbaijan, Cyprus, Georgia, Israel and Türkiye go with Europe as
    in the United Nations Economic Commission for Europe; territories go where they lie.
    """

    AFRICA = "africa", _("Africa")
    ARAB_STATES = "arab-states", _("Arab States")
    ASIA_PACIFIC = "asia-pacific", _("Asia and the Pacific")
    EUROPE = "europe", _("Europe")
    LAC = "lac", _("Latin America and the Caribbean")
    NORTH_AMERICA = "north-america", _("North America")


class Country(Named):
    """A country or territory with a code of its own in ISO 3166-1: Martinique is MQ and not FR."""

    code = models.CharField(
        _("code"), max_length=2, primary_key=True, validators=[RegexValidator(r"^[A-Z]{2}$", _("Two capital letters."))]
    )
    alpha3 = models.CharField(
        _("three-letter code"),
        max_length=3,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]{3}$", _("Three capital letters."))],
    )
    numeric = models.CharField(
        _("number"), max_length=3, unique=True, validators=[RegexValidator(r"^\d{3}$", _("Three digits."))]
    )
    area = models.ForeignKey(
        Area, verbose_name=_("area"), on_delete=models.PROTECT, related_name="countries", help_text=_("Lowest of M49.")
    )
    gwopa_region = models.CharField(
        _("GWOPA region"), max_length=15, choices=GwopaRegion, blank=True, help_text=_("Empty only for Antarctica.")
    )
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=4,
        decimal_places=2,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("Degrees, of a point on its land."),
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )

    objects = CountryQuerySet.as_manager()

    class Meta:
        ordering = ["name_en"]
        verbose_name = _("country or territory")
        verbose_name_plural = _("countries and territories")
        constraints = [
            models.CheckConstraint(
                name="country_point_on_earth",
                condition=models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
            )
        ]

    def area_codes(self):
        """The M49 codes of all areas that contain it, the lowest first, ``001`` last.

        No query when the area came along: ``Country.objects.with_areas()`` or, from elsewhere,
        ``select_related("country__area")``.
        """
        return self.area.codes


def area_chain(country):
    """``country.area_codes()`` as a function: the M49 codes around it, the lowest first."""
    return country.area_codes()


class SynonymSet(models.Model):
    """Words of one language that mean the same. Sets with one code mean one thing, in several languages.

    Who searches for one of these words finds the others too (docs/decisions/0031-words-people-search-with.md).
    """

    code = models.SlugField(_("code"), max_length=60, help_text=_("The same for one thing in every language."))
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    words = models.CharField(
        _("words"),
        max_length=500,
        blank=True,
        help_text=_(
            "Separated by semicolons, the usual one first: non-revenue water; NRW. Empty: none are looked for."
        ),
    )
    changed_at = models.DateTimeField(auto_now=True, editable=False)

    objects = SynonymQuerySet.as_manager()

    class Meta:
        ordering = ["code", "language"]
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")
        constraints = [
            models.UniqueConstraint(
                fields=["code", "language"],
                name="synonyms_once_per_language",
                violation_error_message=_("There are synonyms of this code in this language already."),
            )
        ]

    def __str__(self):
        return f"{self.code} ({self.language})"

    def each(self):
        """The words and phrases one by one."""
        return [words for part in self.words.split(";") if (words := part.strip())]
