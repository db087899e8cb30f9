"""The filters of public lists: the page, the API, the map, the feeds and every export use these."""

from decimal import Decimal

import django_filters
from django.db.models import Count, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from directory.filters import rows
from directory.filters.asking import Arranges, BeginsUntil, CostsAtMost, EndsFrom, OfOneRow, Terms
from directory.filters.base import (
    AmountFilter,
    ChoicesFilter,
    OneChoiceFilter,
    SearchFilter,
    StrictFilterSet,
    YearFilter,
)
from directory.filters.codes import CodesFilter, LanguagesFilter
from directory.filters.in_sql import taking_part
from directory.filters.indexed import BEST, IndexedFilterSet
from operators.models import Organisation, OrganisationKind, OrganisationLanguage
from operators.querysets import OPERATOR_KINDS
from partnerships.models import PartnershipVersion, Role, Status
from platforms.models import Platform, Programme
from search.documents.partnerships import NO_PLATFORM
from vocabularies.localised import label_in_sql
from vocabularies.models import Area, Country, GwopaRegion, Term, TermList
from vocabularies.search import ByLetters

ORDERINGS = {
    BEST: _("Best match first"),
    "-published_at": _("Newest published first"),
    "-first_year": _("Latest start first"),
    "first_year": _("Earliest start first"),
    "title": _("Title A–Z"),
    "reference": _("Reference"),
}
VIEWS = {"list": _("List"), "map": _("Map"), "table": _("Table")}


def _terms(*lists):
    return [(Term.objects.filter(list__in=lists), "code", label_in_sql("label"))]


class PartnershipFilter(IndexedFilterSet):
    """“Where are WOPs happening?”: repeated names are OR, different names AND."""

    TERM_LISTS = {
        "area": (TermList.IMPROVEMENT_AREA, TermList.AREA_GROUP),
        "activity": (TermList.ACTIVITY,),
        "support": (TermList.SUPPORT_TYPE,),
        "factor": (TermList.SUCCESS_FACTOR, TermList.IMPEDING_FACTOR),
    }
    KINDS_OF_CODE = {
        "country": lambda: [(Country.objects, "code", label_in_sql("name"))],
        "region": lambda: [(Area.objects, "code", label_in_sql("name"))],
        "organisation": lambda: [
            (Organisation.objects.published(), "key", F("name")),
            (Organisation.objects.published(), "slug", F("name")),
        ],
        "platform": lambda: [(Platform.objects, "key", Coalesce(NullIf("acronym", Value("")), "name"))],
        "programme": lambda: [(Programme.objects, "key", F("name"))],
        "area": lambda: _terms(TermList.IMPROVEMENT_AREA, TermList.AREA_GROUP),
        "activity": lambda: _terms(TermList.ACTIVITY),
        "support": lambda: _terms(TermList.SUPPORT_TYPE),
        "factor": lambda: _terms(TermList.SUCCESS_FACTOR, TermList.IMPEDING_FACTOR),
    }

    kind = "partnership"
    identity = "partnership"
    default_ordering = "-published_at"
    ORDERS = {
        "-published_at": ("newest", True),
        "-first_year": ("latest", True),
        "first_year": ("earliest", False),
        "title": ("title", False),
        "reference": ("reference", False),
    }

    q = SearchFilter()
    country = CodesFilter(example="LC", label=_("Country"), asks=OfOneRow())
    region = CodesFilter(example="lac", label=_("Region"), extra=GwopaRegion.choices, asks=OfOneRow())
    organisation = CodesFilter(example="osse", label=_("Organisation"), asks=OfOneRow())
    role = ChoicesFilter(label=_("Role"), choices=Role.choices, asks=OfOneRow())
    platform = CodesFilter(
        example="wop-lac", label=_("Platform"), extra=[(NO_PLATFORM, _("None named"))], asks=Terms("platform")
    )
    programme = CodesFilter(example="waterworx", label=_("Programme"), asks=Terms("programme"))
    area = CodesFilter(
        example="non-revenue-water", label=_("Improvement area"), asks=Terms("area_asked", counted="area")
    )
    activity = CodesFilter(example="site-visits", label=_("Activity"), asks=Terms("activity"))
    support = CodesFilter(example="funding", label=_("Type of support"), asks=Terms("support"))
    factor = CodesFilter(example="trust-between-partners", label=_("Success or impeding factor"), asks=Terms("factor"))
    status = ChoicesFilter(label=_("Status"), choices=Status.choices)
    language = ChoicesFilter(
        label=_("Language of the entry"), choices=PartnershipVersion._meta.get_field("language").choices
    )
    year_from = YearFilter(label=_("Years it ran, from"), asks=EndsFrom())
    year_to = YearFilter(label=_("Years it ran, to"), asks=BeginsUntil())
    cost_max = AmountFilter(
        label=_("Total cost at most, in US dollars"),
        min_value=Decimal(0),
        max_value=Decimal(10**14),
        asks=CostsAtMost(),
    )
    has_report = OneChoiceFilter(
        label=_("Reports"),
        choices=[("yes", _("With a report")), ("no", _("Without a report"))],
        asks=Terms("has_report", counted=""),
    )
    exact = OneChoiceFilter(label=_("Words"), choices=[("1", _("Exactly as typed"))], asks=Arranges())
    ordering = OneChoiceFilter(label=_("Sort"), choices=list(ORDERINGS.items()), asks=Arranges())
    view = OneChoiceFilter(label=pgettext_lazy("of a list", "View"), choices=list(VIEWS.items()), asks=Arranges())

    class Meta:
        model = PartnershipVersion
        fields = []

    @cached_property
    def places(self):
        """Where the countries and organisations that are asked for lie."""
        return rows.Known(self.asked)

    def conditions(self, without=(), **instead):
        """Also what is asked of one row; ``instead``: values of these four that stand in for those of the question."""
        asked = {name: self.asked[name] for name in rows.NAMES if name not in without} | instead
        of_row = rows.condition(asked, self.places)
        return [*super().conditions(without), *([of_row] if of_row else [])]


