"""The filters of public lists: the page, the API, the map, the feeds and every export use these."""

from decimal import Decimal

import django_filters
from django.db.models import Count, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from directory.filters.base import AmountFilter, ChoicesFilter, SearchFilter, StrictFilterSet, YearFilter
from directory.filters.codes import CodesFilter, LanguagesFilter
from operators.models import Organisation, OrganisationKind, OrganisationLanguage
from operators.querysets import OPERATOR_KINDS
from partnerships.models import LEFT_ROLES, MAIN_ROLES, RIGHT_ROLES, Involvement, PartnershipVersion, Role, Status
from platforms.models import Platform, Programme
from reports.models import ReportVersion
from vocabularies.localised import label_in_sql
from vocabularies.models import Area, Country, GwopaRegion, Term, TermList
from vocabularies.search import ByLetters, words_of

ROLES_MEANT = {Role.MENTOR: LEFT_ROLES, Role.MENTEE: RIGHT_ROLES}
"""Who asks for mentors means lead mentors too."""

AREA_DETAILS = {"non-revenue-water": ("nrw-commercial-losses", "nrw-physical-losses")}
"""Areas that say more precisely what another one says."""

ORDERINGS = {
    "-published_at": _("Newest published first"),
    "-first_year": _("Latest start first"),
    "first_year": _("Earliest start first"),
    "title": _("Title A–Z"),
    "reference": _("Reference"),
}
VIEWS = {"list": _("List"), "map": _("Map"), "table": _("Table")}


def _involving(asked):
    """Q on involvement rows: country, region, organisation and role must match the same row."""
    roles = {meant for role in asked.get("role") or [] for meant in ROLES_MEANT.get(role, (role,))}
    return Q(role__in=roles or MAIN_ROLES) & _placed_as(asked)


def _placed_as(asked):
    """The same whatever the role."""
    rows = Q()
    if asked.get("country"):
        rows &= Q(place__in=asked["country"])
    if asked.get("region"):
        rows &= region_of_row(asked["region"])
    if asked.get("organisation"):
        rows &= Q(organisation__key__in=asked["organisation"]) | Q(organisation__slug__in=asked["organisation"])
    return rows


def region_of_row(regions):
    """Q on involvement rows in GWOPA regions or UN M49 areas."""
    rows = Q()
    for path in ("organisation__country", "country"):
        rows |= Q(**{f"{path}__gwopa_region__in": regions})
        for region in regions:
            rows |= Q(**{f"{path}__area__lineage__contains": f"/{region}/"})
    return rows


def involvements(versions, asked):
    """The involvement rows of ``versions`` that answer the question."""
    return Involvement.objects.filter(version__in=versions).placed().filter(_involving(asked))


def involvements_in_any_role(versions, asked):
    """The same without regard to the role: from these the facet of roles is counted."""
    return Involvement.objects.filter(version__in=versions).placed().filter(_placed_as(asked))


def on_area(codes, area="tracks__area"):
    """Q on the path to an area: a group includes its areas, and non-revenue water its two kinds of loss."""
    codes = [detail for code in codes for detail in (code, *AREA_DETAILS.get(code, ()))]
    return Q(**{f"{area}__code__in": codes}) | Q(**{f"{area}__parent__code__in": codes})


def _terms(*lists):
    return [(Term.objects.filter(list__in=lists), "code", label_in_sql("label"))]


