"""Whole sets to take away: files below ``/api/``, and the page of a large download."""

from django.urls import path

from exports.views import charts, downloads, jobs

app_name = "exports"

file_patterns = [
    *(path(f"v1/partnerships.{form.code}", view, name=form.view_name) for form, view in downloads.VIEWS),
    path("v1/codebook.csv", downloads.codes, name="codebook"),
    path("v1/exports/<slug:token>/", jobs.job, name="export"),
    path("v1/exports/<slug:token>/file", jobs.file, name="export-file"),
]
"""In the namespace ``api``: programs ask for them beside the REST API."""
chart_patterns = [path("<slug:code>.csv", charts.table, name="csv")]
"""The numbers of one chart: below ``/<language>/insights/``."""
urlpatterns = [path("<slug:token>/", jobs.page, name="job")]
"""The page of a large download: below ``/<language>/exports/``."""
