"""Who takes part in a WOP, as what, and what they contribute."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.names import plain_name
from partnerships.models.base import OrganisationRow
from partnerships.querysets import InvolvementQuerySet
from reviews.models import Row
from vocabularies.clean_text import PARAGRAPH, ProseField
from vocabularies.currencies import currency_code
from vocabularies.models import Country
from vocabularies.numbers import zero_or_more


class Role(models.TextChoices):
    LEAD_MENTOR = "lead-mentor", _("Lead mentor")
    MENTOR = "mentor", _("Mentor")
    LEAD_MENTEE = "lead-mentee", _("Lead mentee")
    MENTEE = "mentee", _("Mentee")
    PEER = "peer", _("Peer")
    PARTNER = "partner", _("Partner")
    BENEFICIARY = "beneficiary-operator", _("Beneficiary operator")
    FUNDER = "funder", _("Funder")
    BROKER = "broker", _("Broker")
    FACILITATOR = "facilitator", _("Facilitator")
    SUPPORTER = "supporter", _("Supporter")
    TECHNICAL_SUPPORT = "technical-support", _("Technical support")
    SIGNATORY = "signatory", _("Signatory")
    OTHER = "other", _("Other")


LEFT_ROLES = (Role.LEAD_MENTOR, Role.MENTOR)
RIGHT_ROLES = (Role.LEAD_MENTEE, Role.MENTEE)
EQUAL_ROLES = (Role.PEER, Role.PARTNER)
"""Of peers we know that both learn; of partners, only that they work together: nobody says who mentors whom."""


class Involvement(OrganisationRow):
    """An organisation, or a partner whom the source does not name, in one role."""

    same_in_all_languages = ("name_used",)

    version = models.ForeignKey(
        "partnerships.PartnershipVersion", on_delete=models.CASCADE, related_name="involvements"
    )
    country = models.ForeignKey(
        Country,
        verbose_name=_("country"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("For a partner that is not named."),
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    role_other = models.CharField(_("which role"), max_length=100, blank=True)
    name_used = models.CharField(_("name used then"), max_length=200, blank=True, validators=[plain_name])
    contribution = ProseField(_("contribution"), blank=True, max_length=PARAGRAPH)

    objects = InvolvementQuerySet.as_manager()

    class Meta(OrganisationRow.Meta):
        verbose_name = _("involved organisation")
        verbose_name_plural = _("involved organisations")
        constraints = [
            *OrganisationRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["version", "organisation", "role"],
                condition=Q(organisation__isnull=False),
                name="involvement_role_once",
                violation_error_message=_("This organisation already has this role."),
            ),
        ]

    @property
    def place(self):
        """The Country of the organisation, or the one given for a partner that is not named."""
        return self.organisation.country if self.organisation else self.country

    @property
    def is_identified(self):
        return bool(self.organisation_id or (self.description and self.country_id))

    @property
    def role_label(self):
        return self.role_other if self.role == Role.OTHER and self.role_other else self.get_role_display()

    def search_words(self):
        words = [self.description, self.name_used, *(self.country.all_names() if self.country else [])]
        if self.organisation:
            words.append(self.organisation.search_text)
        return words


class Payment(Row):
    """What an involved organisation pays or gives; one may have several. Shares are never corrected."""

    version = models.ForeignKey("partnerships.PartnershipVersion", on_delete=models.CASCADE, related_name="payments")
    involvement = models.ForeignKey(Involvement, on_delete=models.CASCADE, related_name="payments")
    amount = models.DecimalField(
        _("amount"), max_digits=16, decimal_places=2, null=True, blank=True, validators=[zero_or_more]
    )
    currency = models.CharField(_("currency"), max_length=3, blank=True, validators=[currency_code])
    share = models.DecimalField(
        _("share"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[zero_or_more],
        help_text=_("Per cent of the total cost."),
    )
    in_kind = models.CharField(_("in kind"), max_length=300, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(Row.Meta):
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                name="payment_has_currency",
                condition=Q(amount=None) | ~Q(currency=""),
                violation_error_message=_("An amount needs its currency, for example USD."),
            ),
            models.CheckConstraint(
                name="payment_not_negative",
                condition=Q(amount=None) | Q(amount__gte=0),
                violation_error_message=_("An amount is zero or more; leave it empty when it is unknown."),
            ),
            models.CheckConstraint(
                name="payment_share_is_percentage",
                condition=Q(share=None) | Q(share__range=(0, 100)),
                violation_error_message=_("A share lies between 0 and 100 per cent."),
            ),
        ]

    def __str__(self):
        told = next((one for one in (self.amount, self.share) if one is not None), self.in_kind)
        return f"{self.involvement}: {told}"
