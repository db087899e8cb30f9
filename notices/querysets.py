"""Which messages are shown to whom, and which are to be sent."""

from typing import Any, Self

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import AnyUser
from notices.message_types import UNLISTED


class OutgoingMailQuerySet(QuerySet):
    model: type[Any]
    """It lies above and is more than a Model."""

    def of(self, user: AnyUser) -> Self:
        """What ``user`` sees in the portal."""
        return self.filter(user=user).exclude(kind__in=UNLISTED)

    def unread(self) -> Self:
        """Not opened yet, and still so as far as we know."""
        return self.filter(read_at=None).exclude(state=self.model.State.OBSOLETE)

    def due(self) -> Self:
        """To be sent by now, oldest first."""
        return self.filter(state=self.model.State.DUE, next_try_at__lte=timezone.now()).order_by("next_try_at", "pk")
