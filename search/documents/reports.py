"""The documents of reports: of the published answers on a partnership that is public itself."""

from partnerships.models import PartnershipVersion
from reports.models import ReportVersion
from search.documents.texts import line, texts_of, titles, translations
from vocabularies.search import folded

KIND = "report"
LINKS = ("choices__term", "objectives", "results")
SIDES = ("involvements__organisation", "involvements__organisation__former_names")


def everything():
    return ReportVersion.objects.published().order_by().values_list("report", flat=True)


def named_by(marks):
    """Those whose answers or whose partnership changed, those that chose a term or name an organisation."""
    versions = ReportVersion._base_manager.order_by()
    partnerships = PartnershipVersion._base_manager.filter(pk__in=marks["version"]).order_by().values("partnership")
    named = PartnershipVersion.objects.published().filter(involvements__organisation__in=marks["organisation"])
    yield from versions.filter(pk__in=marks["report-version"]).values_list("report", flat=True)
    yield from versions.filter(report__partnership__in=partnerships).values_list("report", flat=True)
    public = ReportVersion.objects.published().order_by()
    if marks["term"]:
        yield from public.filter(choices__term__in=marks["term"]).values_list("report", flat=True)
    if marks["organisation"]:
        wops = named.order_by().values("partnership")
        yield from public.filter(report__partnership__in=wops).values_list("report", flat=True)


def made(keys):
    return {one.report_id: _document(one, version) for one, version in published_with_versions(keys)}


def published_with_versions(keys):
    """[(published answers, published version of their partnership)] of the reports ``keys``."""
    reports = ReportVersion.objects.published().filter(report__in=keys).select_related("report__partnership")
    reports = list(reports.prefetch_related(*LINKS, *texts_of(ReportVersion)))
    wops = [one.report.partnership_id for one in reports]
    versions = PartnershipVersion.objects.published().filter(partnership__in=wops).prefetch_related(*SIDES)
    on = {version.partnership_id: version for version in versions.select_related("partnership")}
    return [(one, on[one.report.partnership_id]) for one in reports]


def _document(report, version):
    organisations = [row.organisation for row in version.involvements.all() if row.organisation]
    words = {
        4: [*titles(report), version.partnership.reference, *(one.acronym for one in organisations)],
        3: [version.title, *(one.name for one in organisations)],
        2: [name for choice in report.choices.all() for name in choice.term.all_names()],
        1: list(told_in(report)),
    }
    return {
        "terms": {},
        "numbers": {"pk": report.report_id},
        "amounts": {},
        "sorted": {"title": f"{folded(version.title)} {report.report_id:08}"},
        "words": {str(tier): line(texts) for tier, texts in words.items()},
    }


def told_in(report):
    """The texts of a report, as people wrote them."""
    yield from (report.activities_description, report.overall_results, report.other_themes)
    for relation in (report.objectives, report.results):
        yield from (row.text for row in relation.all())
    yield from (choice.explanation for choice in report.choices.all())
    yield from translations(report)
