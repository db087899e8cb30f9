"""Shapes that versions of partnerships and of reports share."""

from collections import defaultdict
from functools import cached_property

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from operators.models import Organisation, OrganisationMember
from partnerships.models.confirmations import ask_to_confirm
from reviews.cloning import row_models
from reviews.models import Reviewable, Row
from reviews.rows import load_rows, relation_to
from reviews.states import OPEN_STATES, State
from reviews.translations import fitting
from reviews.workflow import perform
from vocabularies.clean_text import PARAGRAPH, TEXT, ProseField
from vocabularies.currencies import currency_code
from vocabularies.models import Indicator
from vocabularies.numbers import zero_or_more
from vocabularies.partial_dates import PartialDateField
from vocabularies.search import folded
from vocabularies.web_addresses import LinkField
from webhooks.services import tell


class Version(Reviewable):
    """Content of one identity at one time, numbered from 1; the subclass names its identity."""

    identity_field = ""
    """Name of the foreign key to the identity."""
    has_preview = True

    number = models.PositiveIntegerField(_("version"), editable=False)
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default="en", help_text=_("In which it is written.")
    )
    note = ProseField(
        _("note on the entry"),
        blank=True,
        help_text=_("How sources were read, what in them disagrees."),
        max_length=TEXT,
    )
    search_text = models.TextField(editable=False, blank=True)

    class Meta:
        abstract = True

    @property
    def public_url(self):
        return self.get_absolute_url()

    def save(self, *args, **kwargs):
        if not self.number:
            self.number = 1 + max(self._of_same_identity().values_list("number", flat=True), default=0)
        super().save(*args, **kwargs)

    def _of_same_identity(self):
        identity = {self.identity_field: getattr(self, f"{self.identity_field}_id")}
        return type(self)._base_manager.filter(**identity)

    def siblings(self):
        return self._of_same_identity().exclude(pk=self.pk)

    @classmethod
    def read_together(cls, entries):
        super().read_together(entries)
        load_rows(entries)

    def wop(self):
        """The Partnership that this is about."""
        raise NotImplementedError

    def parties(self):
        """The Organisations whose word counts on this entry: those on the two sides of the WOP, as a queryset."""
        raise NotImplementedError

    def concerned_platforms(self):
        """The Platforms that review it or are named in public for it, as a queryset."""
        raise NotImplementedError

    def public_names(self):
        """What identifies it for programs, in JSON; it may be told even of what is archived."""
        return {"kind": self.kind_code, "reference": self.wop().reference, "version": self.number}

    def writers(self):
        """Also who brought a file that is attached to it."""
        uploaded = self.attachments.values_list("stored_file__uploaded_by", flat=True)
        return super().writers() | {pk for pk in uploaded if pk}

    def after_transition(self, action, by):
        if action == "submit":
            ask_to_confirm(self, by)
        tell(self, action)

    def refresh_search(self):
        """Rewrite the words under which the directory finds it, in every language that it is told in."""
        self.search_text = folded(*self.search_words(), *(row.text for _original, row in fitting(self)))
        type(self)._base_manager.filter(pk=self.pk).update(search_text=self.search_text)

    @cached_property
    def translated(self):
        """{(key of a row or "", field): [(language, text)]} of what fits; of a version whose rows have been fetched."""
        found = defaultdict(list)
        for original, row in fitting(self):
            found[original.place].append((row.language, row.text))
        return found

    def search_words(self):
        """Its own words and those of what it names."""
        raise NotImplementedError

    def has_answer(self, question, rows):
        """Whether ``question`` is answered; ``rows``: {relation: all its rows}, of relations that are being changed."""
        answer = rows[question] if question in rows else getattr(self, question, None)
        return answer.exists() if isinstance(answer, models.Manager) else answer not in (None, "", [])

    def questions_of(self, relation, rows):
        """The questions that ``rows`` of a relation answer."""
        return {relation}

    def complete_row(self, relation, row, before):
        """Fill in what follows from the rest of a row; ``before``: {column: value} as it is stored, None for a new one.

        Raises ValidationError by field.
        """

    def named_organisations(self):
        """Primary keys of the organisations that its rows name, in whatever part."""
        return {getattr(row, link.attname) for row, link in self._naming()} - {None}

    def _naming(self):
        """Pairs of a row and its foreign key to an organisation."""
        for kind in row_models(type(self)):
            links = [field for field in kind._meta.concrete_fields if field.related_model is Organisation]
            name = relation_to(kind)
            for row in getattr(self, name).all() if links else ():
                yield from ((row, link) for link in links)

    def missing_organisations(self):
        """{relation: message} where a named organisation is neither public nor can become so with this entry."""
        missing = {}
        naming = [(row, link) for row, link in self._naming() if getattr(row, link.attname)]
        known = Organisation.objects.in_bulk({getattr(row, link.attname) for row, link in naming})
        claimed = set(OrganisationMember.objects.filter(organisation__in=known).values_list("organisation", flat=True))
        for row, link in naming:
            organisation = known[getattr(row, link.attname)]
            if organisation.is_published or _comes_along(organisation, claimed):
                continue
            name = relation_to(row)
            missing[name] = self.not_public_yet(organisation)
        return missing

    @staticmethod
    def not_public_yet(organisation):
        return _(
            "“%(name)s” is not public: wait until its registration is accepted, or choose another organisation."
        ) % {"name": organisation.name}

    def admit_organisations(self):
        """Those added in place become public with the entry that names them."""
        added = Organisation.objects.filter(pk__in=self.named_organisations(), state=State.DRAFT, members=None)
        for organisation in added.order_by("pk"):
            perform(organisation, "admit", by=None, comment=self.wop().reference)


