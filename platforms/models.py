"""WOP platforms, who hosted them when, whom they cover; and programmes, which are not platforms."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Invitation
from accounts.names import plain_name
from operators.models import Contact, Organisation
from platforms.querysets import PlatformQuerySet
from reviews.models import Edit
from vocabularies.clean_text import PARAGRAPH, TEXT, ProseField
from vocabularies.models import Area, Country
from vocabularies.partial_dates import PartialDateField
from vocabularies.web_addresses import LinkField


class Level(models.TextChoices):
    GLOBAL = "global", _("Global")
    REGIONAL = "regional", _("Regional")
    SUBREGIONAL = "subregional", _("Subregional")
    NATIONAL = "national", _("National")


class Platform(models.Model):
    """A body that brings operators together, reviews their entries and publishes them."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("Active")
        PLANNED = "planned", _("Planned")
        DORMANT = "dormant", _("Dormant")

    key = models.SlugField(_("key"), max_length=80, unique=True, help_text=_("Never changes."))
    slug = models.SlugField(_("address"), max_length=100, unique=True)
    name = models.CharField(_("name"), max_length=200, validators=[plain_name])
    acronym = models.CharField(_("acronym"), max_length=40, blank=True, validators=[plain_name])
    level = models.CharField(_("level"), max_length=12, choices=Level)
    parent = models.ForeignKey(
        "self", verbose_name=_("part of"), null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    areas = models.ManyToManyField(
        Area, verbose_name=_("regions covered"), blank=True, related_name="platforms", help_text=_("UN M49 areas.")
    )
    countries = models.ManyToManyField(
        Country, verbose_name=_("countries covered besides"), blank=True, related_name="platforms"
    )
    established_on = PartialDateField(_("established"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.ACTIVE)
    website = LinkField(_("website"), blank=True)
    about = ProseField(_("about"), blank=True, max_length=TEXT)
    about_language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="en")
    source = models.CharField(_("source"), max_length=500, blank=True)
    revision = models.PositiveIntegerField(default=1, editable=False)
    page_edits = GenericRelation(Edit)

    page_rows = ("hosts", "milestones")

    objects = PlatformQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("platform")
        verbose_name_plural = _("platforms")
        constraints = [
            models.CheckConstraint(
                name="platform_not_its_own_parent",
                condition=~models.Q(parent=models.F("pk")) | models.Q(parent=None),
                violation_error_message=_("A platform is not part of itself."),
            ),
            models.UniqueConstraint(
                fields=["level"],
                condition=models.Q(level=Level.GLOBAL),
                name="one_global_platform",
                violation_error_message=_("There is one global platform."),
            ),
        ]

    def __str__(self):
        return self.acronym or self.name

    @property
    def short_name(self):
        return str(self)

    def above(self):
        """The platform above: its parent, for one without parent the global platform, above that None."""
        if self.parent_id:
            return self.parent
        if self.level == Level.GLOBAL:
            return None
        return Platform.objects.filter(level=Level.GLOBAL).first()

    def line(self):
        """This platform and all above it, lowest first: where its entries may be decided."""
        line, platform = [], self
        while platform is not None and platform not in line:
            line.append(platform)
            platform = platform.above()
        return line


class PlatformHost(models.Model):
    """Which organisation ran the secretariat, and when; several at once are normal."""

    platform = models.ForeignKey(Platform, on_delete=models.CASCADE, related_name="hosts")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="hosted_platforms"
    )
    starts_on = PartialDateField(_("from"))
    ends_on = PartialDateField(_("until"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=500, blank=True)

    class Meta:
        ordering = ["starts_on", "pk"]
        verbose_name = _("host")
        verbose_name_plural = _("hosts")
        constraints = [
            models.UniqueConstraint(
                fields=["platform", "organisation", "starts_on"],
                name="host_once_per_start",
                violation_error_message=_("This host is already listed with this date."),
            )
        ]

    def __str__(self):
        return str(self.organisation)

    def in_words(self):
        time = " – ".join(date.localised() or "…" for date in (self.starts_on, self.ends_on))
        return ", ".join(filter(None, [str(self.organisation), time, self.note, self.source]))


class PlatformMilestone(models.Model):
    platform = models.ForeignKey(Platform, on_delete=models.CASCADE, related_name="milestones")
    happened_on = PartialDateField(_("date"))
    text = ProseField(_("what happened"), max_length=PARAGRAPH)
    source = models.CharField(_("source"), max_length=500, blank=True)

    class Meta:
        ordering = ["happened_on", "pk"]
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")

    def __str__(self):
        return self.text[:60]

    def in_words(self):
        return ", ".join(filter(None, [self.happened_on.localised(), self.text, self.source]))


class SecretariatMember(models.Model):
    """What a person may do for a platform and the platforms below it."""

    class Role(models.TextChoices):
        REVIEWER = "reviewer", _("Reviewer")
        COORDINATOR = "coordinator", _("Coordinator")

    platform = models.ForeignKey(Platform, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="secretariats"
    )
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.REVIEWER)
    joined_at = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("secretariat member")
        verbose_name_plural = _("secretariat members")
        constraints = [
            models.UniqueConstraint(
                fields=["platform", "user"],
                name="member_once_per_platform",
                violation_error_message=_("This person is already a member."),
            )
        ]

    def __str__(self):
        return f"{self.user}, {self.get_role_display()}"

    def lost_without(self):
        """What nobody could do any more if this member left, as a sentence; "" where others can."""
        coordinators = self.platform.members.filter(role=self.Role.COORDINATOR)
        if self.role != self.Role.COORDINATOR or coordinators.exclude(pk=self.pk).exists():
            return ""
        return _("%(platform)s would have no coordinator: nobody could invite reviewers or keep its page current.") % {
            "platform": self.platform
        }


