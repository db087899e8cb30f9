"""A form that cannot be carried out shows its words again and carries nothing out."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.views import my_data
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

WORDS = {"name": "Ana <b>López</b>\r\nof WASCO", "language": "es", "themes": ["one", "two"], "revision": "7"}


@pytest.fixture
def person():
    return UserFactory(name="Before")


@pytest.fixture
def strict():
    """A browser whose forms need a token."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def address():
    return reverse("accounts:my-data")


def inputs(response):
    """[(name, value)] of the hidden fields on the page, the token left out."""
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', response.content.decode(), re.DOTALL)
    return [(unescape(name), unescape(value)) for name, value in found if name != "csrfmiddlewaretoken"]


def token_on(response):
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', response.content.decode()).group(1)


def as_sent():
    return [(name, value) for name, values in WORDS.items() for value in ([values] if type(values) is str else values)]


# --- the session ended ----------------------------------------------------------------------------------


def test_a_form_sent_after_the_session_ended_shows_its_words(client, address):
    response = client.post(address, WORDS)
    assert response.status_code == 403
    page = response.content.decode()
    assert "You have been signed out" in page
    assert "Ana &lt;b&gt;López&lt;/b&gt;" in page
    assert f'action="{address}"' in page
    assert inputs(response) == as_sent()


def test_the_sign_in_link_leaves_the_words_where_they_are(client, address):
    assert re.search(
        rf'<a href="{reverse("account_login")}" target="_blank"', client.post(address, WORDS).content.decode()
    )


def test_the_words_are_sent_by_the_person_after_signing_in_again(strict, person, address):
    page = strict.get(reverse("account_login"))
    first = strict.post(address, WORDS | {"csrfmiddlewaretoken": token_on(page)})
    assert "You have been signed out" in first.content.decode()
    strict.force_login(person)
    fresh = strict.get(reverse("accounts:token")).json()
    assert fresh["is_signed_in"] is True
    assert User.objects.get(pk=person.pk).name == "Before"
    response = strict.post(address, dict(inputs(first)) | {"csrfmiddlewaretoken": fresh["token"], "name": "Ana"})
    assert response.status_code == 302
    assert User.objects.get(pk=person.pk).name == "Ana"


def test_names_of_files_are_said_to_be_chosen_again(client, address):
    response = client.post(address, WORDS | {"file": SimpleUploadedFile("plan <1>.pdf", b"%PDF")})
    assert "plan &lt;1&gt;.pdf" in response.content.decode()


def test_a_step_without_words_is_to_be_repeated(client):
    response = client.post(reverse("accounts:discard"))
    assert response.status_code == 403
    assert "Open the page again and repeat the step" in response.content.decode()


def test_a_form_of_the_support_area_keeps_its_words_too(client):
    response = client.post(reverse("admin:vocabularies_term_add"), {"label_en": "A new theme"})
    assert "A new theme" in response.content.decode()


def test_a_page_that_is_only_opened_leads_to_the_sign_in_as_ever(client, address):
    assert client.get(address).url == f"{reverse('account_login')}?next={address}"


# --- the token is not the present one -------------------------------------------------------------------


def test_an_old_token_shows_the_words_and_a_new_token(strict, person, address):
    strict.force_login(person)
    response = strict.post(address, WORDS | {"csrfmiddlewaretoken": "x" * 64})
    assert response.status_code == 403
    assert "This page was open too long" in response.content.decode()
    assert User.objects.get(pk=person.pk).name == "Before"
    again = dict(inputs(response)) | {"csrfmiddlewaretoken": token_on(response), "name": "Ana <b>López</b>"}
    assert strict.post(address, again).status_code == 302
    assert User.objects.get(pk=person.pk).language == "es"