class PartnershipFilter(StrictFilterSet):
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

    q = SearchFilter()
    country = CodesFilter(example="LC", label=_("Country"), method="keep")
    region = CodesFilter(example="lac", label=_("Region"), extra=GwopaRegion.choices, method="keep")
    organisation = CodesFilter(example="osse", label=_("Organisation"), method="keep")
    role = django_filters.MultipleChoiceFilter(label=_("Role"), choices=Role.choices, method="keep")
    platform = CodesFilter(
        example="wop-lac", label=_("Platform"), extra=[("none", _("None named"))], method="filter_platform"
    )
    programme = CodesFilter(
        example="waterworx",
        label=_("Programme"),
        method="filter_programme",
        facet=("named_programmes__programme__key", F("named_programmes__programme__name")),
    )
    area = CodesFilter(example="non-revenue-water", label=_("Improvement area"), method="filter_area")
    activity = CodesFilter(example="site-visits", label=_("Activity"), method="filter_choice")
    support = CodesFilter(example="funding", label=_("Type of support"), method="filter_choice")
    factor = CodesFilter(
        example="trust-between-partners", label=_("Success or impeding factor"), method="filter_choice"
    )
    status = ChoicesFilter(label=_("Status"), choices=Status.choices)
    language = django_filters.MultipleChoiceFilter(
        label=_("Language of the entry"), choices=PartnershipVersion._meta.get_field("language").choices
    )
    year_from = YearFilter(label=_("Years it ran, from"), method="filter_year")
    year_to = YearFilter(label=_("Years it ran, to"), method="filter_year")
    cost_max = AmountFilter(
        label=_("Total cost at most, in US dollars"),
        min_value=Decimal(0),
        max_value=Decimal(10**14),
        method="filter_cost",
    )
    has_report = django_filters.ChoiceFilter(
        label=_("Reports"), choices=[("yes", _("With a report")), ("no", _("Without a report"))], method="filter_report"
    )
    ordering = django_filters.ChoiceFilter(label=_("Sort"), choices=list(ORDERINGS.items()), method="keep")
    view = django_filters.ChoiceFilter(
        label=pgettext_lazy("of a list", "View"), choices=list(VIEWS.items()), method="keep"
    )

    class Meta:
        model = PartnershipVersion
        fields = []

    def keep(self, versions, name, value):
        """Handled together in ``filter_queryset``."""
        return versions

    def filter_queryset(self, queryset):
        versions = super().filter_queryset(queryset)
        asked = self.asked
        if any(asked[name] for name in ("country", "region", "organisation", "role")):
            versions = versions.filter(
                Exists(Involvement.objects.filter(version=OuterRef("pk")).placed().filter(_involving(asked)))
            )
        return self._ordered(versions, asked["ordering"] or "-published_at")

    def _ordered(self, versions, ordering):
        if ordering.endswith("published_at"):
            return versions.with_published_at().order_by("-published_at", "partnership__reference")
        if ordering.endswith("first_year"):
            year = F("first_year").desc(nulls_last=True) if ordering[0] == "-" else F("first_year").asc(nulls_last=True)
            return versions.with_years().order_by(year, "partnership__reference")
        if ordering == "title":
            return versions.order_by(ByLetters("search_text"), "pk")
        return versions.order_by("partnership__reference")

    def holding(self, versions, words):
        for word in words_of(words):
            reported = ReportVersion.objects.published().filter(
                report__partnership=OuterRef("partnership"), search_text__contains=word
            )
            versions = versions.filter(Q(search_text__contains=word) | Exists(reported))
        return versions

    def filter_platform(self, versions, name, keys):
        named = Q()
        if chosen := [key for key in keys if key != "none"]:
            below = Platform.objects.filter(key__in=chosen).with_those_below()
            named |= Q(pk__in=_those(named_platforms__platform__in=below))
        if "none" in keys:
            named |= Q(named_platforms=None)
        return versions.filter(named)

    def filter_programme(self, versions, name, keys):
        return versions.filter(pk__in=_those(named_programmes__programme__key__in=keys))

    def filter_area(self, versions, name, codes):
        return versions.filter(pk__in=_those(on_area(codes)))

    def filter_choice(self, versions, name, codes):
        """Chosen in a published report."""
        chosen = ReportVersion.objects.published().filter(
            report__partnership=OuterRef("partnership"),
            choices__term__code__in=codes,
            choices__term__list__in=self.TERM_LISTS[name],
        )
        return versions.filter(Exists(chosen))

    def filter_year(self, versions, name, year):
        versions = versions.with_years()
        return (
            versions.filter(last_year__gte=str(year))
            if name == "year_from"
            else versions.filter(first_year__lte=str(year))
        )

    def filter_cost(self, versions, name, limit):
        """Unknown cost never matches; other currencies count only with a rate of their own."""
        in_dollars = Q(cost_currency="USD", cost_amount__lte=limit)
        return versions.annotate(dollars=F("cost_amount") * F("cost_usd_rate")).filter(
            in_dollars | (~Q(cost_currency="USD") & Q(dollars__lte=limit))
        )

    def filter_report(self, versions, name, value):
        reported = Exists(ReportVersion.objects.published().filter(report__partnership=OuterRef("partnership")))
        return versions.filter(reported if value == "yes" else ~reported)


def _those(*conditions, **more):
    """The keys of versions in any state. Never of what is filtered already: each filter would repeat all before it."""
    return PartnershipVersion.objects.filter(*conditions, **more).order_by().values("pk")


GROUPS = {"operators": _("Operators"), "others": _("Others"), "all": _("All")}
ORGANISATION_ORDERINGS = {"name": _("Name A–Z"), "-partnerships": _("Most partnerships first")}


def taking_part(asked):
    """The rows of published WOPs in a role and on an area asked for: both of the same WOP."""
    rows = Involvement.objects.filter(version__in=PartnershipVersion.objects.published().order_by().values("pk"))
    if asked.get("role"):
        rows = rows.filter(role__in={meant for role in asked["role"] for meant in ROLES_MEANT.get(role, (role,))})
    if asked.get("area"):
        rows = rows.filter(on_area(asked["area"], "version__tracks__area"))
    return rows


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
