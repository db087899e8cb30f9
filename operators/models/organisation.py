"""Organisations of every kind, and the rows of their pages."""

from decimal import Decimal

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.names import plain_name
from operators.querysets import MANAGER, OPERATOR_KINDS, OrganisationQuerySet
from reviews.models import Edit, Reviewable
from vocabularies.cities import position_of
from vocabularies.clean_text import PARAGRAPH, TEXT, ProseField
from vocabularies.formatting import language_name, quantity
from vocabularies.languages import all_names, known_language
from vocabularies.models import Country, ImprovementArea, Indicator
from vocabularies.partial_dates import PartialDateField
from vocabularies.search import folded
from vocabularies.web_addresses import LinkField


class OrganisationKind(models.TextChoices):
    """The first seven are operators (``OPERATOR_KINDS``); the others work beside them."""

    OPERATOR = "operator", _("Water operator")
    PUBLIC_UTILITY = "public-utility", _("Public utility")
    PRIVATE_OPERATOR = "private-operator", _("Private operator")
    CITY_DEPARTMENT = "city-department", _("City department")
    SYNDICATE = "syndicate", _("Syndicate of municipalities")
    ASSET_HOLDER = "asset-holder", _("Holder of water assets")
    COOPERATIVE = "cooperative", _("Cooperative")
    ASSOCIATION = "association", _("Association")
    UMBRELLA_BODY = "umbrella-body", _("Umbrella body")
    GOVERNMENT_BODY = "government-body", _("Government body")
    DEVELOPMENT_BANK = "development-bank", _("Development bank")
    DONOR = "donor", _("Donor")
    NGO = "ngo", _("Non-governmental organisation")
    TRAINING_INSTITUTE = "training-institute", _("Training institute")
    UN_BODY = "un-body", _("United Nations body")
    COMPANY = "company", _("Company")
    RESEARCH_INSTITUTE = "research-institute", _("Research institute")
    OTHER = "other", pgettext_lazy("kind of organisation", "Other")


ORGANISATION_KINDS = _("kind of organisation")
"""What the list of ``OrganisationKind`` is called."""


OF_NO_COUNTRY = {OrganisationKind.DONOR, OrganisationKind.DEVELOPMENT_BANK, OrganisationKind.UN_BODY}
"""Who funds or works for several countries may belong to none."""


class Service(models.TextChoices):
    WATER = "water", _("Water")
    SANITATION = "sanitation", _("Sanitation")
    ELECTRICITY = "electricity", _("Electricity")


class Organisation(Reviewable):
    """A body that takes part in WOPs. The acronym is no key: there are two WASCOs and two NWSCs."""

    key = models.SlugField(_("key"), max_length=80, unique=True, help_text=_("Never changes."))
    slug = models.SlugField(_("address"), max_length=100, unique=True)
    name = models.CharField(_("name"), max_length=200, validators=[plain_name])
    acronym = models.CharField(_("acronym"), max_length=40, blank=True, validators=[plain_name])
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind, default=OrganisationKind.OPERATOR)
    country = models.ForeignKey(
        Country,
        verbose_name=_("country"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="organisations",
        help_text=_("Territories have their own: Martinique is MQ."),
    )
    city = models.CharField(_("city"), max_length=100, blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    website = LinkField(_("website"), blank=True)
    logo = models.ImageField(_("logo"), upload_to="logos/", blank=True)
    about = ProseField(_("about"), blank=True, max_length=TEXT)
    about_language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="en")
    source = models.CharField(_("source"), max_length=500, blank=True, help_text=_("Address or title."))
    search_text = models.TextField(editable=False, blank=True)
    page_edits = GenericRelation(Edit)

    kind_code = "organisation"
    page_rows = ("services", "languages", "figures", "needs", "strengths")

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.CheckConstraint(
                name="organisation_point_whole",
                # Half a point would be neither true nor false in SQL, and pass: both must be there.
                condition=models.Q(latitude=None, longitude=None)
                | models.Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                violation_error_message=_("Give both latitude (-90 to 90) and longitude (-180 to 180), or neither."),
            )
        ]

    def __str__(self):
        return self.name

    def find_place(self):
        """Take the coordinates of its city; none where the city is not known for sure."""
        self.latitude, self.longitude = position_of(self.country_id, self.city) or (None, None)

    @property
    def short_name(self):
        """How it is called where space is short."""
        return self.acronym or self.name

    @property
    def is_operator(self):
        return self.kind in OPERATOR_KINDS

    @property
    def public_url(self):
        return reverse("directory:operator", args=[self.slug])

    def route(self):
        """The platform that covers its country."""
        return self.routing.reviewing([], [self.country] if self.country_id else [])

    @classmethod
    def read_for_routes(cls):
        return ("country__area",)

    @classmethod
    def read_together(cls, entries):
        super().read_together(entries)
        models.prefetch_related_objects(entries, *cls.read_for_routes(), "former_names", "languages")

    def missing_for_submission(self):
        missing = {} if self.name else {"name": _("Give the full name.")}
        if not self.country_id and self.kind not in OF_NO_COUNTRY:
            missing["country"] = _("Choose the country or territory.")
        return missing

    def missing_for_loading(self):
        """Bodies of the United Nations have no country; what is loaded must say where it comes from."""
        missing = {} if self.name else {"name": _("Give the full name.")}
        if not self.source:
            missing["source"] = _("Name the source.")
        return missing

    def after_transition(self, action, by):
        self.refresh_search()

    def managers(self):
        """The Users who manage it, as a queryset."""
        return User.objects.filter(organisations__organisation=self, organisations__role=MANAGER, is_active=True)

    def refresh_search(self):
        """Rewrite the words under which it is found."""
        former = [word for name in self.former_names.all() for word in (name.name, name.acronym)]
        country = self.country.all_names() if self.country_id else []
        spoken = [name for row in self.languages.all() for name in all_names(row.language)]
        self.search_text = folded(self.name, self.acronym, self.city, *former, *country, *spoken)
        type(self)._base_manager.filter(pk=self.pk).update(search_text=self.search_text)


