"""Which webhooks hear of an entry, and which deliveries are to be sent."""

from typing import Any, Self

from django.db.models import Q, QuerySet
from django.utils import timezone

from platforms.querysets import PlatformQuerySet


class WebhookQuerySet(QuerySet):
    model: type[Any]
    """It lies above and is more than a Model."""

    def hearing_of(self, platforms: PlatformQuerySet) -> Self:
        """Those that are on, of ``platforms`` (a queryset) and of all platforms above these."""
        return self.filter(state=self.model.State.ON, platform__in=platforms.with_those_above())


class DeliveryQuerySet(QuerySet):
    model: type[Any]
    """It lies above and is more than a Model."""

    def due(self) -> Self:
        """To be sent by now, oldest first; what belongs to a webhook that is off waits, except a test."""
        on = Q(webhook__state=self.model._meta.get_field("webhook").related_model.State.ON)
        return self.filter(
            on | Q(event=self.model.Event.PING), state=self.model.State.DUE, next_try_at__lte=timezone.now()
        ).order_by("next_try_at", "occurred_at", "pk")

    def over(self) -> Self:
        """Nothing more will happen with these by itself."""
        return self.exclude(state__in=[self.model.State.DUE, self.model.State.SENDING])
