"""Whole sets to take away: files below ``/api/``, and the page of a large download."""

from django.urls import path

from exports.views import downloads, jobs

app_name = "exports"

file_patterns = [
    path("v1/partnerships.csv", downloads.csv, name="partnerships-csv"),
    path("v1/partnerships.xlsx", downloads.xlsx, name="partnerships-xlsx"),
    path("v1/partnerships.zip", downloads.zipped, name="partnerships-zip"),
    path("v1/partnerships.jsonl", downloads.jsonl, name="partnerships-jsonl"),
    path("v1/partnerships.geojson", downloads.geojson, name="partnerships-geojson"),
    path("v1/codebook.csv", downloads.codes, name="codebook"),
    path("v1/exports/<slug:token>/", jobs.job, name="export"),
    path("v1/exports/<slug:token>/file", jobs.file, name="export-file"),
]
"""In the namespace ``api``: programs ask for them beside the REST API."""
urlpatterns = [path("<slug:token>/", jobs.page, name="job")]
"""The page of a large download: below ``/<language>/exports/``."""