GROUPS = {"operators": _("Operators"), "others": _("Others"), "all": _("All")}
ORGANISATION_ORDERINGS = {"name": _("Name A–Z"), "-partnerships": _("Most partnerships first")}


class OrganisationFilter(StrictFilterSet):
    """Operators and, when asked for, the bodies beside them: repeated names are OR, different names AND."""

    KINDS_OF_CODE = {name: PartnershipFilter.KINDS_OF_CODE[name] for name in ("country", "region", "area")} | {
        "language": list  # its own field knows them all
    }

    q = SearchFilter()
    group = django_filters.ChoiceFilter(label=_("Group"), choices=list(GROUPS.items()), method="keep")
    kind = ChoicesFilter(label=_("Kind of organisation"), choices=OrganisationKind.choices)
    country = CodesFilter(example="LC", label=_("Country"), lookup_expr="in")
    region = CodesFilter(example="lac", label=_("Region"), extra=GwopaRegion.choices, method="filter_region")
    role = django_filters.MultipleChoiceFilter(label=_("Role"), choices=Role.choices, method="keep")
    area = CodesFilter(example="non-revenue-water", label=_("Improvement area"), method="keep")
    language = LanguagesFilter(example="fr", label=_("Working language"), method="filter_language")
    ordering = django_filters.ChoiceFilter(label=_("Sort"), choices=list(ORGANISATION_ORDERINGS.items()), method="keep")

    class Meta:
        model = Organisation
        fields = []

    @property
    def chosen_group(self):
        """Operators, unless another group is asked for or a kind, which may be of either group."""
        return self.asked.get("group") or ("all" if self.asked.get("kind") else "operators")

    def without(self, *names):
        """Without its kinds the question stays in the group that it had with them; without a group it means all."""
        within = self.data.copy()
        for name in names:
            within.pop(name, None)
        within["group"] = "all" if "group" in names else self.chosen_group
        return type(self)(within, self.queryset, known=self.known)

    def keep(self, organisations, name, value):
        """Handled together in ``filter_queryset``."""
        return organisations

    def filter_queryset(self, queryset):
        organisations = super().filter_queryset(queryset)
        if self.chosen_group != "all":
            operators = Q(kind__in=OPERATOR_KINDS)
            organisations = organisations.filter(operators if self.chosen_group == "operators" else ~operators)
        if self.asked["role"] or self.asked["area"]:
            organisations = organisations.filter(pk__in=taking_part(self.asked).values("organisation"))
        return self._ordered(organisations)

    def _ordered(self, organisations):
        by_name = (ByLetters("search_text"), "pk")
        if self.asked["ordering"] != "-partnerships":
            return organisations.order_by(*by_name)
        public = Q(involvements__version__in=PartnershipVersion.objects.published().order_by().values("pk"))
        counted = organisations.annotate(partnerships=Count("involvements__version", filter=public, distinct=True))
        return counted.order_by("-partnerships", *by_name)

    def filter_region(self, organisations, name, regions):
        within = Q(country__gwopa_region__in=regions)
        for region in regions:
            within |= Q(country__area__lineage__contains=f"/{region}/")
        return organisations.filter(within)

    def filter_language(self, organisations, name, codes):
        return organisations.filter(
            Exists(OrganisationLanguage.objects.filter(organisation=OuterRef("pk"), language__in=codes))
        )
