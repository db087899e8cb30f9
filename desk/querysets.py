"""Which reported errors who sees."""

from typing import Any, Self

from django.db.models import Q, QuerySet

from accounts.models import AnyUser


class ErrorReportQuerySet(QuerySet):
    model: type[Any]
    """It lies above and is more than a Model."""

    def waiting(self) -> Self:
        return self.filter(closed_at=None)

    def served_by(self, user: AnyUser) -> Self:
        """Those of the platforms of ``user``; what belongs to no platform is for the global secretariat."""
        platform = self.model._meta.get_field("platform").related_model
        mine = Q(platform__in=platform.objects.served_by(user))
        if platform.objects.filter(level="global", members__user=user.pk).exists():
            mine |= Q(platform=None)
        return self.filter(mine)
