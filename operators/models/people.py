"""Who belongs to an organisation, who is asked to, and who asks to."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Invitation
from operators.missing_managers import notify_if_unmanaged
from operators.models.organisation import Organisation
from operators.querysets import JoinRequestQuerySet
from vocabularies.clean_text import REMARK, ProseField


class OrganisationMember(models.Model):
    """What a person may do for an organisation: a role next to the thing that it opens."""

    class Role(models.TextChoices):
        EDITOR = "editor", _("Editor")
        MANAGER = "manager", _("Manager")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="organisations"
    )
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.EDITOR)
    joined_at = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"],
                name="member_once_per_organisation",
                violation_error_message=_("This person is already a member."),
            )
        ]

    def __str__(self):
        return f"{self.user}, {self.get_role_display()}"

    def lost_without(self):
        """What nobody could do any more if this member left, as a sentence; "" where others can."""
        managers = self.organisation.members.filter(role=self.Role.MANAGER)
        if self.role != self.Role.MANAGER or managers.exclude(pk=self.pk).exists():
            return ""
        return _("%(organisation)s would have no manager: nobody could invite colleagues or keep its page current.") % {
            "organisation": self.organisation
        }

    def after_erasure(self):
        """The person has gone with their account, and this membership with it."""
        if self.role == self.Role.MANAGER:
            notify_if_unmanaged(self.organisation)


class OrganisationInvitation(Invitation):
    """Asks somebody to join an organisation. To ``claim`` one without members still needs the secretariat's word."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(
        _("role"), max_length=10, choices=OrganisationMember.Role, default=OrganisationMember.Role.EDITOR
    )
    is_claim = models.BooleanField(default=False, editable=False)

    class Meta(Invitation.Meta):
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def is_current(self):
        """A mail with a link that no longer works is not sent."""
        return self.is_open

    @property
    def sent_from(self):
        """The page on which it was sent, and is sent again."""
        return reverse("operators:claim" if self.is_claim else "operators:people", args=[self.organisation.slug])

    @property
    def title(self):
        words = _("Speak for %(organisation)s") if self.is_claim else _("Join %(organisation)s")
        return words % {"organisation": self.organisation}

    @property
    def offer(self):
        """Who invites whom to what, in a sentence."""
        about = {"name": self.invited_by, "organisation": self.organisation, "role": self.get_role_display()}
        if self.is_claim:
            by = _("%(name)s asks you to speak for %(organisation)s in the WOP Portal.")
            without = _("You are asked to speak for %(organisation)s in the WOP Portal.")
        else:
            by = _("%(name)s invites you to work for %(organisation)s in the WOP Portal, as %(role)s.")
            without = _("You are invited to work for %(organisation)s in the WOP Portal, as %(role)s.")
        return (by if self.invited_by else without) % about


class JoinRequest(models.Model):
    """Somebody asks to join an organisation; a manager or the secretariat answers, once."""

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="join_requests")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="join_requests"
    )
    message = ProseField(_("message"), blank=True, max_length=REMARK)
    created_at = models.DateTimeField(_("asked"), auto_now_add=True)
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"],
                condition=models.Q(answer=""),
                name="join_asked_once",
                violation_error_message=_("You have already asked to join this organisation."),
            )
        ]

    def __str__(self):
        return f"{self.user} → {self.organisation}"
