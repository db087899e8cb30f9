"""Drafting partnerships, below ``workspace/``."""

from django.urls import path

from partnerships.views import drafting, files, translations

app_name = "partnerships"

urlpatterns = [
    path("partnerships/new/", drafting.new, name="new"),
    path("partnerships/<int:pk>/", drafting.draft, name="draft"),
    path("partnerships/<int:pk>/check/", drafting.check, name="check"),
    path("partnerships/<str:reference>/new-version/", drafting.new_version, name="new-version"),
    path("partnerships/<int:pk>/files/", files.files, name="files"),
    path("partnerships/<int:pk>/files/<uuid:key>/", files.file, name="file"),
    path("partnerships/<int:pk>/files/<uuid:key>/remove/", files.remove, name="file-remove"),
    path("partnerships/<int:pk>/translations/", translations.translations, name="translations"),
    path("partnerships/<int:pk>/translations/<slug:language>/", translations.translation, name="translation"),
    path("partnerships/<int:pk>/<slug:section>/", drafting.section, name="section"),
]
