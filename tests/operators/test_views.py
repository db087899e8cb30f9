"""The pages about organisations: who sees and does what."""

import pytest
from django.urls import reverse

from operators import services
from operators.models import JoinRequest
from tests import factories
from tests.operators.cast import Role, member_of

pytestmark = pytest.mark.django_db


def pages(organisation):
    """{URL name: arguments} of everything that a GET shows."""
    own = {name: [organisation.slug] for name in ("manage", "page", "history", "change", "people", "join", "claim")}
    return own | {"registration": [organisation.slug], "find": [], "register": []}


def posts(organisation):
    """{URL name: arguments} of what only a POST does."""
    member = organisation.members.first()
    invitation = services.invite(organisation, by=organisation.managers().first(), email="x@y.example")
    request = services.ask_to_join(organisation, by=factories.UserFactory())
    edit = organisation.page_edits.create(revision=1, before={"": {"": {"city": ""}}}, after={"": {"": {"city": ""}}})
    slug = organisation.slug
    return {
        "leave": [slug], "role": [slug, member.pk], "remove": [slug, member.pk], "resend": [slug, invitation.pk],
        "revoke": [slug, invitation.pk], "revert": [slug, edit.pk], "answer": [request.pk], "withdraw": [request.pk],
    }  # fmt: skip


def test_every_page_asks_for_an_account(visit, organisation, manager):
    for name, args in pages(organisation).items():
        response = visit(None, name, *args)
        assert (response.status_code, "/accounts/login/" in response.url) == (302, True), name
    for name, args in posts(organisation).items():
        # Answered with what was typed, to be sent again after signing in.
        assert visit(None, name, *args, data={}).status_code == 403, name
    assert organisation.members.count() == 1


def test_steps_are_posted_and_reads_are_not(visit, client, organisation, manager):
    for name, args in posts(organisation).items():
        assert visit(manager, name, *args).status_code == 405, name
    for name, args in {"find": [], "manage": [organisation.slug], "history": [organisation.slug]}.items():
        assert visit(manager, name, *args, data={}).status_code == 405, name
    assert client.put(reverse("operators:page", args=[organisation.slug])).status_code == 405


def test_strangers_see_no_working_page(visit, organisation, manager, stranger):
    for name in ("manage", "page", "history", "change", "people", "claim", "registration"):
        assert visit(stranger, name, organisation.slug).status_code == 404, name
    for name, args in posts(organisation).items():
        assert visit(stranger, name, *args, data={}).status_code in {403, 404}, name
    assert organisation.members.count() == 1
    assert JoinRequest.objects.pending().count() == 1


def test_managers_open_everything_of_theirs(visit, organisation, manager):
    for name in ("manage", "page", "history", "change", "people"):
        assert visit(manager, name, organisation.slug).status_code == 200, name


def test_editors_read_and_may_not_change(visit, organisation, manager):
    editor = member_of(organisation)
    allowed = {name: visit(editor, name, organisation.slug).status_code for name in ("manage", "history", "people")}
    assert allowed == dict.fromkeys(allowed, 200)
    refused = {name: visit(editor, name, organisation.slug).status_code for name in ("page", "change", "registration")}
    assert refused == dict.fromkeys(refused, 403)
    invited = visit(editor, "people", organisation.slug, data={"email": "a@b.example", "role": "manager"})
    assert invited.status_code == 403


def test_a_child_of_another_organisation_is_not_found_under_ones_own(visit, organisation, manager):
    other = factories.OrganisationFactory()
    boss = member_of(other, Role.MANAGER)
    theirs = services.invite(other, by=boss, email="x@other.example")
    edit = other.page_edits.create(revision=1, before={"": {"": {"city": ""}}}, after={"": {"": {"city": "X"}}})
    member = other.members.get()
    for name, pk in (("role", member.pk), ("remove", member.pk), ("resend", theirs.pk), ("revoke", theirs.pk),
                     ("revert", edit.pk)):  # fmt: skip
        response = visit(manager, name, organisation.slug, pk, data={"role": "editor", "is_sure": "yes"})
        assert response.status_code == 404, name
    assert other.managers().get() == boss
    assert other.invitations.get().is_open
