"""allauth's pages, in our words: what a link in a mail leads to, and what proves who somebody is."""

from pathlib import Path

import allauth
import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.urls import reverse

from accounts.services import confirm_email
from tests.accounts.test_factors import sign_in
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

NEVER_MET = {
    "account/confirm_email_verification_code.html",
    "account/confirm_login_code.html",
    "account/confirm_password_reset_code.html",
    "account/confirm_phone_verification_code.html",
    "account/email.html",
    "account/password_set.html",
    "account/phone_change.html",
    "account/request_login_code.html",
    "account/signup_by_passkey.html",
    "account/signup_closed.html",
    "account/verified_email_required.html",
    "mfa/trust.html",
    "mfa/webauthn/signup_form.html",
}
"""Pages of ways to sign in that this portal does not offer."""


def test_every_page_of_allauth_that_somebody_can_meet_is_ours():
    theirs = Path(allauth.__file__).parent / "templates"
    pages = {
        str(page.relative_to(theirs))
        for app in ("account", "mfa", "usersessions")
        for page in theirs.glob(f"{app}/**/*.html")
        if not page.name.startswith("base") and page.parent.name != "snippets"
    }
    ours = {page for page in pages if (settings.BASE_DIR / "templates" / page).exists()}
    assert pages - ours == NEVER_MET


@pytest.fixture
def person():
    person = UserFactory()
    confirm_email(user=person)
    return person


def page_of_link(client, key):
    return client.get(reverse("account_confirm_email", args=[key])).content.decode()


def test_a_link_asks_for_the_address_that_it_confirms(client):
    address = EmailAddress.objects.create(user=UserFactory(), email="ana@utility.example")
    page = page_of_link(client, EmailConfirmationHMAC.create(address).key)
    assert "Is ana@utility.example your address?" in page
    assert "Confirm</button>" in page


def test_a_wrong_link_says_what_to_do(client):
    page = page_of_link(client, "nonsense")
    assert "This link does not work any more" in page
    assert f'href="{reverse("account_login")}"' in page
    assert "Confirm</button>" not in page


def test_an_address_that_meanwhile_belongs_to_somebody_else_is_not_confirmed(client, person):
    address = EmailAddress.objects.create(user=UserFactory(), email=person.email)
    link = EmailConfirmationHMAC.create(address).key
    assert "This address has an account already" in page_of_link(client, link)
    client.post(reverse("account_confirm_email", args=[link]))
    address.refresh_from_db()
    assert not address.verified


def test_a_wrong_link_to_a_new_password_leads_to_another_mail(client):
    page = client.get(reverse("account_reset_password_from_key", args=["1", "nonsense"])).content.decode()
    assert "This link does not work any more" in page
    assert f'href="{reverse("account_reset_password")}"' in page


def test_a_passkey_is_not_offered_to_somebody_without_one(client, person):
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})
    sign_in(client, person)
    page = client.get(reverse("mfa_authenticate")).content.decode()
    assert "six digits" in page
    assert "Use a passkey" not in page