def _comes_along(organisation, claimed):
    """Added in place: nobody has registered it, and it has all that an entry of the register needs."""
    is_added = organisation.state == State.DRAFT and organisation.pk not in claimed
    return is_added and not organisation.missing_for_submission()


def one_published_and_one_open(identity, prefix):
    """Constraints of a version: one published and one open row per identity, each number once."""
    return [
        models.UniqueConstraint(
            fields=[identity],
            condition=models.Q(state=State.PUBLISHED),
            name=f"{prefix}_published_once",
            violation_error_message=_("There is already a published version."),
        ),
        models.UniqueConstraint(
            fields=[identity],
            condition=models.Q(state__in=list(OPEN_STATES)),
            name=f"{prefix}_open_once",
            violation_error_message=_("Somebody is already working on a new version."),
        ),
        models.UniqueConstraint(
            fields=[identity, "number"],
            name=f"{prefix}_number_once",
            violation_error_message=_("This version number is taken."),
        ),
    ]


class TotalCost(models.Model):
    """What the WOP costs: an amount with its currency, or unknown. Unknown is never 0."""

    same_in_all_languages = ("cost_usd_rate_source",)

    class CostKind(models.TextChoices):
        ACTUAL = "actual", _("Actual cost")
        BUDGET = "budget", _("Budget")
        GOAL = "goal", _("Funding goal")

    cost_amount = models.DecimalField(
        _("total cost"), max_digits=16, decimal_places=2, null=True, blank=True, validators=[zero_or_more]
    )
    cost_currency = models.CharField(
        _("currency"), max_length=3, blank=True, validators=[currency_code], help_text=_("ISO 4217, for example USD.")
    )
    cost_kind = models.CharField(_("kind of figure"), max_length=10, choices=CostKind, blank=True)
    cost_covers = models.CharField(_("what it covers"), max_length=300, blank=True)
    cost_usd_rate = models.DecimalField(
        _("US dollars for one unit of the currency"),
        max_digits=14,
        decimal_places=8,
        null=True,
        blank=True,
        validators=[zero_or_more],
    )
    cost_usd_rate_on = PartialDateField(_("date of the rate"))
    cost_usd_rate_source = models.CharField(_("source of the rate"), max_length=300, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_cost_has_currency",
                condition=models.Q(cost_amount=None) | ~models.Q(cost_currency=""),
                violation_error_message=_("An amount needs its currency, for example USD."),
            ),
            models.CheckConstraint(
                name="%(class)s_cost_not_negative",
                condition=models.Q(cost_amount=None) | models.Q(cost_amount__gte=0),
                violation_error_message=_("A cost is zero or more; leave it empty when it is unknown."),
            ),
            models.CheckConstraint(
                name="%(class)s_rate_has_source",
                condition=models.Q(cost_usd_rate=None)
                | (~models.Q(cost_usd_rate_on="") & ~models.Q(cost_usd_rate_source="")),
                violation_error_message=_("An exchange rate needs its date and its source."),
            ),
        ]

    @property
    def kind_of_cost(self):
        """In words, whether the amount was spent, planned or hoped for: none is shown without it."""
        return self.get_cost_kind_display() or _("Kind of figure not stated")

    def has_rate_of_before(self, changed):
        """Whether the currency is another one, by the names of the fields that ``changed``, and its rate is not."""
        rate = {"cost_usd_rate", "cost_usd_rate_on", "cost_usd_rate_source"}
        return "cost_currency" in changed and self.cost_usd_rate is not None and not rate & set(changed)

    @property
    def cost_in_usd(self):
        """The amount in US dollars, by its own currency or by the rate entered with it; else None."""
        if self.cost_amount is None:
            return None
        if self.cost_currency == "USD":
            return self.cost_amount
        return self.cost_amount * self.cost_usd_rate if self.cost_usd_rate else None


