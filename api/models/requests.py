"""Requests that were carried out once: sent again, they get the same answer."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class RememberedRequest(models.Model):
    """The answer to a request: kept for a day with an ``Idempotency-Key``, for a minute without."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64, help_text=_("SHA-256 of method, address and body, hexadecimal."))
    status = models.PositiveSmallIntegerField(null=True, help_text=_("Empty while it is being carried out."))
    headers = models.JSONField(default=dict)
    body = models.JSONField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("remembered request")
        verbose_name_plural = _("remembered requests")
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="one_request_per_key")]

    def __str__(self):
        return self.key
