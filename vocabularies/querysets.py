"""Which terms, areas and countries a reader is offered."""

from datetime import datetime
from typing import Any, NoReturn, Self, cast

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from vocabularies.localised import label_in_sql

NEVER_DELETED = _("Terms are retired, never deleted: make it inactive instead.")


class TermQuerySet(models.QuerySet):
    def of(self, name: str) -> Self:
        """The terms of one list, a ``TermList``."""
        return self.filter(list=name)

    def active(self) -> Self:
        """Those offered for new entries; what was chosen earlier stays readable."""
        return self.filter(is_active=True)

    def delete(self) -> NoReturn:
        raise ValidationError(NEVER_DELETED)

    # Django's own marks, which no type of a function has: no method of the manager, never callable from a template.
    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


Terms = models.Manager.from_queryset(TermQuerySet)


class TermManager(Terms):
    """Every term on ``Term``, and on a proxy only those of its own list."""

    model: type[Any]
    """It lies above and is more than a Model."""

    def get_queryset(self) -> TermQuerySet:
        terms = cast(TermQuerySet, super().get_queryset())
        return terms.of(self.model.own_list) if self.model.own_list else terms


SOUTH = ("002", "009", "142", "419")
"""Africa, Oceania, Asia, Latin America and the Caribbean: the developing economies of UN Trade and Development."""
NORTH_WITHIN = ("AU", "CY", "IL", "JP", "KR", "NZ")
"""Those in these areas that it counts with the developed ones; Cyprus with the European Union is our reading."""


class CountryQuerySet(models.QuerySet):
    def in_the_south(self) -> Self:
        """The countries and territories of the global South; a territory goes where it lies."""
        inside = models.Q()
        for area in SOUTH:
            inside |= models.Q(area__lineage__contains=f"/{area}/")
        return self.filter(inside).exclude(pk__in=NORTH_WITHIN)

    def within(self, area: str) -> Self:
        """The countries and territories inside the M49 area with this code, at any depth."""
        return self.filter(area__lineage__contains=f"/{area}/")

    def with_areas(self) -> Self:
        """Together with their areas: ``area_codes()`` then costs no further query."""
        return self.select_related("area")

    def by_name(self) -> Self:
        """In the order of their names in the active language."""
        return self.order_by(label_in_sql("name"))


class SynonymQuerySet(models.QuerySet):
    def stamp(self) -> tuple[datetime | None, int]:
        """Another one after every edit: what is kept of the synonyms is as old as its stamp."""
        seen = self.aggregate(changed=models.Max("changed_at"), sets=models.Count("pk"))
        return seen["changed"], seen["sets"]
