"""Tokens by which programs act for a person."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.backends import may_be_used
from api.querysets import ApiTokenQuerySet


class Scope(models.TextChoices):
    """What a token may do beyond reading what is public; never more than its owner."""

    READ = "read", _("Read drafts and what waits for review")
    WRITE = "write", _("Write: begin and edit drafts, attach files, confirm, remark, submit")
    REVIEW = "review", _("Review: request changes, publish, reject, archive")


def known_scopes(scopes):
    if not isinstance(scopes, list) or set(scopes) - set(Scope.values):
        raise ValidationError(_("Choose from: %(scopes)s.") % {"scopes": ", ".join(Scope.values)})


class ApiToken(models.Model):
    """Of the secret itself only a hash is kept: it is shown once, when it is made.

    ``belongs`` is set by the queryset's ``with_belonging()``.
    """

    belongs = True

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("owner"), on_delete=models.CASCADE, related_name="api_tokens"
    )
    name = models.CharField(_("name"), max_length=80, help_text=_("What it is for: you recognise it by this."))
    start = models.CharField(_("beginning"), max_length=12, help_text=_("The first letters of the token."))
    token_hash = models.CharField(max_length=64, unique=True, help_text=_("SHA-256, hexadecimal."))
    scopes = models.JSONField(_("what it may do"), default=list, blank=True, validators=[known_scopes])
    organisation = models.ForeignKey(
        "operators.Organisation",
        verbose_name=_("only entries of the organisation"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    platform = models.ForeignKey(
        "platforms.Platform",
        verbose_name=_("only entries of the platform"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    expires_at = models.DateTimeField(_("ends"))
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")

    def __str__(self):
        return self.name

    @property
    def is_valid(self):
        return self.revoked_at is None and self.expires_at > timezone.now() and may_be_used(self.owner)

    @property
    def narrowed_to(self):
        """The Organisation or Platform whose entries alone it reaches; None for all that its owner reaches."""
        return self.organisation or self.platform

    @property
    def scope_labels(self):
        return [Scope(scope).label for scope in self.scopes]

    def concerns(self, user):
        """For messages about it."""
        return self.owner_id == user.pk
