"""Joining, answering, roles, leaving: nobody gives themselves rights."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from operators import services
from operators.models import (
    JoinRequest,
    OrganisationMember,
)
from platforms.models import SecretariatMember
from reviews.states import State
from tests import factories
from tests.operators.cast import Role, answerers, mails, member_of, refused, token_sent_to, with_address

pytestmark = pytest.mark.django_db


# --- joining --------------------------------------------------------------------------------------------


def test_managers_are_asked_and_accept_in_one_step(organisation, manager, secretary, stranger):
    request = services.ask_to_join(organisation, by=stranger, message=" I run the lab. ")
    assert request.message == "I run the lab."
    assert mails("join-request") == [manager.email]
    services.answer_join_request(request, by=manager, accept=True)
    assert organisation.members.get(user=stranger).role == Role.EDITOR
    assert mails("join-accepted") == [stranger.email]


def test_without_a_manager_the_secretariat_is_asked_and_makes_one(organisation, secretary, stranger):
    request = services.ask_to_join(organisation, by=stranger)
    assert mails("join-request") == [secretary.email]
    services.answer_join_request(request, by=secretary, accept=True)
    assert organisation.members.get(user=stranger).role == Role.MANAGER


def test_the_secretariat_makes_no_second_manager(organisation, manager, secretary, stranger):
    request = services.ask_to_join(organisation, by=stranger)
    services.answer_join_request(request, by=secretary, accept=True, role=Role.MANAGER)
    assert organisation.members.get(user=stranger).role == Role.EDITOR


def test_a_declined_request_gives_nothing_and_may_be_repeated(organisation, manager, stranger):
    request = services.ask_to_join(organisation, by=stranger)
    services.answer_join_request(request, by=manager, accept=False)
    assert not organisation.members.filter(user=stranger).exists()
    assert mails("join-declined") == [stranger.email]
    assert services.ask_to_join(organisation, by=stranger)


def test_a_request_is_answered_once(organisation, manager, stranger):
    request = services.ask_to_join(organisation, by=stranger)
    stale = JoinRequest.objects.get(pk=request.pk)
    services.answer_join_request(request, by=manager, accept=False)
    with pytest.raises(ValidationError) as caught:
        services.answer_join_request(stale, by=manager, accept=True)
    assert caught.value.code == "answered"
    assert not organisation.members.filter(user=stranger).exists()


def test_nobody_answers_their_own_request(organisation, platform, manager, secretary):
    request = services.ask_to_join(organisation, by=secretary)
    with pytest.raises(PermissionDenied):
        services.answer_join_request(request, by=secretary, accept=True)


def test_only_its_managers_and_its_secretariat_answer(organisation, platform, manager, stranger):
    request = services.ask_to_join(organisation, by=stranger)
    for who, user in answerers(organisation, platform).items():
        with pytest.raises(PermissionDenied):
            services.answer_join_request(request, by=user, accept=True)
        assert not JoinRequest.objects.answerable_by(user).exists(), who
    assert JoinRequest.objects.answerable_by(manager).get() == request


def test_a_member_of_the_secretariat_who_belongs_to_it_does_not_answer_for_it(organisation, platform, stranger):
    both = member_of(organisation)
    SecretariatMember.objects.create(platform=platform, user=both)
    request = services.ask_to_join(organisation, by=stranger)
    with pytest.raises(PermissionDenied):
        services.answer_join_request(request, by=both, accept=True)
    assert not JoinRequest.objects.answerable_by(both).exists()


def test_the_secretariat_answers_with_a_second_factor_only(settings, organisation, secretary, stranger):
    settings.SECOND_FACTOR_REQUIRED = True
    request = services.ask_to_join(organisation, by=stranger)
    with pytest.raises(PermissionDenied):
        services.answer_join_request(request, by=secretary, accept=True)


def test_a_platform_above_answers_too(organisation, stranger):
    above = factories.SecretariatMemberFactory(platform=factories.global_platform()).user
    request = services.ask_to_join(organisation, by=stranger)
    assert JoinRequest.objects.answerable_by(above).get() == request
    services.answer_join_request(request, by=above, accept=True)
    assert organisation.members.count() == 1


def test_a_request_is_made_once_at_a_time_and_never_by_members(organisation, manager, stranger):
    services.ask_to_join(organisation, by=stranger)
    with pytest.raises(ValidationError, match="already asked"):
        services.ask_to_join(organisation, by=stranger)
    with pytest.raises(ValidationError, match="already a member"):
        services.ask_to_join(organisation, by=manager)


@pytest.mark.parametrize("state", sorted(set(State.values) - {State.PUBLISHED}))
def test_what_is_not_public_cannot_be_joined(stranger, state):
    with pytest.raises(PermissionDenied):
        services.ask_to_join(factories.OrganisationFactory(state=state), by=stranger)


def test_only_who_asked_takes_a_request_back(organisation, manager, stranger):
    request = services.ask_to_join(organisation, by=stranger)
    with pytest.raises(PermissionDenied):
        services.withdraw_join_request(request, by=manager)
    services.withdraw_join_request(request, by=stranger)
    with pytest.raises(ValidationError):
        services.answer_join_request(request, by=manager, accept=True)


# --- roles ----------------------------------------------------------------------------------------------


def test_managers_change_roles_and_remove(organisation, manager):
    editor = organisation.members.get(user=member_of(organisation))
    services.change_role(editor, by=manager, role=Role.MANAGER)
    assert organisation.managers().count() == 2
    services.remove_member(editor, by=manager)
    assert organisation.members.count() == 1


def test_nobody_else_changes_roles_or_removes(organisation, platform, manager, secretary):
    member = organisation.members.get(user=manager)
    for user in [*answerers(organisation, platform).values(), secretary]:
        with pytest.raises(PermissionDenied):
            services.change_role(member, by=user, role=Role.EDITOR)
        with pytest.raises(PermissionDenied):
            services.remove_member(member, by=user)


def test_an_editor_does_not_become_a_manager_alone(organisation, manager):
    editor = organisation.members.get(user=member_of(organisation))
    with pytest.raises(PermissionDenied):
        services.change_role(editor, by=editor.user, role=Role.MANAGER)


def test_the_secretariat_appoints_a_manager_only_where_there_is_none(organisation, platform, secretary):
    editor = organisation.members.get(user=member_of(organisation))
    services.change_role(editor, by=secretary, role=Role.MANAGER)
    other = organisation.members.get(user=member_of(organisation))
    with pytest.raises(PermissionDenied):
        services.change_role(other, by=secretary, role=Role.MANAGER)


def test_an_editor_of_the_secretariat_does_not_appoint_themselves(organisation, platform):
    both = member_of(organisation)
    SecretariatMember.objects.create(platform=platform, user=both, role="coordinator")
    with pytest.raises(PermissionDenied):
        services.change_role(organisation.members.get(user=both), by=both, role=Role.MANAGER)


def test_an_unknown_role_is_refused(organisation, manager):
    editor = organisation.members.get(user=member_of(organisation))
    with pytest.raises(ValidationError):
        services.change_role(editor, by=manager, role="owner")


def test_a_member_of_another_organisation_is_out_of_reach(organisation, manager):
    other = factories.OrganisationMemberFactory()
    for act in (lambda: services.remove_member(other, by=manager),
                lambda: services.change_role(other, by=manager, role=Role.MANAGER)):  # fmt: skip
        with pytest.raises(PermissionDenied):
            act()


@pytest.mark.parametrize("way", ["leave", "give the role up", "remove themselves"])
def test_the_last_manager_does_not_go_unnoticed(organisation, secretary, manager, way):
    member_of(organisation)
    member = organisation.members.get(user=manager)
    ways = {
        "leave": lambda **sure: services.leave(organisation, by=manager, **sure),
        "give the role up": lambda **sure: services.change_role(member, by=manager, role=Role.EDITOR, **sure),
        "remove themselves": lambda **sure: services.remove_member(member, by=manager, **sure),
    }
    with pytest.raises(ValidationError, match="only manager") as caught:
        ways[way]()
    assert caught.value.code == "last_manager"
    assert organisation.managers().get() == manager
    assert mails("no-manager-left") == []
    member.refresh_from_db()
    ways[way](is_sure=True)
    assert not organisation.managers().exists()
    assert mails("no-manager-left") == [secretary.email]


def test_with_a_second_manager_one_leaves_freely(organisation, secretary, manager):
    member_of(organisation, Role.MANAGER)
    services.leave(organisation, by=manager)
    assert mails("no-manager-left") == []


def test_an_editor_leaves_freely_also_where_nobody_manages(organisation, secretary):
    services.leave(organisation, by=member_of(organisation))
    assert mails("no-manager-left") == []


def test_who_goes_or_is_demoted_leaves_no_open_door(organisation, manager):
    for number, act in enumerate([
        lambda member: services.leave(organisation, by=member.user),
        lambda member: services.remove_member(member, by=manager),
        lambda member: services.change_role(member, by=manager, role=Role.EDITOR),
    ]):  # fmt: skip
        other = member_of(organisation, Role.MANAGER)
        email = f"back{number}@door.example"
        services.invite(organisation, by=other, email=email, role=Role.MANAGER)
        act(organisation.members.get(user=other))
        refused(token_sent_to(email), with_address(email), "revoked")


def test_a_member_who_is_gone_is_not_written_back(organisation, manager):
    member = organisation.members.get(user=member_of(organisation))
    stale = OrganisationMember.objects.get(pk=member.pk)
    services.remove_member(member, by=manager)
    with pytest.raises(ValidationError, match="no longer a member"):
        services.change_role(stale, by=manager, role=Role.MANAGER)
    assert organisation.members.count() == 1
