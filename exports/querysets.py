"""Which downloads are kept, and which have stalled."""

from typing import Self

from django.db.models import QuerySet
from django.utils import timezone

from notices.leases import lost_before


class ExportJobQuerySet(QuerySet):
    def kept(self) -> Self:
        """Those whose time has not run out."""
        return self.filter(expires_at__gt=timezone.now())

    def lost(self) -> Self:
        """Those without a sign of life: whoever worked on them, or was to begin with them, has died."""
        return self.unfinished().filter(changed_at__lt=lost_before())

    def unfinished(self) -> Self:
        return self.filter(state__in=["waiting", "working"])
