"""Which platforms lie below which."""

from django.db.models import Q, QuerySet

LEVELS_BELOW = 3
"""Global, regional, subregional, national: nothing lies deeper."""


class PlatformQuerySet(QuerySet):
    def with_those_below(self):
        """These platforms and everything below them, as one subquery."""
        chosen = self.values("pk")
        below = Q(pk__in=chosen)
        for depth in range(1, LEVELS_BELOW + 1):
            below |= Q(**{f"{'__'.join(['parent'] * depth)}__in": chosen})
        return self.model._base_manager.filter(below)