class SecretariatInvitation(Invitation):
    platform = models.ForeignKey(Platform, on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(
        _("role"), max_length=12, choices=SecretariatMember.Role, default=SecretariatMember.Role.REVIEWER
    )

    class Meta(Invitation.Meta):
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def is_current(self):
        """A mail with a link that no longer works is not sent."""
        return self.is_open

    is_claim = False

    @property
    def sent_from(self):
        """The page on which it was sent, and is sent again."""
        return reverse("platforms:people", args=[self.platform.slug])

    @property
    def title(self):
        return _("Join the secretariat of %(platform)s") % {"platform": self.platform.name}

    @property
    def offer(self):
        """Who invites whom to what, in a sentence."""
        about = {"name": self.invited_by, "platform": self.platform.name, "role": self.get_role_display()}
        if not self.invited_by:
            return _("You are invited to the secretariat of %(platform)s in the WOP Portal, as %(role)s.") % about
        return _("%(name)s invites you to the secretariat of %(platform)s in the WOP Portal, as %(role)s.") % about


class PlatformContact(Contact):
    platform = models.ForeignKey(Platform, on_delete=models.CASCADE, related_name="contacts")

    namespace = "platforms"

    class Meta(Contact.Meta):
        constraints = [
            models.UniqueConstraint(
                "platform",
                Lower("email"),
                name="contact_once_per_platform",
                violation_error_message=_("Somebody with this address is a contact already."),
            )
        ]

    @property
    def place(self):
        return self.platform


class Programme(models.Model):
    """A funded set of WOPs with a donor and an end."""

    key = models.SlugField(_("key"), max_length=80, unique=True, help_text=_("Never changes."))
    slug = models.SlugField(_("address"), max_length=100, unique=True)
    name = models.CharField(_("name"), max_length=200, validators=[plain_name])
    donor = models.ForeignKey(
        Organisation,
        verbose_name=_("donor"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="funded_programmes",
    )
    starts_on = PartialDateField(_("from"))
    ends_on = PartialDateField(_("until"))
    website = LinkField(_("website"), blank=True)
    about = ProseField(_("about"), blank=True, max_length=TEXT)
    about_language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="en")
    source = models.CharField(_("source"), max_length=500, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")

    def __str__(self):
        return self.name
