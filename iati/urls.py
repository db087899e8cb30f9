"""The register as IATI activities: in the namespace ``api``, beside the REST API."""

from django.urls import path

from iati import views

iati_patterns = [
    path("v1/partnerships.iati.xml", views.partnerships, name="partnerships-iati"),
    path("v1/partnerships.iati-missing.json", views.missing, name="partnerships-iati-missing"),
    path("v1/partnerships/<str:reference>.iati.xml", views.partnership, name="partnership-iati"),
]
