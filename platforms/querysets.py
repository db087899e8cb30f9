"""Which platforms lie below which, and which of them reviews."""

from collections.abc import Iterable
from typing import Any, Self

from django.db.models import Exists, Q, QuerySet

from accounts.models import AnyUser, User
from platforms.routing import Routing
from vocabularies.models import Country

LEVELS_BELOW = 3
"""Global, regional, subregional, national: nothing lies deeper."""


class PlatformQuerySet(QuerySet):
    model: type[Any]
    """It lies above and is more than a Model."""

    def with_those_below(self) -> Self:
        """These platforms and everything below them, as one subquery."""
        chosen = self.values("pk")
        below = Q(pk__in=chosen)
        for depth in range(1, LEVELS_BELOW + 1):
            below |= Q(**{f"{'__'.join(['parent'] * depth)}__in": chosen})
        return self.model._base_manager.filter(below)

    def with_those_above(self) -> Self:
        """These platforms and everything above them up to the global one, as one subquery: ``line()`` of each."""
        chosen = self.model._base_manager.filter(pk__in=self.values("pk"))
        above = Q(pk__in=chosen.values("pk")) | Q(Exists(chosen), level="global")
        for depth in range(1, LEVELS_BELOW + 1):
            above |= Q(pk__in=chosen.values("__".join(["parent"] * depth)))
        return self.model._base_manager.filter(above)

    def served_by(self, user: AnyUser) -> Self:
        """Those whose entries ``user`` works on: the platforms of their secretariats and all below these.

        Above a platform without parent stands the global one, whose secretariat serves everything.
        """
        own = type(self)(self.model).filter(members__user=user.pk)
        return self.all() if own.filter(level="global").exists() else self.filter(pk__in=own.with_those_below())

    def people_of(self, platforms: Iterable) -> QuerySet[User]:
        """The active Users of the secretariats of ``platforms``."""
        return User.objects.filter(is_active=True, secretariats__platform__in=platforms).distinct()

    def countries_served_by(self, user: AnyUser) -> list[Country]:
        """The Countries whose entries, where nothing else is named, come to the secretariats of ``user``."""
        served = set(self.served_by(user).values_list("pk", flat=True))
        if not served:
            return []
        routing = self.routing()
        countries = self.model._meta.get_field("countries").related_model.objects.with_areas()
        reviewing = {country: routing.reviewing([], [country]) for country in countries}
        return [country for country, platform in reviewing.items() if platform and platform.pk in served]

    def routing(self) -> Routing:
        """Which of these reviews what."""
        return Routing(self.all())
