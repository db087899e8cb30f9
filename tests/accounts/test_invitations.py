"""Somebody without an account is invited: the way in says to what all along, and ends where it is accepted."""

import re

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from accounts.models import User
from notices.sending import sweep
from operators.models import OrganisationMember
from operators.services import invite, invite_to_claim
from platforms.models import SecretariatMember
from platforms.services import invite as invite_to_secretariat
from tests import factories
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
EMAIL = "new@utility.example"


@pytest.fixture(autouse=True)
def unlimited():
    cache.clear()


def link_sent():
    """The link in the last mail that went to the invited address."""
    sweep()
    body = next(letter.body for letter in reversed(mail.outbox) if letter.to == [EMAIL])
    return re.search(rf"{settings.PORTAL_URL}(\S+)", body).group(1)


def invited_to_organisation():
    organisation = factories.OrganisationFactory(name="Aguas Nuevas")
    manager = factories.OrganisationMemberFactory(
        organisation=organisation, role="manager", user=factories.UserFactory(name="Marta Manager")
    ).user
    invite(organisation, by=manager, email=EMAIL)
    offer = "Marta Manager invites you to work for Aguas Nuevas in the WOP Portal, as Editor."
    return offer, lambda user: OrganisationMember.objects.filter(user=user, organisation=organisation).exists()


def asked_to_claim():
    factories.global_platform()
    organisation = factories.OrganisationFactory(name="Aguas Nuevas")
    secretary = factories.SecretariatMemberFactory(
        platform=factories.global_platform(), user=factories.UserFactory(name="Sara Secretary")
    ).user
    invite_to_claim(organisation, by=secretary, email=EMAIL)
    offer = "Sara Secretary asks you to speak for Aguas Nuevas in the WOP Portal."
    return offer, lambda user: organisation.join_requests.filter(user=user).exists()


def invited_to_secretariat():
    platform = factories.PlatformFactory(name="Platform of the Islands")
    coordinator = factories.SecretariatMemberFactory(
        platform=platform, role="coordinator", user=factories.UserFactory(name="Cora Coordinator")
    ).user
    invite_to_secretariat(platform, by=coordinator, email=EMAIL)
    offer = "Cora Coordinator invites you to the secretariat of Platform of the Islands in the WOP Portal, as Reviewer."
    return offer, lambda user: SecretariatMember.objects.filter(user=user, platform=platform).exists()


def link_to(page, name):
    """The address of a link on ``page`` to the page ``name``."""
    found = re.search(rf'href="({re.escape(reverse(name))}[^"]*)"', page.text)
    return found.group(1).replace("&amp;", "&")


def signed_up(client, invitation):
    """From the letter to the page that asks to look into the mail; every page on the way."""
    pages = [client.get(invitation)]
    signup = link_to(pages[0], "account_signup")
    pages.append(client.get(signup))
    assert f'value="{EMAIL}"' in pages[1].text
    data = {"name": "Nina New", "email": EMAIL, "password1": PASSWORD, "next": invitation}
    pages.append(client.post(reverse("account_signup"), data, follow=True))
    return pages


@pytest.mark.parametrize("invited", [invited_to_organisation, asked_to_claim, invited_to_secretariat])
@pytest.mark.parametrize("in_another_browser", [False, True])
def test_the_way_in_says_who_invites_to_what_and_ends_at_accepting(client, invited, in_another_browser):
    offer, has_arrived = invited()
    invitation = link_sent()
    pages = signed_up(client, invitation)
    browser = Client() if in_another_browser else client
    confirm = link_sent()
    pages.append(browser.get(confirm))
    pages.append(browser.post(confirm.partition("?")[0], {"next": invitation}, follow=True))
    pages.append(browser.get(link_to(pages[-1], "account_login")))
    data = {"login": EMAIL, "password": PASSWORD, "next": invitation}
    came_to = browser.post(reverse("account_login"), data, follow=True)
    assert came_to.request["PATH_INFO"] == invitation
    pages.append(came_to)
    assert [page.request["PATH_INFO"] for page in pages if escape(offer) not in page.text] == []
    assert "</button>" in came_to.text[came_to.text.index("<main") :]
    user = User.objects.get(email=EMAIL)
    assert not has_arrived(user)
    browser.post(invitation)
    assert has_arrived(user)


def test_nothing_is_accepted_without_an_account(client):
    _offer, _has_arrived = invited_to_organisation()
    invitation = link_sent()
    page = client.get(invitation)
    assert page.status_code == 200
    assert "no-store" in page.headers["Cache-Control"]
    assert "Accept</button>" not in page.text
    client.post(invitation)
    assert OrganisationMember.objects.count() == 1


def test_a_link_that_does_not_work_says_so_without_an_account_too(client):
    assert client.get(reverse("operators:invitation", args=["nothing"])).status_code == 404
    invited_to_organisation()
    invitation = link_sent()
    organisation = OrganisationMember.objects.get().organisation
    organisation.invitations.update(expires_at="2020-01-01T00:00Z")
    page = client.get(invitation)
    assert (page.status_code, "has expired" in page.text) == (410, True)


@pytest.mark.parametrize("ahead", ["https://evil.example/", "//evil.example", "/en/" + "x" * 400, ""])
def test_a_mail_leads_on_only_within_the_portal(client, ahead):
    data = {"name": "Nina New", "email": EMAIL, "password1": PASSWORD, "next": ahead}
    answer = client.post(reverse("account_signup"), data)
    assert answer.url == reverse("account_email_verification_sent")
    assert "?" not in link_sent()


@pytest.mark.parametrize("name", ["account_login", "account_signup"])
def test_who_is_led_elsewhere_reads_of_no_invitation(client, name):
    assert "When you are signed in, you accept" not in client.get(reverse(name), {"next": "/en/workspace/"}).text
