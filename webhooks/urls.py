"""Webhooks of a platform: /en/workspace/platforms/<slug>/webhooks/."""

from django.urls import path

from webhooks import views

app_name = "webhooks"
HERE = "platforms/<slug:slug>/webhooks/"

urlpatterns = [
    path(HERE, views.webhooks, name="webhooks"),
    path(f"{HERE}new/", views.new, name="new"),
    path(f"{HERE}<int:pk>/", views.webhook, name="webhook"),
    path(f"{HERE}<int:pk>/edit/", views.edit, name="edit"),
    path(f"{HERE}<int:pk>/secret/", views.secret, name="secret"),
    path(f"{HERE}<int:pk>/switch/", views.switch, name="switch"),
    path(f"{HERE}<int:pk>/delete/", views.delete, name="delete"),
    path(f"{HERE}<int:pk>/test/", views.ping, name="ping"),
    path(f"{HERE}<int:pk>/deliveries/<uuid:delivery>/again/", views.send_again, name="send-again"),
]