@pytest.mark.parametrize("language", ["es", "fr", "pt"])
def test_the_page_speaks_the_language_of_its_address(strict, person, language):
    strict.force_login(person)
    response = strict.post(f"/{language}/accounts/my-data/", WORDS)
    assert f'<html lang="{language}">' in response.content.decode()


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "origin": "http://testserver"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"referer": "https://evil.example/form"},
    ],
    ids=str,
)
def test_words_from_another_site_are_never_offered_to_be_sent(strict, person, address, headers):
    """Else anybody could put words before a reader that one click publishes in their name."""
    strict.force_login(person)
    response = strict.post(address, WORDS, headers=headers)
    assert response.status_code == 403
    assert inputs(response) == []
    assert "López" not in response.content.decode()


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "same-origin"}, {"origin": "http://testserver"}], ids=str)
def test_words_from_this_site_are_offered(strict, person, address, headers):
    strict.force_login(person)
    assert inputs(strict.post(address, WORDS, headers=headers)) == as_sent()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("account_login", {"login": "ana@utility.example", "password": PASSWORD}),
        ("account_signup", {"email": "ana@utility.example", "password1": PASSWORD, "name": "Ana"}),
        ("account_change_password", {"oldpassword": PASSWORD, "password1": "new"}),
        ("mfa_authenticate", {"code": "123456"}),
        ("account_reset_password", {"email": "ana@utility.example"}),
    ],
)
def test_what_is_typed_to_sign_in_is_never_shown(strict, name, data):
    response = strict.post(reverse(name), data)
    assert response.status_code == 403
    assert inputs(response) == []
    assert not [value for value in data.values() if value in response.content.decode()]


def test_a_password_in_any_form_is_never_shown(client, address):
    response = client.post(address, {"name": "Ana", "password": PASSWORD})
    assert inputs(response) == [("name", "Ana")]


# --- errors ---------------------------------------------------------------------------------------------


@pytest.fixture
def broken(client, person, monkeypatch):
    """A browser for which the server fails in the middle of saving."""

    def fail(**fields):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(my_data, "save_profile", fail)
    client.raise_request_exception = False
    client.force_login(person)
    return client


def test_a_server_error_shows_the_words_to_be_sent_again(broken, address):
    response = broken.post(address, {"name": "Ana", "language": "es"})
    assert response.status_code == 500
    assert "Your words are still here" in response.content.decode()
    assert inputs(response) == [("name", "Ana"), ("language", "es")]
    assert token_on(response)


def test_after_a_server_error_the_form_itself_has_the_words_too(broken, address):
    broken.post(address, {"name": "Ana Sent", "language": "es"})
    assert 'value="Ana Sent"' in broken.get(address).content.decode()


def test_a_server_error_without_a_form_offers_nothing_to_send(broken, monkeypatch, address):
    monkeypatch.setattr(my_data, "personal_data_of", None)
    response = broken.get(address)
    assert response.status_code == 500
    assert b"Send again" not in response.content


def test_words_for_a_page_that_is_gone_can_be_copied(client, person):
    client.force_login(person)
    response = client.post("/en/partnerships/WOP-9999/", {"title": "A long text"})
    page = response.content.decode()
    assert response.status_code in {404, 405}
    assert ("A long text" in page) == (response.status_code == 404)
    assert b"Send again" not in response.content


# --- nobody keeps it ------------------------------------------------------------------------------------


def test_answers_to_somebody_signed_in_are_private(client, person, address):
    client.force_login(person)
    for path in (address, reverse("directory:home")):
        assert client.get(path).headers["Cache-Control"] == "private, no-store"


def test_words_shown_again_are_private(client, address):
    assert "no-store" in client.post(address, WORDS).headers["Cache-Control"]


def test_public_pages_stay_cacheable(client):
    response = client.get(reverse("directory:home"))
    assert response.headers["Cache-Control"] == "no-cache"
    assert not response.cookies


def test_the_token_is_private(client):
    response = client.get(reverse("accounts:token"))
    assert response.json()["is_signed_in"] is False
    assert "no-store" in response.headers["Cache-Control"]
