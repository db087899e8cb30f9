"""Secretariats: who is invited, by whom, and what the last coordinator is told."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from platforms import services
from platforms.models import SecretariatMember
from tests import factories
from tests.operators.cast import mails, token_sent_to, with_address

pytestmark = pytest.mark.django_db

Role = SecretariatMember.Role


@pytest.fixture
def platform():
    overall = factories.global_platform()
    region = factories.PlatformFactory(acronym="WOP-LAC", parent=overall)
    return factories.PlatformFactory(acronym="Cari-WOP", parent=region)


@pytest.fixture
def coordinator(platform):
    return serving(platform, Role.COORDINATOR)


def serving(platform, role=Role.REVIEWER):
    return factories.SecretariatMemberFactory(platform=platform, role=role).user


def others(platform):
    """Who may not decide who belongs to the secretariat of ``platform``."""
    return {
        "reviewer": serving(platform),
        "reviewer above": serving(platform.parent),
        "coordinator below": serving(factories.PlatformFactory(parent=platform), Role.COORDINATOR),
        "coordinator elsewhere": serving(factories.PlatformFactory(), Role.COORDINATOR),
        "manager of an operator": factories.OrganisationMemberFactory(role="manager").user,
        "stranger": factories.UserFactory(),
    }


@pytest.mark.parametrize("above", [0, 1, 2])
def test_coordinators_of_the_platform_and_above_invite(platform, above):
    by = serving(platform.line()[above], Role.COORDINATOR)
    services.invite(platform, by=by, email="new@office.example", role=Role.REVIEWER)
    user = with_address("new@office.example")
    member = services.accept_invitation(token_sent_to("new@office.example"), by=user)
    assert (member.platform, member.role) == (platform, Role.REVIEWER)
    assert mails("secretariat-invitation") == ["new@office.example"]
    with pytest.raises(ValidationError) as caught:
        services.accept_invitation(token_sent_to("new@office.example"), by=user)
    assert caught.value.code == "used"


def test_nobody_else_decides_who_belongs(platform, coordinator):
    invitation = services.invite(platform, by=coordinator, email="new@office.example")
    member = SecretariatMember.objects.get(user=coordinator)
    for user in others(platform).values():
        for act in (
            lambda by: services.invite(platform, by=by, email="other@office.example"),
            lambda by: services.resend_invitation(invitation, by=by),
            lambda by: services.revoke_invitation(invitation, by=by),
            lambda by: services.change_role(member, by=by, role=Role.REVIEWER, is_sure=True),
            lambda by: services.remove_member(member, by=by, is_sure=True),
        ):
            with pytest.raises(PermissionDenied):
                act(user)


def test_a_reviewer_does_not_become_a_coordinator_alone(platform):
    member = SecretariatMember.objects.get(user=serving(platform))
    with pytest.raises(PermissionDenied):
        services.change_role(member, by=member.user, role=Role.COORDINATOR)


def test_without_the_second_factor_a_coordinator_decides_nothing(settings, platform, coordinator):
    settings.SECOND_FACTOR_REQUIRED = True
    with pytest.raises(PermissionDenied):
        services.invite(platform, by=coordinator, email="new@office.example")


def test_the_link_is_for_its_address_and_can_be_taken_back(platform, coordinator, stranger):
    invitation = services.invite(platform, by=coordinator, email="new@office.example")
    token = token_sent_to("new@office.example")
    with pytest.raises(ValidationError) as caught:
        services.accept_invitation(token, by=stranger)
    assert caught.value.code == "other-address"
    services.revoke_invitation(invitation, by=coordinator)
    with pytest.raises(ValidationError) as caught:
        services.accept_invitation(token, by=with_address("new@office.example"))
    assert caught.value.code == "revoked"


@pytest.mark.parametrize("way", ["leave", "change_role", "remove_member"])
def test_the_last_coordinator_is_warned(platform, coordinator, way):
    serving(platform)
    member = SecretariatMember.objects.get(user=coordinator)
    ways = {
        "leave": lambda **sure: services.leave(platform, by=coordinator, **sure),
        "change_role": lambda **sure: services.change_role(member, by=coordinator, role=Role.REVIEWER, **sure),
        "remove_member": lambda **sure: services.remove_member(member, by=coordinator, **sure),
    }
    with pytest.raises(ValidationError, match="only coordinator") as caught:
        ways[way]()
    assert caught.value.code == "last_coordinator"
    member.refresh_from_db()
    ways[way](is_sure=True)
    assert not platform.members.filter(role=Role.COORDINATOR).exists()


@pytest.mark.parametrize("goes_alone", [False, True])
def test_who_goes_leaves_no_open_door(platform, coordinator, goes_alone):
    other = serving(platform, Role.COORDINATOR)
    services.invite(platform, by=other, email="back@door.example", role=Role.COORDINATOR)
    if goes_alone:
        services.leave(platform, by=other)
    else:
        services.remove_member(SecretariatMember.objects.get(user=other), by=coordinator)
    with pytest.raises(ValidationError) as caught:
        services.accept_invitation(token_sent_to("back@door.example"), by=with_address("back@door.example"))
    assert caught.value.code == "revoked"


# --- pages ----------------------------------------------------------------------------------------------


@pytest.fixture
def visit(client):
    def ask(user, name, *args, data=None):
        if user:
            client.force_login(user)
        address = reverse(f"platforms:{name}", args=args)
        return client.get(address) if data is None else client.post(address, data)

    return ask


def test_people_are_shown_to_the_secretariat_and_invited_by_coordinators(visit, platform, coordinator, stranger):
    slug, reviewer = platform.slug, serving(platform)
    assert "/accounts/login/" in visit(None, "people", slug).url
    assert visit(stranger, "people", slug).status_code == 404
    assert visit(reviewer, "people", slug).status_code == 200
    data = {"email": "new@office.example", "role": "reviewer"}
    assert visit(reviewer, "people", slug, data=data).status_code == 403
    wrong = visit(coordinator, "people", slug, data=data | {"email": "no address"})
    assert (wrong.status_code, "no address" in wrong.content.decode()) == (200, True)
    assert visit(coordinator, "people", slug, data=data).status_code == 302
    token = token_sent_to("new@office.example")
    assert visit(stranger, "invitation", token).status_code == 403
    user = with_address("new@office.example")
    assert visit(user, "invitation", token).status_code == 200
    visit(user, "invitation", token, data={})
    assert platform.members.filter(user=user).exists()
    assert visit(user, "invitation", token).status_code == 410


def test_steps_reach_only_their_own_platform(visit, platform, coordinator):
    elsewhere = factories.SecretariatMemberFactory()
    invitation = services.invite(platform, by=coordinator, email="new@office.example")
    for name, pk in (("role", elsewhere.pk), ("remove", elsewhere.pk), ("resend", 0), ("revoke", 0)):
        assert visit(coordinator, name, platform.slug, pk, data={"role": "coordinator"}).status_code == 404, name
        assert visit(coordinator, name, platform.slug, pk).status_code == 405
    assert visit(coordinator, "resend", platform.slug, invitation.pk, data={}).status_code == 302
    assert visit(coordinator, "revoke", platform.slug, invitation.pk, data={}).status_code == 302
    other = SecretariatMember.objects.get(user=serving(platform))
    visit(coordinator, "role", platform.slug, other.pk, data={"role": "coordinator"})
    visit(coordinator, "remove", platform.slug, other.pk, data={})
    assert not SecretariatMember.objects.filter(pk=other.pk).exists()


def test_the_last_coordinator_sees_the_way_out(visit, platform, coordinator):
    page = visit(coordinator, "leave", platform.slug, data={})
    assert "Do it all the same" in page.content.decode()
    visit(coordinator, "leave", platform.slug, data={"is_sure": "yes"})
    assert not platform.members.exists()