class OrganisationService(models.Model):
    """A service that an organisation provides. No row: the source does not say."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="services")
    service = models.CharField(_("service"), max_length=12, choices=Service)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("service")
        verbose_name_plural = _("services")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "service"],
                name="service_once_per_organisation",
                violation_error_message=_("This service is already listed."),
            )
        ]

    def __str__(self):
        return self.get_service_display()

    def in_words(self):
        return str(self)


class OrganisationLanguage(models.Model):
    """A language in which people of an organisation work with others; the one they use first stands first."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="languages")
    language = models.CharField(
        _("working language"), max_length=3, validators=[known_language], help_text=_("ISO 639: fr, rw, tet.")
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("working language")
        verbose_name_plural = _("working languages")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "language"],
                name="language_once_per_organisation",
                violation_error_message=_("This language is already listed."),
            )
        ]

    def __str__(self):
        return language_name(self.language)

    def in_words(self):
        return str(self)


class FormerName(models.Model):
    """A name that the organisation bore before."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="former_names")
    name = models.CharField(_("name"), max_length=200, validators=[plain_name])
    acronym = models.CharField(_("acronym"), max_length=40, blank=True, validators=[plain_name])
    used_from = PartialDateField(_("from"))
    used_until = PartialDateField(_("until"))
    source = models.CharField(_("source"), max_length=500, blank=True)

    class Meta:
        ordering = ["used_until", "pk"]
        verbose_name = _("former name")
        verbose_name_plural = _("former names")

    def __str__(self):
        return self.name


class Figure(models.Model):
    """A number about an organisation, never without its unit; year and source as far as they are known."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="figures")
    indicator = models.ForeignKey(Indicator, verbose_name=_("indicator"), on_delete=models.PROTECT, related_name="+")
    services = models.CharField(
        _("services counted"),
        max_length=40,
        blank=True,
        help_text=_("water, sanitation, electricity; empty: not said."),
    )
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=4)
    unit = models.CharField(_("unit"), max_length=40)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True, help_text=_("Empty: not stated."))
    note = models.CharField(_("note"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("entered at"), auto_now_add=True)

    class Meta:
        ordering = ["indicator__position", "-year", "pk"]
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        constraints = [
            models.CheckConstraint(
                name="figure_with_unit",
                condition=~models.Q(unit=""),
                violation_error_message=_("A figure needs its unit."),
            ),
            models.CheckConstraint(
                name="figure_not_negative",
                condition=models.Q(value__gte=0),
                violation_error_message=_("A figure is zero or more."),
            ),
            models.CheckConstraint(
                name="figure_year_plausible",
                condition=models.Q(year=None) | models.Q(year__range=(1800, 2200)),
                violation_error_message=_("Write the year with four digits."),
            ),
        ]

    def __str__(self):
        return f"{self.indicator}: {self.value} {self.unit}"

    def in_words(self):
        measured = f"{quantity(Decimal(self.value))} {self.unit}"
        parts = [measured, str(self.year or ""), self.source, self.note, *map(str, self.service_labels)]
        return f"{self.indicator}: {', '.join(filter(None, parts))}"

    def clean(self):
        if unknown := set(filter(None, self.services.split(";"))) - set(Service.values):
            reason = _("“%(service)s” is not a service we know.") % {"service": min(unknown)}
            raise ValidationError({"services": reason})

    @property
    def service_labels(self):
        return [Service(code).label for code in self.services.split(";") if code]


class AreaRow(models.Model):
    """An improvement area in which an organisation needs help or can give it."""

    area = models.ForeignKey(
        ImprovementArea, verbose_name=_("improvement area"), on_delete=models.PROTECT, related_name="+"
    )
    description = ProseField(_("description"), blank=True, max_length=PARAGRAPH)
    created_at = models.DateTimeField(_("entered at"), auto_now_add=True)

    class Meta:
        abstract = True
        ordering = ["area__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "area"],
                name="%(class)s_once_per_area",
                violation_error_message=_("This improvement area is already listed."),
            )
        ]

    def __str__(self):
        return str(self.area)

    def in_words(self):
        return ": ".join(filter(None, [str(self.area), self.description]))


class Need(AreaRow):
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="needs")

    class Meta(AreaRow.Meta):
        verbose_name = _("need")
        verbose_name_plural = _("needs")


class Strength(AreaRow):
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="strengths")

    class Meta(AreaRow.Meta):
        verbose_name = _("strength")
        verbose_name_plural = _("strengths")
