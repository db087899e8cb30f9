"""What a version says about a WOP."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Left
from django.db.models.lookups import GreaterThanOrEqual
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from operators.models import Organisation
from partnerships.models.base import TotalCost, Version, one_published_and_one_open
from partnerships.models.identity import Participant, Partnership
from partnerships.models.involvement import EQUAL_ROLES, LEFT_ROLES, RIGHT_ROLES, Role
from partnerships.querysets import MAIN_ROLES, PartnershipVersionQuerySet
from platforms.models import Platform
from reviews.rows import linked
from reviews.states import State
from vocabularies.clean_text import PARAGRAPH, TEXT, ProseField
from vocabularies.partial_dates import PartialDateField, in_order

LONGEST = 600
"""Months that a WOP may last: a year written into the field of its duration is more."""


class Status(models.TextChoices):
    """How far the WOP is: stored as the partners say it, never derived from dates."""

    PLANNED = "planned", pgettext_lazy("a partnership", "Planned")
    UNDER_WAY = "under-way", _("Under way")
    COMPLETED = "completed", pgettext_lazy("a partnership", "Completed")
    SUSPENDED = "suspended", _("Suspended")
    CANCELLED = "cancelled", _("Cancelled")
    UNKNOWN = "unknown", _("Not known")


class Step(models.TextChoices):
    """The seven steps of a typical WOP."""

    PARTNERS_MEET = "partners-meet", _("Partners meet")
    AGREEMENT = "agreement", _("Agreement")
    JOINT_DIAGNOSIS = "joint-diagnosis", _("Joint diagnosis")
    WORK_PLAN = "work-plan", _("Work plan")
    PEER_SUPPORT = "peer-support", _("Peer support")
    ASSESSMENT = "assessment", _("Assessment")
    NEXT = "next", _("Closed, continued or expanded")


class Decision(models.TextChoices):
    """What the partners decided at the end of the formal WOP."""

    CLOSED = "closed", _("Closed")
    CONTINUED = "continued", _("Continued")
    EXPANDED = "expanded", _("Expanded")


class PartnershipVersion(Version, TotalCost):
    """The plan and present state of a WOP; drafts may be incomplete, so every field may be blank."""

    identity_field = "partnership"
    kind_code = "partnership"

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="versions", editable=False)
    title = models.CharField(_("title"), max_length=200, blank=True)
    place = models.CharField(
        _("place of the work"), max_length=200, blank=True, help_text=_("City, plant or service area, in words.")
    )
    summary = ProseField(_("summary"), blank=True, max_length=TEXT)
    approach = ProseField(_("approach"), blank=True, max_length=TEXT)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.UNKNOWN)
    lifecycle_step = models.CharField(_("step reached"), max_length=20, choices=Step, blank=True)
    lifecycle_evidence = ProseField(_("what shows it"), blank=True, max_length=PARAGRAPH)
    decision = models.CharField(_("decision at the end"), max_length=10, choices=Decision, blank=True)
    decided_on = PartialDateField(_("decided on"))
    decision_reason = ProseField(_("why it was decided so"), blank=True, max_length=PARAGRAPH)
    starts_on = PartialDateField(_("start"))
    ends_on = PartialDateField(_("end"))
    duration_months = models.PositiveSmallIntegerField(
        _("stated duration in months"),
        null=True,
        blank=True,
        validators=[
            MinValueValidator(1, _("Write %(limit_value)s or more.")),
            MaxValueValidator(LONGEST, _("Write %(limit_value)s or less.")),
        ],
        help_text=_("As it was agreed or told, never worked out from the dates."),
    )

    objects = PartnershipVersionQuerySet.as_manager()

    class Meta:
        ordering = ["partnership", "number"]
        verbose_name = _("version of a partnership")
        verbose_name_plural = _("versions of partnerships")
        constraints = [
            *one_published_and_one_open("partnership", "version"),
            *TotalCost.Meta.constraints,
            models.CheckConstraint(
                name="version_ends_after_start",
                condition=models.Q(starts_on="")
                | models.Q(ends_on="")
                | GreaterThanOrEqual(Left("ends_on", 4), Left("starts_on", 4)),
                violation_error_message=_("The end lies before the start."),
            ),
        ]

    def __str__(self):
        return self.title or str(self.partnership)

    def get_absolute_url(self):
        return reverse("directory:partnership", args=[self.partnership.reference])

    def clean(self):
        if not in_order(self.starts_on, self.ends_on):
            raise ValidationError({"ends_on": _("The end lies before the start.")})

    def wop(self):
        return self.partnership

    def route(self):
        named = [row.platform for row in linked(self.named_platforms.all(), "platform")]
        return self.routing.reviewing(named, *self._countries())

    def platform_of_country(self):
        """The platform that looks after the country of the mentee (else an equal, else the mentor), named or not."""
        return self.routing.covering(*self._countries())

    def _countries(self):
        """The countries of the mentees, of the peers and partners, and of the mentors."""
        involved = linked(self.involvements.all(), "country", "organisation__country")
        sides = (RIGHT_ROLES, EQUAL_ROLES, LEFT_ROLES)
        return [[row.place for row in involved if row.role in roles and row.place] for roles in sides]

    @classmethod
    def read_for_routes(cls):
        return "named_platforms__platform", "involvements__country__area", "involvements__organisation__country__area"

    @classmethod
    def read_together(cls, entries):
        super().read_together(entries)
        models.prefetch_related_objects(
            entries, "partnership", *cls.read_for_routes(), "named_programmes__programme", "tracks__area"
        )

    def missing_for_submission(self):
        missing = {}
        if not self.title:
            missing["title"] = _("Give the partnership a title, for example “SICSM – WASCO”.")
        if not self.summary:
            missing["summary"] = _("Say in a few sentences what the partnership is about.")
        return missing | self._missing_in_rows()

    def _missing_in_rows(self):
        missing = self._missing_in_participants() | self.missing_organisations()
        involved = list(self.involvements.all())
        roles = {row.role for row in involved}
        equals = sum(row.role in EQUAL_ROLES for row in involved)
        if not (roles & set(LEFT_ROLES) and roles & set(RIGHT_ROLES)) and equals < 2:
            missing["involvements"] = _("Name at least one mentor and one mentee, or two peers or partners.")
        if any(not row.is_identified for row in involved):
            missing["involvements"] = _("Choose each organisation, or describe it and give its country.")
        if any(row.role == Role.OTHER and not row.role_other for row in involved):
            missing["involvements"] = _("Say which other role the organisation has.")
        if any(track.area and track.area.is_other and not track.title for track in self.tracks.all()):
            missing["tracks"] = _("Say which other improvement area a track is about.")
        return missing

    def _missing_in_participants(self):
        """Who writes it has been admitted: submitting asks the members of others, by mail, for their word."""
        participants = [one.organisation for one in self.partnership.participants.select_related("organisation")]
        if not participants or any(one.is_published for one in participants):
            return {}
        return {"involvements": self.not_public_yet(participants[0])}

    def missing_for_loading(self):
        missing = {} if self.title else {"title": _("Give the partnership a title.")}
        if not self.involvements.exists():
            missing["involvements"] = _("Name at least one organisation or country.")
        if not self.sources.exists():
            missing["sources"] = _("Name at least one source.")
        return missing

    def parties(self):
        return Organisation.objects.filter(
            pk__in=self.involvements.main().exclude(organisation=None).values("organisation")
        )

    def concerned_platforms(self):
        named = models.Q(named_in__version=self.pk)
        return Platform.objects.filter(models.Q(pk=self.reviewing_platform_id) | named)

    def newly_named(self):
        """Members of organisations that were never named in public before and had no hand in the entry."""
        before = self.siblings().filter(state=State.SUPERSEDED)
        writers = [self.created_by_id, *self.events.filter(action="submit").values_list("by", flat=True)]
        named = Organisation.objects.filter(involvements__version=self)
        new = named.exclude(involvements__version__in=before).exclude(members__user__in=[pk for pk in writers if pk])
        return User.objects.filter(is_active=True, organisations__organisation__in=new).distinct()

    def after_transition(self, action, by):
        super().after_transition(action, by)
        if self.is_published:
            self.admit_organisations()
            self._admit_participants()
            self._fix_address()
            self.refresh_search()

    def _fix_address(self):
        """The first published title makes the readable part of the address; later ones leave it alone."""
        if not self.partnership.slug:
            Partnership.objects.filter(pk=self.partnership_id).update(slug=slugify(self.title)[:120])

    def _admit_participants(self):
        """Those whom the published version names on one of the two sides may edit the WOP."""
        main = [row.organisation_id for row in self.involvements.all() if row.role in MAIN_ROLES]
        Participant.objects.bulk_create(
            [Participant(partnership_id=self.partnership_id, organisation_id=pk) for pk in dict.fromkeys(main) if pk],
            ignore_conflicts=True,
        )

    def search_words(self):
        """The title first: the directory sorts by them."""
        words = [self.title, self.partnership.reference, self.summary, self.approach]
        # Always anew: words of organisations change when they are admitted.
        for row in self.involvements.select_related("organisation", "country"):
            words += row.search_words()
        for track in linked(self.tracks.all(), "area"):
            words += [track.title, track.description, *(track.area.all_names() if track.area else [])]
        words += [row.platform for row in linked(self.named_platforms.all(), "platform")]
        words += [row.programme for row in linked(self.named_programmes.all(), "programme")]
        told = (self.objectives, self.targets, self.work_plan, self.assessments)
        return [*words, self.place, *(row.text for rows in told for row in rows.all())]
