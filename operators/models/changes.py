"""Changes of what identifies an organisation: the secretariat accepts them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.names import plain_name
from operators.models.organisation import FormerName, Organisation, OrganisationKind
from operators.querysets import OrganisationChangeQuerySet
from reviews.models import Reviewable
from reviews.states import OPEN_STATES
from vocabularies.clean_text import REMARK, ProseField
from vocabularies.models import Country
from vocabularies.partial_dates import PartialDateField


class OrganisationChange(Reviewable):
    """A request to change what identifies an organisation; publishing it carries it out."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="changes")
    name = models.CharField(_("name"), max_length=200, validators=[plain_name])
    acronym = models.CharField(_("acronym"), max_length=40, blank=True, validators=[plain_name])
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind)
    country = models.ForeignKey(
        Country, verbose_name=_("country"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = ProseField(_("reason"), blank=True, max_length=REMARK)
    former_until = PartialDateField(_("old name used until"))

    kind_code = "change"

    objects = OrganisationChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change request")
        verbose_name_plural = _("change requests")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=models.Q(state__in=list(OPEN_STATES)),
                name="change_open_once",
                violation_error_message=_("A change of this organisation is already waiting for the secretariat."),
            )
        ]

    def __str__(self):
        return f"{self.organisation} → {self.name}"

    @property
    def public_url(self):
        return self.organisation.public_url

    def route(self):
        self.organisation.routing = self.routing
        return self.organisation.route()

    @classmethod
    def read_for_routes(cls):
        return ("organisation__country__area",)

    def missing_for_submission(self):
        missing = {} if self.name else {"name": _("Give the full name.")}
        if not self.country_id:
            missing["country"] = _("Choose the country or territory.")
        if not self.reason.strip():
            missing["reason"] = _("Say why, so that the secretariat can check it.")
        return missing

    def after_transition(self, action, by):
        if action == "publish":
            self._carry_out()

    def _carry_out(self):
        """The organisation bears the new name from now on; the one it had stays findable."""
        organisation = Organisation.objects.select_for_update().get(pk=self.organisation_id)
        if (organisation.name, organisation.acronym) != (self.name, self.acronym):
            FormerName.objects.create(
                organisation=organisation,
                name=organisation.name,
                acronym=organisation.acronym,
                used_until=self.former_until,
            )
        has_moved = organisation.country_id != self.country_id
        for field in ("name", "acronym", "kind", "country_id"):
            setattr(organisation, field, getattr(self, field))
        organisation.revision += 1
        organisation.save()
        organisation.refresh_search()
        if has_moved:
            organisation.fix_reviewing_platform()
