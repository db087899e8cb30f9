"""How many entries each value of a filter would show: every facet of a page in one query.

A facet counts the entries that answer all other parameters, so that ticking a second value of
the same facet adds what its number says.
"""

from dataclasses import dataclass

from django.db import connection
from django.db.models import CharField, Count, F, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext as _

from directory.filters.base import HITS
from directory.filters.partnerships import ROLES_MEANT, involvements, involvements_in_any_role
from directory.provenance import counted, said_about
from partnerships.models import NamedPlatform, PartnershipVersion, Role, Track
from platforms.models import Platform
from vocabularies.localised import label_in_sql
from vocabularies.models import GwopaRegion

TOTAL, REPORTED, ANSWERED = "total", "reported", "answered"


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


class Facets:
    """The facets of one question: ``total`` and ``facets``, counted together.

    Most follow from the filter, which declares what they count (``declared``); the others have an arm here: several
    filters that are asked of one row, or a place in the list.
    """

    def __init__(self, filterset):
        self.filterset = filterset
        self.tree = {platform.pk: platform for platform in Platform.objects.all()}
        self.rows = self._counted() if filterset.is_valid() else []

    def _counted(self):
        """[(facet, value, label, number)] of all of them. Words are looked for once, and not once for each facet."""
        hits, self.filterset = self.filterset.hits, self.filterset.looking_once()
        arms = [arm for make in self._makers() for arm in make()]
        query, values = arms[0].union(*arms[1:], all=True).query.sql_with_params()
        if hits is not None:
            looked, words = hits.query.sql_with_params()
            query, values = f"WITH {HITS} (id) AS MATERIALIZED ({looked}) {query}", (*words, *values)
        with connection.cursor() as cursor:
            cursor.execute(query, values)
            return cursor.fetchall()

    def _makers(self):
        return (
            self._total,
            self._said,
            self._regions,
            self._countries,
            self._roles,
            self._areas,
            self._platforms,
            self._declared,
        )

    @property
    def declared(self):
        """{name: filter} of the filters that say with themselves what their facet counts."""
        return {name: one for name, one in self.filterset.filters.items() if getattr(one, "facet", None)}

    @property
    def total(self):
        return sum(count for facet, _value, _label, count in self.rows if facet == TOTAL)

    def provenance(self):
        """{code: how many} of those found are compiled, reported, confirmed; {} where nothing is found."""
        if not self.total:
            return {}
        reported = sum(count for facet, _value, _label, count in self.rows if facet == REPORTED)
        answered = [int(value) for facet, value, _label, _count in self.rows if facet == ANSWERED]
        entries = PartnershipVersion.objects.filter(pk__in=answered)
        return counted(self.total, reported=reported, answered=entries if answered else entries.none())

    def facet(self, name, legend, labels=None):
        """The Facet ``name``; its options by falling count, those that are on first kept even at 0."""
        counted = {value: (label, count) for facet, value, label, count in self.rows if facet == name and value}
        on = [str(value) for value in self.filterset.asked.get(name) or []]
        for value in on:
            counted.setdefault(value, (self.filterset.label_of(name, value), 0))
        options = [
            Option(value, str((labels or {}).get(value, label)), count, value in on)
            for value, (label, count) in counted.items()
            if count or value in on
        ]
        return Facet(name, legend, sorted(options, key=lambda option: (-option.count, option.label)))

    def as_list(self):
        platforms = {platform.key: str(platform) for platform in self.tree.values()} | {"none": _("None named")}
        return [
            self.facet("region", _("Region"), dict(GwopaRegion.choices)),
            self.facet("area", _("Improvement area")),
            self.facet("role", self._legend_of_roles(), dict(Role.choices)),
            self.facet("platform", _("Platform"), platforms),
            *self.declared_facets(),
            self.facet("country", _("Country")),
        ]

    def declared_facets(self):
        """Those that a filter declares with itself, in the order of the filters."""
        return [self.facet(name, one.label, dict(one.extra.get("choices", ()))) for name, one in self.declared.items()]

    # --- one arm of the query per facet: (facet, value, label, count) -----------------------------------

    def _total(self):
        versions = self.filterset.qs.order_by()
        return [self._arm(versions.annotate(one=Value(1)), TOTAL, Value(""), Value(""), group="one", count="pk")]

    def _said(self):
        """How many were submitted and not answered; of those that were answered, which."""
        submitted, answered = said_about(PartnershipVersion)
        versions = self.filterset.qs.order_by()
        reported = versions.filter(submitted, ~answered).annotate(one=Value(1))
        yield self._arm(reported, REPORTED, Value(""), Value(""), group="one", count="pk")
        yield self._arm(versions.filter(answered), ANSWERED, F("pk"), Value(""), count="pk")

    def _regions(self):
        rows = self._rows_without("region").annotate(
            value=Coalesce("organisation__country__gwopa_region", "country__gwopa_region")
        )
        return [self._arm(rows, "region", F("value"), F("value"))]

    def _countries(self):
        rows = self._rows_without("country")
        label = label_in_sql("organisation__country__name", "country__name")
        return [self._arm(rows, "country", F("place"), label)]

    def _roles(self):
        """Place and organisation are asked of the same row, so they are asked of the rows alone."""
        question = self.filterset.without("role", "country", "region", "organisation")
        rows = involvements_in_any_role(question.qs.order_by().values("pk"), self.filterset.asked)
        for role, meant in ROLES_MEANT.items():
            meaning = rows.filter(role__in=meant).annotate(one=Value(1))
            yield self._arm(meaning, "role", Value(str(role)), Value(""), group="one")
        yield self._arm(rows.exclude(role__in=ROLES_MEANT), "role", F("role"), F("role"))

    def _legend_of_roles(self):
        named = [self.filterset.label_of("organisation", key) for key in self.filterset.asked["organisation"]]
        return _("Role of %(organisation)s") % {"organisation": named[0]} if len(named) == 1 else _("Role")

    def _areas(self):
        rows = Track.objects.filter(version__in=self._versions_without("area")).exclude(area=None)
        return [self._arm(rows, "area", F("area__code"), label_in_sql("area__label"))]

    def _declared(self):
        for name, one in self.declared.items():
            value, label = one.facet
            yield self._arm(self.filterset.without(name).qs.order_by(), name, F(value), label, count="pk")

    def _platforms(self):
        """A platform counts what names it or one below it; an entry that names two counts once."""
        versions = self._versions_without("platform")
        unnamed = self.filterset.without("platform").qs.filter(named_platforms=None).order_by()
        yield self._arm(unnamed.annotate(one=Value(1)), "platform", Value("none"), Value(""), group="one", count="pk")
        for platform in self.tree.values():
            rows = NamedPlatform.objects.filter(version__in=versions, platform__in=self._below(platform))
            yield self._arm(rows.annotate(one=Value(1)), "platform", Value(platform.key), Value(""), group="one")

    def _below(self, platform):
        """Primary keys of the platform and all below it."""
        found = [platform.pk]
        for pk in found:
            found += [other.pk for other in self.tree.values() if other.parent_id == pk]
        return found

    def _versions_without(self, name):
        return self.filterset.without(name).qs.order_by().values("pk")

    def _rows_without(self, name):
        question = self.filterset.without(name)
        return involvements(question.qs.order_by().values("pk"), question.asked)

    @staticmethod
    def _arm(rows, facet, value, label, *, group=None, count="version"):
        """One SELECT: facet, value, label and the number of entries, grouped by value."""
        text = CharField()
        named = rows.order_by().annotate(facet_value=Cast(value, text), facet_label=Cast(label, text))
        return (
            named.values("facet_value", "facet_label")
            .annotate(facet_count=Count(count, distinct=True))
            .values_list(Value(facet, text), "facet_value", "facet_label", "facet_count")
        )
