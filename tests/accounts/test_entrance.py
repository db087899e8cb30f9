"""Signing up, in and out; resetting; changing the address: allauth, in our words and languages."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import override

from accounts.models import User
from accounts.services import confirm_email
from notices.sending import sweep
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

SIGNUP = {"name": "Ana López", "email": "ana@utility.example", "password1": PASSWORD}


@pytest.fixture(autouse=True)
def unlimited():
    """Attempts of other tests do not count."""
    cache.clear()


@pytest.fixture
def person():
    """Somebody whose address is confirmed."""
    person = UserFactory(email="ana@utility.example", language="es")
    confirm_email(user=person)
    return person


def letters():
    """The mails that have left since; they are sent beside the pages."""
    before = len(mail.outbox)
    sweep()
    return mail.outbox[before:]


def letter():
    """The one mail that has left."""
    (only,) = letters()
    return only


def link_in(message):
    return re.search(rf"{settings.PORTAL_URL}(\S+)", message.body).group(1)


def sign_in(client, email="ana@utility.example", password=PASSWORD):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def is_signed_in(client):
    return "_auth_user_id" in client.session


# --- sign up --------------------------------------------------------------------------------------------


def test_an_account_opens_after_its_address_is_confirmed(client):
    assert client.post(reverse("account_signup"), SIGNUP).status_code == 302
    assert not is_signed_in(client)
    link = link_in(letter())
    assert sign_in(client).url == reverse("account_email_verification_sent")
    assert client.get(link).status_code == 200
    client.post(link)
    assert EmailAddress.objects.get(email="ana@utility.example").verified
    sign_in(client)
    assert is_signed_in(client)


@pytest.mark.parametrize("language", ["en", "es", "fr", "pt"])
def test_name_and_language_of_the_page_are_saved(client, language):
    with override(language):
        client.post(reverse("account_signup"), SIGNUP)
    person = User.objects.get()
    assert (person.name, person.language) == ("Ana López", language)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Confirm"), ("es", "Confirme"), ("fr", "Confirmez"), ("pt", "Confirme")],
)
def test_the_mail_speaks_the_language_of_its_reader(client, language, words):
    with override(language):
        client.post(reverse("account_signup"), SIGNUP)
    mail = letter()
    assert mail.subject.startswith(words)
    assert f"/{language}/accounts/confirm-email/" in mail.body


@pytest.mark.parametrize(
    ("field", "value"), [("name", ""), ("email", "ana at utility"), ("email", ""), ("password1", "1234")]
)
def test_a_wrong_answer_is_said_at_its_field_and_the_others_stay(client, field, value):
    response = client.post(reverse("account_signup"), SIGNUP | {field: value})
    page = response.content.decode()
    assert response.status_code == 200
    assert f'id="id_{field}_error"' in page
    assert f'href="#id_{field}"' in page
    assert ("Ana López" in page) == (field != "name")
    assert PASSWORD not in page
    assert not User.objects.exists()


def test_nobody_learns_that_an_address_has_an_account(client, person):
    fresh = client.post(reverse("account_signup"), SIGNUP | {"email": "new@utility.example"})
    taken = client.post(reverse("account_signup"), SIGNUP)
    assert (taken.status_code, taken.url) == (fresh.status_code, fresh.url)
    assert User.objects.filter(email="ana@utility.example").count() == 1
    told = {one.to[0]: one.body for one in letters()}
    assert "/confirm-email/" in told["new@utility.example"]
    with override("es"):
        assert reverse("account_login") in told["ana@utility.example"]


# --- in and out -----------------------------------------------------------------------------------------


def test_people_sign_in_and_land_in_the_workspace(client, person):
    with override("fr"):
        response = client.post(reverse("account_login"), {"login": "Ana@Utility.example", "password": PASSWORD})
        assert response.url == reverse("desk:workspace")
    assert is_signed_in(client)


def test_people_come_back_to_the_page_they_wanted(client, person):
    wanted = reverse("accounts:my-data")
    response = client.post(
        f"{reverse('account_login')}?next={wanted}", {"login": person.email, "password": PASSWORD, "next": wanted}
    )
    assert response.url == wanted


def test_nobody_is_led_to_another_site(client, person):
    data = {"login": person.email, "password": PASSWORD, "next": "https://evil.example/"}
    assert "evil" not in client.post(reverse("account_login"), data).url


def test_a_wrong_password_opens_nothing(client, person):
    response = sign_in(client, password="wrong")
    assert response.status_code == 200
    assert 'role="alert"' in response.content.decode()
    assert not is_signed_in(client)


def test_signing_out_takes_a_form_and_works_at_once(client, person):
    client.force_login(person)
    assert is_signed_in(client)
    client.get(reverse("account_logout"))
    assert is_signed_in(client)
    assert client.post(reverse("account_logout")).url == reverse("directory:home")
    assert not is_signed_in(client)


def test_an_account_that_was_switched_off_stays_closed(client, person):
    User.objects.update(is_active=False)
    sign_in(client)
    assert not is_signed_in(client)


# --- what was forgotten or changes ----------------------------------------------------------------------


def test_a_forgotten_password_is_set_anew_by_a_link(client, person):
    client.post(reverse("account_reset_password"), {"email": person.email})
    message = letter()
    assert message.subject.startswith("Elija")
    response = client.get(link_in(message), follow=True)
    address = response.redirect_chain[-1][0]
    client.post(address, {"password1": "another horse entirely", "password2": "another horse entirely"})
    assert User.objects.get().check_password("another horse entirely")
    assert letter().to == [person.email]


def test_an_unknown_address_gets_the_same_answer(client, person):
    known = client.post(reverse("account_reset_password"), {"email": person.email})
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@utility.example"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert letter().to == [person.email]


def test_a_new_address_counts_after_its_confirmation(client, person):
    sign_in(client)
    client.post(reverse("account_email"), {"action_add": "", "email": "new@utility.example"})
    assert User.objects.get().email == "ana@utility.example"
    page = client.get(reverse("account_email")).content.decode()
    assert "Waiting for confirmation: new@utility.example" in page
    message = letter()
    assert message.to == ["new@utility.example"]
    client.post(link_in(message))
    assert User.objects.get().email == "new@utility.example"
    told = {message.to[0]: message.body for message in letters()}
    assert told.keys() == {"ana@utility.example"}
    assert "new@utility.example" in told["ana@utility.example"]


def test_a_changed_password_keeps_the_browser_signed_in(client, person):
    sign_in(client)
    new = "another horse entirely"
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert User.objects.get().check_password(new)
    assert client.get(reverse("accounts:my-data")).status_code == 200


def test_other_browsers_can_be_signed_out(client, person, django_user_model):
    other = type(client)()
    for browser in (client, other):
        sign_in(browser)
        browser.get(reverse("accounts:my-data"))
    assert "Sign out everywhere else" in client.get(reverse("usersessions_list")).content.decode()
    client.post(reverse("usersessions_list"))
    assert client.get(reverse("accounts:my-data")).status_code == 200
    assert other.get(reverse("accounts:my-data")).status_code == 302


# --- how often ------------------------------------------------------------------------------------------


def attempts(client, number, **headers):
    """The status of each of ``number`` wrong sign-ins, to an account of its own each time."""
    return [
        client.post(
            reverse("account_login"), {"login": f"x{turn}@utility.example", "password": "wrong"}, headers=headers
        ).status_code
        for turn in range(number)
    ]


def test_guessing_stops_after_ten_attempts_a_minute(client):
    assert set(attempts(client, 10)) == {200}
    response = client.post(reverse("account_login"), {"login": "y@utility.example", "password": "wrong"})
    assert "Too many" in response.content.decode()


def test_forged_forwarding_headers_do_not_help_a_guesser(client):
    for turn in range(10):
        attempts(client, 1, **{"x-forwarded-for": f"10.0.0.{turn}", "x-real-ip": f"10.0.0.{turn}"})
    response = client.post(
        reverse("account_login"),
        {"login": "y@utility.example", "password": "wrong"},
        headers={"x-forwarded-for": "10.9.9.9"},
    )
    assert "Too many" in response.content.decode()


def test_behind_a_proxy_the_address_that_it_adds_counts(client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for turn in range(10):
        attempts(client, 1, **{"x-forwarded-for": f"10.0.0.{turn}, 192.0.2.7"})
    blocked = {"x-forwarded-for": "10.9.9.9, 192.0.2.7"}
    free = {"x-forwarded-for": "10.0.0.1, 192.0.2.8"}
    data = {"login": "y@utility.example", "password": "wrong"}
    assert "Too many" in client.post(reverse("account_login"), data, headers=blocked).content.decode()
    assert "Too many" not in client.post(reverse("account_login"), data, headers=free).content.decode()


def guess(client, person, address, password="wrong"):
    data = {"login": person.email, "password": password}
    return client.post(reverse("account_login"), data, REMOTE_ADDR=address)


NETWORKS = [("192.0.2.{}", "192.0.2.99"), ("2001:db8:1:2:{}::1", "2001:db8:1:2::9"), ("::ffff:192.0.2.{}", "192.0.2.9")]


@pytest.mark.parametrize(("addresses", "another"), NETWORKS)
def test_one_account_cannot_be_guessed_from_many_addresses_of_a_network(client, person, addresses, another):
    for turn in range(6):
        guess(client, person, addresses.format(turn + 1))
    assert "Too many" in guess(client, person, another, PASSWORD).content.decode()
    assert not is_signed_in(client)


@pytest.mark.parametrize("elsewhere", ["198.51.100.7", "192.0.3.1", "2001:db8:1:3::1"])
@pytest.mark.parametrize(("addresses", "another"), NETWORKS)
def test_its_owner_signs_in_meanwhile_from_elsewhere(client, person, addresses, another, elsewhere):
    for turn in range(8):
        guess(client, person, addresses.format(turn + 1))
    guess(client, person, elsewhere, PASSWORD)
    assert is_signed_in(client)
    answer = client.post(
        reverse("account_reauthenticate"), {"password": PASSWORD, "next": "/en/"}, REMOTE_ADDR=elsewhere
    )
    assert answer.status_code == 302


def test_a_new_password_lets_in_again_where_one_was_forgotten(client, person):
    for _turn in range(6):
        guess(client, person, "192.0.2.1")
    client.post(reverse("account_reset_password"), {"email": person.email})
    address = client.get(link_in(letter()), follow=True).redirect_chain[-1][0]
    new = "another horse battery staple"
    client.post(address, {"password1": new, "password2": new}, REMOTE_ADDR="192.0.2.1")
    guess(client, person, "192.0.2.1", new)
    assert is_signed_in(client)


@pytest.mark.parametrize(
    ("name", "data"),
    [("account_signup", SIGNUP), ("account_reset_password", {"email": "ana@utility.example"})],
)
def test_signing_up_and_resetting_are_limited(client, name, data):
    answers = [
        client.post(reverse(name), data | {"email": f"x{turn}@utility.example"}).status_code for turn in range(11)
    ]
    assert answers[0] == 302
    assert answers[-1] == 429
    page = client.post(reverse(name), data).content.decode()
    assert "Too many attempts" in page


# --- the support area -----------------------------------------------------------------------------------


def test_the_support_area_has_no_door_of_its_own(client):
    response = client.get(reverse("admin:index"), follow=True)
    assert response.redirect_chain[-1][0] == f"{reverse('account_login')}?next=/admin/"


def test_who_is_made_on_the_server_enters_the_support_area_at_once(client):
    boss = User.objects.create_superuser("boss@portal.example", PASSWORD)
    data = {"login": boss.email, "password": PASSWORD, "next": "/admin/"}
    response = client.post(reverse("account_login"), data, follow=True)
    assert response.redirect_chain[-1][0] == "/admin/"
    assert response.status_code == 200
