"""The filters of the lists beside the directory: reports, platforms, programmes, terms, countries."""

import django_filters
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _

from directory.filters.base import SearchFilter, StrictFilterSet
from directory.filters.codes import CodesFilter
from directory.filters.in_sql import on_area
from directory.filters.partnerships import PartnershipFilter
from operators.models import Organisation
from partnerships.models import PartnershipVersion
from platforms.models import Level, Platform, Programme
from reports.models import Kind, ReportAttachment, ReportVersion
from reports.models.identity import period_key
from vocabularies.models import Country, GwopaRegion, Term, TermList

REPORT_ORDERINGS = {
    "-published_at": _("Newest published first"),
    "reference": _("Partnership"),
    "-period": _("Latest period first"),
    "period": _("Earliest period first"),
}
YES_OR_NO = [("yes", _("Yes")), ("no", _("No"))]


class ReportFilter(StrictFilterSet):
    """Reports: repeated names are OR, different names AND."""

    TERM_LISTS = PartnershipFilter.TERM_LISTS
    KINDS_OF_CODE = {
        "partnership": lambda: [(PartnershipVersion.objects.published(), "partnership__reference", F("title"))],
        **{name: PartnershipFilter.KINDS_OF_CODE[name] for name in TERM_LISTS},
    }

    q = SearchFilter()
    partnership = CodesFilter(example="WOP-0001", label=_("Partnership"), method="filter_partnership")
    kind = django_filters.MultipleChoiceFilter(label=_("Kind"), field_name="report__kind", choices=Kind.choices)
    period = django_filters.CharFilter(
        label=_("Period"), field_name="report__period", max_length=10, validators=[period_key]
    )
    area = CodesFilter(example="metering", label=_("Improvement area"), method="filter_area")
    activity = CodesFilter(example="site-visits", label=_("Activity"), method="filter_choice")
    support = CodesFilter(example="funding", label=_("Type of support"), method="filter_choice")
    factor = CodesFilter(
        example="trust-between-partners", label=_("Success or impeding factor"), method="filter_choice"
    )
    language = django_filters.MultipleChoiceFilter(
        label=_("Language of the report"), choices=ReportVersion._meta.get_field("language").choices
    )
    has_attachment = django_filters.ChoiceFilter(label=_("With files"), choices=YES_OR_NO, method="filter_attachment")
    ordering = django_filters.ChoiceFilter(label=_("Sort"), choices=list(REPORT_ORDERINGS.items()), method="keep")

    class Meta:
        model = ReportVersion
        fields = []

    def keep(self, reports, name, value):
        """Handled in ``filter_queryset``."""
        return reports

    def filter_queryset(self, queryset):
        reports = super().filter_queryset(queryset)
        ordering = self.asked["ordering"] or "-published_at"
        if ordering == "-published_at":
            return reports.with_published_at().order_by("-published_at", "report")
        if ordering == "reference":
            return reports.order_by("report__partnership__reference", "report__period", "report")
        return reports.order_by(ordering.replace("period", "report__period"), "report")

    def filter_partnership(self, reports, name, references):
        return reports.filter(report__partnership__reference__in=references)

    def filter_choice(self, reports, name, codes):
        # Among all, not among those found so far: each filter would repeat the query of all before it.
        chosen = ReportVersion.objects.filter(
            choices__term__code__in=codes, choices__term__list__in=self.TERM_LISTS[name]
        )
        return reports.filter(pk__in=chosen.order_by().values("pk"))

    def filter_area(self, reports, name, codes):
        """A group and its areas as for partnerships."""
        chosen = ReportVersion.objects.filter(
            on_area(codes, "choices__term"), choices__term__list=TermList.IMPROVEMENT_AREA
        )
        return reports.filter(pk__in=chosen.order_by().values("pk"))

    def filter_attachment(self, reports, name, value):
        attached = Exists(ReportAttachment.objects.filter(version=OuterRef("pk")))
        return reports.filter(attached if value == "yes" else ~attached)


class PlatformFilter(StrictFilterSet):
    KINDS_OF_CODE = {
        "parent": lambda: [(Platform.objects, "key", Coalesce(NullIf("acronym", Value("")), "name"))],
    }

    level = django_filters.MultipleChoiceFilter(label=_("Level"), choices=Level.choices)
    status = django_filters.MultipleChoiceFilter(label=_("Status"), choices=Platform.Status.choices)
    parent = CodesFilter(example="wop-lac", label=_("Part of"), field_name="parent__key", lookup_expr="in")

    class Meta:
        model = Platform
        fields = []


class ProgrammeFilter(StrictFilterSet):
    KINDS_OF_CODE = {"donor": lambda: [(Organisation.objects.published(), "key", F("name"))]}

    donor = CodesFilter(example="eu", label=_("Donor"), field_name="donor__key", lookup_expr="in")

    class Meta:
        model = Programme
        fields = []


class TermFilter(StrictFilterSet):
    list = django_filters.MultipleChoiceFilter(label=_("List"), choices=TermList.choices)
    active = django_filters.ChoiceFilter(label=_("Offered for new entries"), choices=YES_OR_NO, method="filter_active")

    class Meta:
        model = Term
        fields = []

    def filter_active(self, terms, name, value):
        return terms.filter(is_active=value == "yes")


class CountryFilter(StrictFilterSet):
    KINDS_OF_CODE = {"region": PartnershipFilter.KINDS_OF_CODE["region"]}

    region = CodesFilter(example="lac", label=_("Region"), extra=GwopaRegion.choices, method="filter_region")

    class Meta:
        model = Country
        fields = []

    def filter_region(self, countries, name, regions):
        within = Q(gwopa_region__in=regions)
        for region in regions:
            within |= Q(area__lineage__contains=f"/{region}/")
        return countries.filter(within)
