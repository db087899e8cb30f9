"""The portal is nobody's mail relay: whom its invitations reach, for whom, and how often."""

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.urls import reverse

from notices.invitation_limits import A_DAY
from notices.models import OutgoingMail
from operators import services as operators
from operators.models import OrganisationInvitation
from operators.services import register_organisation
from partnerships.services import save_draft, start_partnership
from platforms import services as platforms
from reviews.states import State
from reviews.workflow import perform
from tests import factories
from vocabularies.models import Country

pytestmark = pytest.mark.django_db
GUEST = "guest@utility.example"


@pytest.fixture(autouse=True)
def unlimited():
    cache.clear()


def manager_of(organisation):
    return factories.OrganisationMemberFactory(organisation=organisation, role="manager").user


def coordinator_of(platform):
    return factories.SecretariatMemberFactory(platform=platform, role="coordinator").user


def colleague(email):
    organisation = factories.OrganisationFactory()
    return operators.invite(organisation, by=manager_of(organisation), email=email)


def spokesperson(email):
    by = coordinator_of(factories.global_platform())
    return operators.invite_to_claim(factories.OrganisationFactory(), by=by, email=email)


def reviewer(email):
    platform = factories.PlatformFactory()
    return platforms.invite(platform, by=coordinator_of(platform), email=email)


def once_more(email):
    """The same letter again."""
    organisation = factories.OrganisationFactory()
    manager = manager_of(organisation)
    invitation = OrganisationInvitation(organisation=organisation, email=email, invited_by=manager)
    invitation.renew()
    invitation.save()
    return operators.resend_invitation(invitation, by=manager)


KINDS = (colleague, spokesperson, reviewer, once_more)


# --- before anybody has seen the name -------------------------------------------------------------------


@pytest.fixture
def applicant():
    factories.global_platform()
    return factories.UserFactory()


@pytest.fixture
def registered(applicant):
    country = Country.objects.get(pk="LC")
    return register_organisation(by=applicant, name="Aqua Nova", kind="operator", country=country)


def test_who_has_just_registered_invites_nobody_until_it_is_accepted(client, applicant, registered):
    client.force_login(applicant)
    address = reverse("operators:people", args=[registered.slug])
    sent = {"email": GUEST, "role": "editor"}
    for page in (client.get(address), client.post(address, sent)):
        assert "as soon as the secretariat has accepted Aqua Nova" in page.content.decode()
    with pytest.raises(ValidationError, match="as soon as the secretariat has accepted"):
        operators.invite(registered, by=applicant, email=GUEST)
    assert not OrganisationInvitation.objects.exists()
    assert not OutgoingMail.objects.filter(address=GUEST).exists()
    type(registered)._base_manager.filter(pk=registered.pk).update(state=State.PUBLISHED)
    client.post(address, sent)
    assert OutgoingMail.objects.filter(address=GUEST).exists()


def test_nor_does_who_added_a_partner_in_place(client, applicant):
    country = Country.objects.get(pk="LC")
    added = operators.add_partner(by=applicant, name="Aqua Nova", kind="operator", country=country)
    client.force_login(applicant)
    address = reverse("operators:claim", args=[added.slug])
    for page in (client.get(address), client.post(address, {"email": GUEST})):
        assert "as soon as the secretariat has accepted Aqua Nova" in page.content.decode()
    with pytest.raises(ValidationError, match="as soon as the secretariat has accepted"):
        operators.invite_to_claim(added, by=applicant, email=GUEST)
    assert not OutgoingMail.objects.filter(address=GUEST).exists()


@pytest.mark.parametrize("is_claim", [True, False])
def test_an_older_letter_is_not_sent_again_before(applicant, registered, is_claim):
    if is_claim:
        registered.members.all().delete()
    letter = OrganisationInvitation(organisation=registered, email=GUEST, invited_by=applicant, is_claim=is_claim)
    letter.renew()
    letter.save()
    with pytest.raises(ValidationError, match="as soon as"):
        operators.resend_invitation(letter, by=applicant)


def test_nor_are_the_members_of_others_asked_about_an_entry_of_theirs(version, author, applicant, registered):
    """Not even when the entry names only others, who are public."""
    draft = start_partnership(applicant, organisation=registered, title="Act now: https://evil.example", role="mentor")
    draft.involvements.all().delete()
    named = [(factories.mentor_of(version), "mentor"), (factories.mentee_of(version), "mentee")]
    for organisation, role in named:
        factories.InvolvementFactory(version=draft, organisation=organisation, role=role)
    save_draft(draft, by=applicant, revision=draft.revision, fields={"summary": "Words"})
    with pytest.raises(ValidationError) as caught:
        perform(draft, "submit", by=applicant)
    assert "Aqua Nova" in caught.value.message_dict["involvements"][0]
    assert not OutgoingMail.objects.filter(address=author.email).exists()
    type(registered)._base_manager.filter(pk=registered.pk).update(state=State.PUBLISHED)
    assert perform(draft, "submit", by=applicant).state == State.SUBMITTED


# --- how often ------------------------------------------------------------------------------------------


def sent_to(*addresses):
    return OutgoingMail.objects.filter(address__in=addresses).count()


@pytest.mark.parametrize("kind", KINDS)
def test_one_reader_gets_so_many_in_a_day_whoever_sends_them(kind):
    for number in range(A_DAY):
        KINDS[number % len(KINDS)](GUEST)
    with pytest.raises(ValidationError) as caught:
        kind(GUEST)
    assert "several invitations today" in caught.value.message_dict["email"][0]
    assert sent_to(GUEST) == A_DAY
    assert kind("somebody@utility.example")


def test_writing_the_address_otherwise_opens_nothing():
    ways = ["Guest@Utility.example", "guest+a@utility.example", "guest+b+c@utility.example", "GUEST+d@utility.example"]
    for number in range(A_DAY):
        colleague([GUEST, *ways][number])
    for way in ways:
        with pytest.raises(ValidationError, match="several invitations"):
            colleague(way)
    assert colleague("guest@elsewhere.example")
    assert colleague("guests@utility.example")


def test_the_next_day_it_is_possible_again():
    for _number in range(A_DAY):
        colleague(GUEST)
    OutgoingMail.objects.update(created_at="2020-01-01T00:00Z")
    assert colleague(GUEST)


def test_one_person_sends_so_many_in_an_hour_of_whatever_kind(settings):
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"invite": "2/h"}
    organisation, platform = factories.OrganisationFactory(), factories.PlatformFactory()
    person = manager_of(organisation)
    factories.SecretariatMemberFactory(platform=platform, user=person, role="coordinator")
    letter = operators.invite(organisation, by=person, email="a@utility.example")
    platforms.invite(platform, by=person, email="b@utility.example")
    for send in (
        lambda: operators.invite(organisation, by=person, email="c@utility.example"),
        lambda: platforms.invite(platform, by=person, email="c@utility.example"),
        lambda: operators.resend_invitation(letter, by=person),
        lambda: operators.ask_to_join(factories.OrganisationFactory(), by=person, message="Act now"),
    ):
        with pytest.raises(ValidationError, match="You have sent many invitations"):
            send()
    assert sent_to("c@utility.example") == 0