COST = tuple(field.name for field in TotalCost._meta.local_fields)
"""The columns that are told together, as one cost."""


class NarrativeRow(Row):
    """A row with text of its own; its language may differ from the version's."""

    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, blank=True, help_text=_("Empty: as the entry.")
    )

    class Meta(Row.Meta):
        abstract = True

    def language_of(self, name):
        return self.language


class ResultRow(NarrativeRow):
    """What came of it: words, or an indicator with baseline, latest value and target."""

    same_in_all_languages = ("unit",)

    text = ProseField(_("result"), blank=True, max_length=PARAGRAPH)
    indicator = models.ForeignKey(
        Indicator, verbose_name=_("indicator"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    baseline = models.DecimalField(_("baseline"), max_digits=18, decimal_places=4, null=True, blank=True)
    baseline_on = PartialDateField(_("date of the baseline"))
    latest = models.DecimalField(_("latest value"), max_digits=18, decimal_places=4, null=True, blank=True)
    latest_on = PartialDateField(_("date of the latest value"))
    target = models.DecimalField(_("target"), max_digits=18, decimal_places=4, null=True, blank=True)
    target_on = PartialDateField(_("date of the target"))
    evidence = models.CharField(_("evidence"), max_length=500, blank=True)

    class Meta(NarrativeRow.Meta):
        abstract = True

    def __str__(self):
        return (self.text or str(self.indicator))[:80]

    def clean(self):
        measured = [self.baseline, self.latest, self.target]
        if any(value is not None for value in measured) and not self.unit:
            raise ValidationError({"unit": _("A number needs its unit.")})


class SourceRow(Row):
    """Where facts of the entry come from."""

    same_in_all_languages = ("title",)

    title = models.CharField(_("title"), max_length=300, blank=True)
    url = LinkField(_("address"), max_length=500, blank=True)
    accessed_on = PartialDateField(_("read on"))

    class Meta(Row.Meta):
        abstract = True

    def __str__(self):
        return self.title or self.url


class OrganisationRow(Row):
    """An organisation of the register, or one in words while it is not in it."""

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="%(class)ss",
    )
    description = models.CharField(
        _("description"), max_length=300, blank=True, help_text=_("When it is not named or not in the register.")
    )

    class Meta(Row.Meta):
        abstract = True

    def __str__(self):
        return str(self.organisation or self.description or _("not named"))
