"""The people of an organisation on the pages: asking, inviting, claiming, leaving."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from operators import services
from operators.models import JoinRequest, OrganisationMember
from tests import factories
from tests.operators.cast import Role, fields, member_of, token_sent_to, with_address

pytestmark = pytest.mark.django_db


# --- people --------------------------------------------------------------------------------------------


def test_a_request_is_made_seen_and_accepted(visit, organisation, manager, stranger):
    visit(stranger, "join", organisation.slug, data={"message": "I run the lab."})
    assert "Take the request back" in visit(stranger, "join", organisation.slug).content.decode()
    assert "I run the lab." in visit(manager, "people", organisation.slug).content.decode()
    visit(manager, "answer", JoinRequest.objects.get().pk, data={"answer": "accept"})
    assert organisation.members.get(user=stranger).role == Role.EDITOR
    assert visit(stranger, "join", organisation.slug).url == reverse("operators:manage", args=[organisation.slug])


def test_a_request_for_a_draft_reaches_the_page_of_its_secretariat(visit, stranger, secretary, platform):
    partner = services.add_partner(by=stranger, **fields())
    user = factories.UserFactory()
    JoinRequest.objects.create(organisation=partner, user=user)
    assert user.name in visit(secretary, "people", partner.slug).content.decode()
    visit(secretary, "answer", JoinRequest.objects.get().pk, data={"answer": "accept"})
    assert partner.managers().get() == user
    assert visit(secretary, "people", partner.slug).status_code == 404


def test_a_request_is_taken_back(visit, organisation, manager, stranger):
    request = services.ask_to_join(organisation, by=stranger)
    assert visit(manager, "withdraw", request.pk, data={}).status_code == 404
    visit(stranger, "withdraw", request.pk, data={})
    assert not JoinRequest.objects.pending().exists()


def test_a_colleague_is_invited_and_comes_in(visit, organisation, manager):
    visit(manager, "people", organisation.slug, data={"email": "new@wasco.example", "role": "editor"})
    token = token_sent_to("new@wasco.example")
    user = with_address("new@wasco.example")
    offered = visit(user, "invitation", token)
    assert offered.status_code == 200
    assert organisation.name in offered.content.decode()
    assert not organisation.members.filter(user=user).exists()
    visit(user, "invitation", token, data={})
    assert organisation.members.get(user=user).role == Role.EDITOR
    again = visit(user, "invitation", token)
    assert (again.status_code, "used already" in again.content.decode()) == (410, True)


def test_an_invitation_for_somebody_else_says_for_whom(visit, organisation, manager, stranger):
    services.invite(organisation, by=manager, email="new@wasco.example")
    token = token_sent_to("new@wasco.example")
    for data in (None, {}):
        page = visit(stranger, "invitation", token, data=data)
        assert page.status_code == 403
        assert "new@wasco.example" in page.content.decode()
    assert organisation.members.count() == 1
    assert visit(stranger, "invitation", "nothing").status_code == 404


def test_a_wrong_invitation_keeps_the_words(visit, organisation, manager):
    page = visit(manager, "people", organisation.slug, data={"email": "no address", "role": "manager"})
    assert page.status_code == 200
    assert "no address" in page.content.decode()


def test_the_last_manager_is_shown_two_ways_out(visit, organisation, secretary, manager):
    member_of(organisation)
    page = visit(manager, "leave", organisation.slug, data={})
    assert page.status_code == 200
    assert "only manager" in page.content.decode()
    assert "Do it all the same" in page.content.decode()
    assert organisation.managers().exists()
    visit(manager, "leave", organisation.slug, data={"is_sure": "yes"})
    assert not organisation.managers().exists()


def test_roles_are_changed_and_members_removed(visit, organisation, manager):
    editor = organisation.members.get(user=member_of(organisation))
    visit(manager, "role", organisation.slug, editor.pk, data={"role": "manager"})
    editor.refresh_from_db()
    assert editor.role == Role.MANAGER
    assert visit(manager, "role", organisation.slug, editor.pk, data={"role": "king"}).status_code == 200
    visit(manager, "remove", organisation.slug, editor.pk, data={})
    assert not OrganisationMember.objects.filter(pk=editor.pk).exists()


def test_invitations_are_sent_again_and_taken_back(visit, organisation, manager):
    invitation = services.invite(organisation, by=manager, email="new@wasco.example")
    visit(manager, "resend", organisation.slug, invitation.pk, data={})
    visit(manager, "revoke", organisation.slug, invitation.pk, data={})
    assert not organisation.invitations.get().is_open


def test_people_cost_the_same_for_one_and_many(client, organisation, manager, django_assert_num_queries,
                                               django_assert_max_num_queries):  # fmt: skip
    def more(count):
        for number in range(count):
            member_of(organisation)
            services.ask_to_join(organisation, by=factories.UserFactory())
            services.invite(organisation, by=manager, email=f"{number}-{count}@x.example")

    client.force_login(manager)
    address = reverse("operators:people", args=[organisation.slug])
    more(1)
    client.get(address)
    with django_assert_max_num_queries(40) as few:
        client.get(address)
    more(12)
    with django_assert_num_queries(len(few)):
        client.get(address)


# --- claims -------------------------------------------------------------------------------------------


def test_an_organisation_without_members_is_claimed(visit, organisation, secretary):
    visit(secretary, "claim", organisation.slug, data={"email": "new@wasco.example"})
    user = with_address("new@wasco.example")
    page = visit(user, "invitation", token_sent_to("new@wasco.example"))
    assert "Ask to speak for it" in page.content.decode()
    visit(user, "invitation", token_sent_to("new@wasco.example"), data={})
    assert not organisation.members.exists()
    assert "Accept as manager" in visit(secretary, "people", organisation.slug).content.decode()


def test_one_with_members_is_not_claimed(visit, organisation, manager, secretary):
    assert visit(secretary, "claim", organisation.slug).status_code == 403
    assert visit(secretary, "claim", organisation.slug, data={"email": "a@b.example"}).status_code == 403


def test_too_many_invitations_are_refused_and_the_address_stays(visit, settings):
    cache.clear()
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"invite": "1/h"}
    organisation = factories.OrganisationFactory()
    manager = member_of(organisation, Role.MANAGER)
    visit(manager, "people", organisation.slug, data={"email": "first@utility.example", "role": "editor"})
    page = visit(manager, "people", organisation.slug, data={"email": "second@utility.example", "role": "editor"})
    assert "You have sent many invitations or requests" in page.content.decode()
    assert "second@utility.example" in page.content.decode()
    assert [letter.email for letter in organisation.invitations.all()] == ["first@utility.example"]
