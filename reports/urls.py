"""Drafting reports, below ``workspace/``."""

from django.urls import path

from reports.views import drafting, files, translations

app_name = "reports"

urlpatterns = [
    path("partnerships/<str:reference>/reports/new/", drafting.new, name="new"),
    path("reports/<int:pk>/", drafting.draft, name="draft"),
    path("reports/<int:pk>/check/", drafting.check, name="check"),
    path("reports/<int:pk>/new-version/", drafting.new_version, name="new-version"),
    path("reports/<int:pk>/files/", files.files, name="files"),
    path("reports/<int:pk>/files/<uuid:key>/", files.file, name="file"),
    path("reports/<int:pk>/files/<uuid:key>/remove/", files.remove, name="file-remove"),
    path("reports/<int:pk>/translations/", translations.translations, name="translations"),
    path("reports/<int:pk>/translations/<slug:language>/", translations.translation, name="translation"),
    path("reports/<int:pk>/<slug:section>/", drafting.section, name="section"),
]
