"""Organisations at work: entering them, their people, their pages."""

from django.urls import path

from operators.views import contacts, membership, pages, people, registration

app_name = "operators"

urlpatterns = [
    path("organisations/", registration.find, name="find"),
    path("organisations/register/", registration.register, name="register"),
    path("organisations/requests/<int:pk>/answer/", membership.answer, name="answer"),
    path("organisations/requests/<int:pk>/withdraw/", membership.withdraw, name="withdraw"),
    path("organisations/<slug:slug>/", pages.manage, name="manage"),
    path("organisations/<slug:slug>/registration/", registration.registration, name="registration"),
    path("organisations/<slug:slug>/page/", pages.page, name="page"),
    path("organisations/<slug:slug>/page/history/", pages.history, name="history"),
    path("organisations/<slug:slug>/page/history/<int:pk>/revert/", pages.revert, name="revert"),
    path("organisations/<slug:slug>/logo/", pages.logo, name="logo"),
    path("organisations/<slug:slug>/change/", pages.change, name="change"),
    path("organisations/<slug:slug>/join/", membership.join, name="join"),
    path("organisations/<slug:slug>/claim/", membership.claim, name="claim"),
    path("organisations/<slug:slug>/contacts/", contacts.contacts, name="contacts"),
    path("organisations/<slug:slug>/contacts/<int:pk>/", contacts.contact, name="contact"),
    path("organisations/<slug:slug>/contacts/<int:pk>/erase/", contacts.erase, name="contact-erase"),
    path("contacts/<str:token>/", contacts.link, name="contact-link"),
    path("organisations/<slug:slug>/people/", people.people, name="people"),
    path("organisations/<slug:slug>/people/leave/", people.leave, name="leave"),
    path("organisations/<slug:slug>/people/<int:pk>/role/", people.role, name="role"),
    path("organisations/<slug:slug>/people/<int:pk>/remove/", people.remove, name="remove"),
    path("organisations/<slug:slug>/invitations/<int:pk>/resend/", people.resend, name="resend"),
    path("organisations/<slug:slug>/invitations/<int:pk>/revoke/", people.revoke, name="revoke"),
    path("invitations/<str:token>/", membership.invitation, name="invitation"),
]
