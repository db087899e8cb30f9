"""How many entries each value of a filter would show.

A facet counts the entries that answer all other parameters, so that ticking a second value of
the same facet adds what its number says. What it counts follows from what its filter asks of the index.
"""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from directory.filters.codes import KnownCodes
from directory.provenance import counted, said_about
from partnerships.models import PartnershipVersion, Role
from search.roles import ANY_SIDE
from vocabularies.models import GwopaRegion

COUNTRY, REGION = "[A-Z]{2}", "|".join(GwopaRegion.values)
"""What places look like in the terms of rows."""


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int
    is_on: bool


@dataclass(frozen=True)
class Facet:
    name: str
    legend: str
    options: list

    @property
    def is_on(self):
        return any(option.is_on for option in self.options)


def options_of(counted, labels, on):
    """The Options of a facet by falling count; those that are ``on`` are kept even at 0."""
    counted = dict.fromkeys(on, 0) | {str(value): count for value, count in counted.items() if count}
    options = [Option(value, str(labels.get(value, value)), count, value in on) for value, count in counted.items()]
    return sorted(options, key=lambda option: (-option.count, option.label))


class Facets:
    """The facets of one question: ``total`` and ``as_list()``."""

    def __init__(self, filterset):
        self.filterset = filterset

    @cached_property
    def total(self):
        return self.filterset.qs.count()

    def provenance(self):
        """{code: how many} of those found are compiled, reported, confirmed; {} where nothing is found."""
        if not self.total:
            return {}
        submitted, answered = said_about(PartnershipVersion)
        found = self.filterset.qs.as_queryset()
        reported = found.filter(submitted, ~answered).count()
        return counted(self.total, reported=reported, answered=found.filter(answered))

    def as_list(self):
        """Those that distinguish most come first, then those of all other filters in their order."""
        leading = ("region", "area", "role", "platform")
        declared = [name for name in self.counted if name not in (*leading, "country")]
        return [self.facet(name) for name in (*leading, *declared, "country")]

    def facet(self, name):
        legend = self._legend_of_roles() if name == "role" else self.filterset.filters[name].label
        on = [str(value) for value in self.filterset.asked.get(name) or []]
        labels = self._choices(name) | {code: label for (kind, code), label in self.labels.items() if kind == name}
        return Facet(name, legend, options_of(self.counted[name], labels, on))

    @cached_property
    def counted(self):
        """{facet: {value: number of entries}}."""
        of_rows = {"region": self._placed("region", REGION), "country": self._placed("country", COUNTRY)}
        return of_rows | {"role": self._roles()} | self._declared()

    def _declared(self):
        """All whose own filter is not asked count the same entries, and are counted at once."""
        fields = {name: one.asks.facet for name, one in self.filterset.filters.items() if one.asks.facet}
        alike = {name: field for name, field in fields.items() if not self.filterset.asked[name]}
        counted = self.filterset.hits_without().terms(*alike.values())
        own = {name: self.filterset.hits_without(name).terms(field)[field] for name, field in fields.items()
               if name not in alike}  # fmt: skip
        return {name: own[name] if name in own else counted[field] for name, field in fields.items()}

    @cached_property
    def labels(self):
        """{(facet, code): label} of all codes that have one in the database."""
        codes = QueryDict(mutable=True)
        for name in self.filterset.KINDS_OF_CODE.keys() & self.counted.keys():
            codes.setlist(name, [*self.counted[name], *(self.filterset.asked.get(name) or [])])
        return KnownCodes(self.filterset.KINDS_OF_CODE, codes).labels

    def _choices(self, name):
        extra = self.filterset.filters[name].extra
        return dict(extra.get("choices") or extra.get("extra") or ())

    def _legend_of_roles(self):
        named = [self.filterset.label_of("organisation", key) for key in self.filterset.asked["organisation"]]
        return _("Role of %(organisation)s") % {"organisation": named[0]} if len(named) == 1 else _("Role")

    # --- what is asked of one row --------------------------------------------------------------------------

    def _placed(self, name, pattern):
        """Rows have the places of a facet together with their roles: only with other conditions they are asked each."""
        asked = self.filterset.asked
        roles = asked["role"] or [ANY_SIDE]
        found = self.filterset.hits_without(name).terms("rows", pattern=f"({'|'.join(roles)})\\|({pattern})")["rows"]
        counted = {term.partition("|")[2]: count for term, count in found.items()}
        if len(roles) == 1 and not any(asked[other] for other in {"region", "country", "organisation"} - {name}):
            return counted
        return {place: self._count(**{name: [place]}) for place in counted}

    def _count(self, **row):
        """The entries with one row that answers what else is asked of it, with ``row`` in place of the same."""
        return self.filterset.hits_without(**row).total

    def _roles(self):
        asked = self.filterset.asked
        if any(asked[other] for other in ("region", "country", "organisation")):
            return {str(role): self._count(role=[role]) for role in Role}
        counted = self.filterset.hits_without("role").terms("rows", pattern="[a-z-]+")["rows"]
        return {role: count for role, count in counted.items() if role != ANY_SIDE}
