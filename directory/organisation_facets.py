"""How many organisations each value of their filters would show: every facet of the page in one query."""

from django.db import connection
from django.db.models import Case, CharField, Count, F, Value, When
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from directory.facets import Facet, options_of
from directory.filters.base import HITS
from directory.filters.in_sql import taking_part
from directory.filters.partnerships import GROUPS
from operators.models import OrganisationLanguage
from operators.querysets import OPERATOR_KINDS
from partnerships.models import LEFT_ROLES, RIGHT_ROLES, Role
from vocabularies.formatting import language_name
from vocabularies.localised import label_in_sql
from vocabularies.models import GwopaRegion

TOTAL = "total"


class OrganisationFacets:
    """The facets of a question about organisations; ``groups`` are the tabs above the list."""

    def __init__(self, filterset):
        self.filterset = filterset
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
            self._groups,
            self._declared,
            self._regions,
            self._countries,
            self._languages,
            self._roles,
            self._areas,
        )

    @property
    def declared(self):
        """{name: filter} of the filters that say with themselves what their facet counts."""
        return {name: one for name, one in self.filterset.filters.items() if getattr(one, "facet", None)}

    @property
    def total(self):
        return sum(count for facet, _value, _label, count in self.rows if facet == TOTAL)

    def facet(self, name, legend, labels=None):
        counted = {value: (label, count) for facet, value, label, count in self.rows if facet == name and value}
        on = [str(value) for value in self.filterset.asked.get(name) or []]
        named = {value: self.filterset.label_of(name, value) for value in on}
        named |= {value: label for value, (label, _count) in counted.items()} | (labels or {})
        return Facet(name, legend, options_of({value: count for value, (_label, count) in counted.items()}, named, on))

    def declared_facets(self):
        """Those that a filter declares with itself, in the order of the filters."""
        return [self.facet(name, one.label, dict(one.extra.get("choices", ()))) for name, one in self.declared.items()]

    def as_list(self):
        return [
            self.facet("role", _("Role in partnerships"), dict(Role.choices)),
            self.facet("area", _("Has worked on")),
            self.facet("region", _("Region"), dict(GwopaRegion.choices)),
            self.facet("country", _("Country")),
            self.facet("language", _("Working language"), self._names_of_languages()),
            *self.declared_facets(),
        ]

    @property
    def groups(self):
        """The tabs: (code, label, number of organisations, is current)."""
        counted = {value: count for facet, value, _label, count in self.rows if facet == "group"}
        counted["all"] = sum(counted.values())
        current = self.filterset.chosen_group
        return [(code, label, counted.get(code, 0), code == current) for code, label in GROUPS.items()]

    # --- one arm of the query per facet: (facet, value, label, count) -----------------------------------

    def _total(self):
        versions = self.filterset.qs.order_by()
        return [self._arm(versions.annotate(one=Value(1)), TOTAL, Value(""), Value(""), group="one", count="pk")]

    def _declared(self):
        for name, one in self.declared.items():
            value, label = one.facet
            yield self._arm(self.filterset.without(name).qs.order_by(), name, F(value), label, count="pk")

    def _groups(self):
        organisations = self.filterset.without("group", "kind").qs.order_by()
        group = Case(When(kind__in=OPERATOR_KINDS, then=Value("operators")), default=Value("others"))
        return [self._arm(organisations.annotate(value=group), "group", F("value"), Value(""), count="pk")]

    def _regions(self):
        region = F("country__gwopa_region")
        return [self._arm(self._without("region"), "region", region, region, count="pk")]

    def _countries(self):
        label = label_in_sql("country__name")
        return [self._arm(self._without("country"), "country", F("country"), label, count="pk")]

    def _languages(self):
        rows = OrganisationLanguage.objects.filter(organisation__in=self._without("language").values("pk")).order_by()
        return [self._arm(rows, "language", F("language"), F("language"), count="organisation")]

    def _names_of_languages(self):
        return {code: language_name(code) for facet, code, _label, _count in self.rows if facet == "language"}

    def _roles(self):
        """Who led is counted with the others of the same side."""
        role = Case(
            When(role__in=LEFT_ROLES, then=Value(Role.MENTOR)),
            When(role__in=RIGHT_ROLES, then=Value(Role.MENTEE)),
            default=F("role"),
        )
        rows = self._rows_without("role").annotate(value=role)
        return [self._arm(rows, "role", F("value"), F("value"), count="organisation")]

    def _areas(self):
        area = "version__tracks__area"
        rows = self._rows_without("area").exclude(version__tracks__area=None)
        return [self._arm(rows, "area", F(f"{area}__code"), label_in_sql(f"{area}__label"), count="organisation")]

    def _without(self, name):
        return self.filterset.without(name).qs.order_by()

    def _rows_without(self, name):
        question = self.filterset.without(name)
        return taking_part(question.asked).filter(organisation__in=question.qs.order_by().values("pk"))

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
