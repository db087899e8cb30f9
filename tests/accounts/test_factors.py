"""The second factor: set up, asked for, and required of secretariats."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from accounts.decorators import second_factor_required
from accounts.services import confirm_email
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def unlimited():
    cache.clear()


@pytest.fixture
def person():
    person = UserFactory()
    confirm_email(user=person)
    return person


@pytest.fixture
def signed_in(client, person):
    """Signed in, and asked for the password once more, as before every change of a factor."""
    sign_in(client, person)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def sign_in(client, person):
    return client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})


def code_of(secret, *, period=0):
    """What an authenticator app shows now, or ``period`` half-minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + period))


@pytest.fixture
def secret(signed_in):
    """Of an app that is set up."""
    signed_in.get(reverse("mfa_activate_totp"))
    secret = signed_in.session["mfa.totp.secret"]
    response = signed_in.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert response.status_code == 302
    return secret


def test_an_app_is_set_up_with_the_digits_it_shows(signed_in, person, secret):
    assert Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists()
    assert "In use." in signed_in.get(reverse("mfa_index")).content.decode()


def test_the_picture_needs_nothing_that_the_security_policy_forbids(signed_in):
    response = signed_in.get(reverse("mfa_activate_totp"))
    page = response.content.decode()
    assert "<path" in page
    assert "data:" not in page
    assert " style=" not in page
    assert "data:" not in response.headers["Content-Security-Policy"]


def test_factors_are_changed_only_by_who_knows_the_password(client, person):
    sign_in(client, person)
    response = client.get(reverse("mfa_activate_totp"))
    assert response.url.startswith(reverse("account_reauthenticate"))
    assert "Incorrect password" in client.post(response.url, {"password": "wrong"}).content.decode()


def test_wrong_digits_set_up_nothing(signed_in, person):
    signed_in.get(reverse("mfa_activate_totp"))
    response = signed_in.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert response.status_code == 200
    assert "Incorrect code" in response.content.decode()
    assert not Authenticator.objects.exists()


def test_signing_in_then_asks_for_the_digits(client, person, secret):
    client.post(reverse("account_logout"))
    assert sign_in(client, person).url == reverse("mfa_authenticate")
    assert client.get(reverse("accounts:my-data")).status_code == 302
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret, period=1)})
    assert client.get(reverse("accounts:my-data")).status_code == 200


def test_a_recovery_code_lets_in_once(client, person, secret):
    code = Authenticator.objects.get(user=person, type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()[0]
    for expected in (200, 302):
        client.post(reverse("account_logout"))
        sign_in(client, person)
        client.post(reverse("mfa_authenticate"), {"code": code})
        assert client.get(reverse("accounts:my-data")).status_code == expected


@pytest.mark.parametrize(
    "name",
    [
        "mfa_index",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_deactivate_totp",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "account_email",
        "account_change_password",
        "usersessions_list",
    ],
)
def test_every_page_of_the_account_opens_in_our_look(signed_in, secret, name):
    response = signed_in.get(reverse(name))
    page = response.content.decode()
    assert response.status_code == 200
    assert 'class="account-nav"' in page
    assert page.count("<h1>") == 1
    assert "Menu:" not in page


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password"])
def test_every_entrance_opens_in_our_look(client, name):
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert response.content.decode().count("<h1>") == 1
    assert 'class="narrow"' in response.content.decode()


def test_the_page_for_passkeys_brings_its_script_from_this_host(signed_in):
    page = signed_in.get(reverse("mfa_add_webauthn")).content.decode()
    assert "mfa/js/webauthn" in page
    assert "creation_options" in page


# --- who needs one --------------------------------------------------------------------------------------


@second_factor_required
def desk(request):
    return HttpResponse("open")


@pytest.fixture
def ask(person):
    def answer():
        request = RequestFactory().get("/en/desk/")
        request.user, request._messages = person, FakeMessages()
        return desk(request)

    return answer


class FakeMessages(list):
    """The storage that the messages middleware would set."""

    def add(self, level, message, extra_tags=""):
        self.append(message)


def test_the_desk_leads_to_setting_one_up(ask, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    response = ask()
    assert (response.status_code, response.url) == (302, reverse("mfa_index"))


def test_the_desk_opens_with_a_factor(ask, settings, person):
    settings.SECOND_FACTOR_REQUIRED = True
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})
    assert ask().content == b"open"


def test_the_desk_opens_without_one_where_none_is_required(ask, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    assert ask().content == b"open"
