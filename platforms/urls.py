"""Platforms at work: their pages and their secretariats."""

from django.urls import path

from platforms.views import contacts, pages, people

app_name = "platforms"

urlpatterns = [
    path("platforms/<slug:slug>/", pages.edit, name="edit"),
    path("platforms/<slug:slug>/history/", pages.history, name="history"),
    path("platforms/<slug:slug>/history/<int:pk>/revert/", pages.revert, name="revert"),
    path("platforms/<slug:slug>/contacts/", contacts.contacts, name="contacts"),
    path("platforms/<slug:slug>/contacts/<int:pk>/", contacts.contact, name="contact"),
    path("platforms/<slug:slug>/contacts/<int:pk>/erase/", contacts.erase, name="contact-erase"),
    path("secretariats/contacts/<str:token>/", contacts.link, name="contact-link"),
    path("platforms/<slug:slug>/people/", people.people, name="people"),
    path("platforms/<slug:slug>/people/leave/", people.leave, name="leave"),
    path("platforms/<slug:slug>/people/<int:pk>/role/", people.role, name="role"),
    path("platforms/<slug:slug>/people/<int:pk>/remove/", people.remove, name="remove"),
    path("platforms/<slug:slug>/invitations/<int:pk>/resend/", people.resend, name="resend"),
    path("platforms/<slug:slug>/invitations/<int:pk>/revoke/", people.revoke, name="revoke"),
    path("secretariats/invitations/<str:token>/", people.invitation, name="invitation"),
]
