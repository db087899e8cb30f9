"""Letters with a link: for one address, once, for a while, and never more than they say."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from operators import services
from operators.models import (
    JoinRequest,
    Organisation,
    OrganisationInvitation,
)
from reviews.states import State
from reviews.workflow import perform
from tests import factories
from tests.operators.cast import Role, answerers, mails, refused, token_sent_to, with_address
from vocabularies.models import Country

pytestmark = pytest.mark.django_db


# --- inviting -------------------------------------------------------------------------------------------


def test_an_invitation_makes_its_reader_a_member_once(organisation, manager):
    services.invite(organisation, by=manager, email="New@wasco.example", role=Role.EDITOR)
    token = token_sent_to("New@wasco.example")
    user = with_address("new@wasco.example")
    assert services.accept_invitation(token, by=user).role == Role.EDITOR
    with pytest.raises(ValidationError) as caught:
        services.accept_invitation(token, by=user)
    assert caught.value.code == "used"


def test_the_link_itself_is_stored_nowhere_but_in_the_mail(organisation, manager):
    invitation = services.invite(organisation, by=manager, email="new@wasco.example")
    token = token_sent_to("new@wasco.example")
    assert token not in str(vars(invitation))
    assert invitation.token_hash == OrganisationInvitation.hash_of(token)


def test_an_invitation_expires(organisation, manager):
    invitation = services.invite(organisation, by=manager, email="new@wasco.example")
    OrganisationInvitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    refused(token_sent_to("new@wasco.example"), with_address("new@wasco.example"), "expired")
    assert timedelta(days=13) < invitation.expires_at - timezone.now() <= timedelta(days=14)


def test_an_invitation_is_taken_back(organisation, manager):
    invitation = services.invite(organisation, by=manager, email="new@wasco.example")
    services.revoke_invitation(invitation, by=manager)
    refused(token_sent_to("new@wasco.example"), with_address("new@wasco.example"), "revoked")
    with pytest.raises(ValidationError):
        services.resend_invitation(OrganisationInvitation.objects.get(), by=manager)


def test_an_invitation_is_for_its_address_only(organisation, manager):
    services.invite(organisation, by=manager, email="new@wasco.example")
    token = token_sent_to("new@wasco.example")
    refused(token, with_address("other@wasco.example"), "other-address")
    claims_it = factories.UserFactory()
    EmailAddress.objects.create(user=claims_it, email="new@wasco.example", verified=False)
    refused(token, claims_it, "other-address")
    second = with_address("home@mail.example")
    EmailAddress.objects.create(user=second, email="new@wasco.example", verified=True)
    EmailAddress.objects.filter(user=claims_it).delete()
    assert services.accept_invitation(token, by=second)


def test_an_unknown_link_gives_nothing(stranger):
    refused("made-up", stranger, "unknown")


def test_sent_again_only_the_new_link_works(organisation, manager):
    invitation = services.invite(organisation, by=manager, email="new@wasco.example")
    old = token_sent_to("new@wasco.example")
    services.resend_invitation(invitation, by=manager)
    user = with_address("new@wasco.example")
    refused(old, user, "unknown")
    assert len(mails("organisation-invitation")) == 2
    assert services.accept_invitation(token_sent_to("new@wasco.example"), by=user)


def test_an_address_is_invited_once_at_a_time(organisation, manager):
    services.invite(organisation, by=manager, email="new@wasco.example")
    with pytest.raises(ValidationError, match="still open"):
        services.invite(organisation, by=manager, email="NEW@wasco.example")
    with pytest.raises(ValidationError, match="already a member"):
        services.invite(organisation, by=manager, email=manager.email.upper())


def test_only_managers_of_the_very_organisation_invite(organisation, platform, manager, secretary):
    for user in [*answerers(organisation, platform).values(), secretary]:
        with pytest.raises(PermissionDenied):
            services.invite(organisation, by=user, email="new@wasco.example")
    invitation = services.invite(organisation, by=manager, email="new@wasco.example")
    for user in [*answerers(organisation, platform).values(), secretary]:
        with pytest.raises(PermissionDenied):
            services.revoke_invitation(invitation, by=user)
        with pytest.raises(PermissionDenied):
            services.resend_invitation(invitation, by=user)


def test_who_asked_and_is_invited_need_not_be_answered_any_more(organisation, manager):
    user = with_address("new@wasco.example")
    services.ask_to_join(organisation, by=user)
    services.invite(organisation, by=manager, email="new@wasco.example")
    services.accept_invitation(token_sent_to("new@wasco.example"), by=user)
    assert not organisation.join_requests.pending().exists()


def test_an_organisation_that_is_gone_takes_nobody_in(organisation, manager):
    services.invite(organisation, by=manager, email="new@wasco.example")
    Organisation.objects.filter(pk=organisation.pk).update(state=State.ARCHIVED)
    refused(token_sent_to("new@wasco.example"), with_address("new@wasco.example"), "revoked")


# --- claims ---------------------------------------------------------------------------------------------


def test_a_claim_never_gives_membership_directly(organisation, secretary):
    services.invite_to_claim(organisation, by=secretary, email="new@wasco.example")
    user = with_address("new@wasco.example")
    request = services.accept_invitation(token_sent_to("new@wasco.example"), by=user)
    assert isinstance(request, JoinRequest)
    assert not organisation.members.exists()
    assert mails("join-request") == [secretary.email]
    services.answer_join_request(request, by=secretary, accept=True)
    assert organisation.members.get().role == Role.MANAGER


def test_authors_of_a_wop_find_the_people_of_their_partner(version, author, counterpart):
    mentee = factories.mentee_of(version)
    with pytest.raises(PermissionDenied):
        services.invite_to_claim(mentee, by=author, email="new@partner.example")
    mentee.members.all().delete()
    with pytest.raises(PermissionDenied):
        services.invite_to_claim(mentee, by=factories.UserFactory(), email="new@partner.example")
    services.invite_to_claim(mentee, by=author, email="new@partner.example")
    services.accept_invitation(token_sent_to("new@partner.example"), by=with_address("new@partner.example"))
    with pytest.raises(PermissionDenied):
        services.answer_join_request(JoinRequest.objects.get(), by=author, accept=True)


def test_who_entered_a_partner_does_not_let_its_people_in(stranger, secretary, platform):
    made = services.add_partner(by=stranger, name="Aqua", kind="operator", country=Country.objects.get(pk="LC"))
    made = perform(made, "admit", by=None)
    services.invite_to_claim(made, by=stranger, email="new@aqua.example")
    request = services.accept_invitation(token_sent_to("new@aqua.example"), by=with_address("new@aqua.example"))
    with pytest.raises(PermissionDenied):
        services.answer_join_request(request, by=stranger, accept=True)
    assert JoinRequest.objects.answerable_by(secretary).get() == request
    services.answer_join_request(request, by=secretary, accept=True)
    assert made.members.get().role == Role.MANAGER


def test_who_entered_a_partner_cannot_claim_it_alone(stranger, platform):
    EmailAddress.objects.create(user=stranger, email=stranger.email, verified=True)
    made = services.add_partner(by=stranger, name="Aqua", kind="operator", country=Country.objects.get(pk="LC"))
    made = perform(made, "admit", by=None)
    services.invite_to_claim(made, by=stranger, email=stranger.email)
    request = services.accept_invitation(token_sent_to(stranger.email), by=stranger)
    with pytest.raises(PermissionDenied):
        services.answer_join_request(request, by=stranger, accept=True)
    assert not made.members.exists()
