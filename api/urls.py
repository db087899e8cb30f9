"""The doors for programs: the REST API and what can be taken away. Below ``/api/``, without a language prefix."""

from django.urls import path, re_path

from api.views import (
    beginning,
    docs,
    export_jobs,
    exports,
    iati,
    organisations,
    partnerships,
    platforms,
    reports,
    root,
    tokens,
    vocabularies,
)
from api.views.beginning import beside
from api.working import working_patterns

app_name = "api"

urlpatterns = [
    path("v1/", root.root, name="root"),
    path("v1/partnerships/", beside(partnerships.partnerships, beginning.Partnerships), name="partnerships"),
    path("v1/partnerships/<slug:reference>/", partnerships.partnership, name="partnership"),
    path("v1/partnerships/<slug:reference>/versions/", partnerships.versions, name="partnership-versions"),
    path("v1/partnerships/<slug:reference>/versions/<int:number>/", partnerships.version, name="partnership-version"),
    path(
        "v1/partnerships/<slug:reference>/reports/",
        beside(reports.reports_of, beginning.Reports),
        name="partnership-reports",
    ),
    path("v1/reports/", reports.reports, name="reports"),
    path("v1/reports/<int:pk>/", reports.report, name="report"),
    path("v1/reports/<int:pk>/versions/", reports.versions, name="report-versions"),
    path("v1/reports/<int:pk>/versions/<int:number>/", reports.version, name="report-version"),
    path("v1/organisations/", beside(organisations.organisations, beginning.Organisations), name="organisations"),
    path("v1/organisations/<slug:name>/", organisations.organisation, name="organisation"),
    path("v1/platforms/", platforms.platforms, name="platforms"),
    path("v1/platforms/<slug:name>/", platforms.platform, name="platform"),
    path("v1/programmes/", platforms.programmes, name="programmes"),
    path("v1/programmes/<slug:name>/", platforms.programme, name="programme"),
    path("v1/terms/", vocabularies.terms, name="terms"),
    re_path(r"^v1/terms/(?P<terms>[a-z_]+)/(?P<code>[a-z0-9.-]+)/\Z", vocabularies.term, name="term"),
    path("v1/countries/", vocabularies.countries, name="countries"),
    path("v1/countries/<slug:code>/", vocabularies.country, name="country"),
    path("v1/areas/", vocabularies.areas, name="areas"),
    path("v1/areas/<slug:code>/", vocabularies.area, name="area"),
    path("v1/partnerships.csv", exports.csv, name="partnerships-csv"),
    path("v1/partnerships.xlsx", exports.xlsx, name="partnerships-xlsx"),
    path("v1/partnerships.zip", exports.zipped, name="partnerships-zip"),
    path("v1/partnerships.jsonl", exports.jsonl, name="partnerships-jsonl"),
    path("v1/partnerships.geojson", exports.geojson, name="partnerships-geojson"),
    path("v1/schema/", docs.schema, name="schema"),
    path("v1/schema.yaml", docs.schema_yaml, name="schema-yaml"),
    path("docs/", docs.docs, name="docs"),
    path("v1/codebook.csv", exports.codes, name="codebook"),
    path("v1/exports/<slug:token>/", export_jobs.job, name="export"),
    path("v1/exports/<slug:token>/file", export_jobs.file, name="export-file"),
    path("v1/partnerships.iati.xml", iati.partnerships, name="partnerships-iati"),
    path("v1/partnerships.iati-missing.json", iati.missing, name="partnerships-iati-missing"),
    path("v1/partnerships/<str:reference>.iati.xml", iati.partnership, name="partnership-iati"),
    *working_patterns,
    re_path(r"", root.unknown, name="unknown"),
]

export_patterns = [path("<slug:token>/", export_jobs.page, name="job")]
"""The page of a large download: below ``/<language>/exports/``."""
token_patterns = [
    path("", tokens.tokens, name="tokens"),
    path("new/", tokens.new, name="new"),
    path("revoke/", tokens.revoke_all, name="revoke-all"),
    path("<int:pk>/revoke/", tokens.revoke, name="revoke"),
]
"""The pages of a person's own tokens: below ``/<language>/workspace/tokens/``."""
