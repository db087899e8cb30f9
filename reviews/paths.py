"""Ways over relations, read from both ends: who has to do with an entry, and with which entries somebody has."""

from dataclasses import dataclass, field, replace

from django.db.models import Q


@dataclass(frozen=True)
class Path:
    """A way from entries to something else. Both questions are answered from it, so they cannot differ.

    ``to`` is written as queries of Django write it, "" for the entry itself; ``only`` is a condition on what is
    passed on the way.
    """

    to: str
    only: Q = field(default_factory=Q)

    def on_to(self, more):
        """The same way, and ``more`` from its end."""
        return replace(self, to=f"{self.to}__{more}" if self.to else more)

    def entries(self, model, end):
        """Primary keys of the entries of ``model`` from which it leads to ``end``, a primary key; a subquery."""
        # One call of filter: conditions on rows that are passed must hold of the same rows.
        found = model._base_manager.filter(self.only, **{self._name: end})
        return found.order_by().values("pk")

    def ends(self, entries):
        """Primary keys of what it leads to from ``entries``, a queryset; a subquery without empty ones."""
        found = entries.order_by().filter(self.only, **{f"{self._name}__isnull": False})
        return found.values_list(self._name, flat=True)

    @property
    def _name(self):
        return self.to or "pk"


def reached(paths, model, end):
    """The condition on entries of ``model`` that one of ``paths`` leads to ``end``."""
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(pk__in=path.entries(model, end))
    return condition


def ends_of(paths, entries):
    """The condition on what ``paths`` lead to that one of them leads there from ``entries``."""
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(pk__in=path.ends(entries))
    return condition
