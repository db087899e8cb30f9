"""What is typed is kept on the server, per person and form, and comes back in every language."""

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts import autosave
from accounts.autosave import autosave_input, autosaved_data, autosaved_form, discard_autosaved
from accounts.models import AutosavedForm
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

FORM = "/en/accounts/my-data/"


@pytest.fixture
def person():
    return UserFactory()


def request_of(user, *, path=FORM, data=None):
    """A GET of ``path`` by ``user``, or a POST of ``data``."""
    request = RequestFactory().get(path) if data is None else RequestFactory().post(path, data)
    request.user = user
    return request


def words(text="title=Half+a+sent"):
    return QueryDict(text)


def keep(client, data, address=FORM, **headers):
    return client.post(reverse("accounts:autosave"), data, headers={"x-form-address": address} | headers)


# --- services -------------------------------------------------------------------------------------------


def test_kept_words_come_back_as_a_form_takes_them(person):
    autosave_input(user=person, address=FORM, querydict=words("title=A&theme=1&theme=2&empty="))
    querydict = autosaved_form(request_of(person)).querydict
    assert dict(querydict.lists()) == {"title": ["A"], "theme": ["1", "2"], "empty": [""]}


@pytest.mark.parametrize("path", [FORM, "/es/accounts/my-data/", "/fr/accounts/my-data/", "/pt/accounts/my-data/"])
def test_words_are_found_in_every_language_of_the_form(person, path):
    autosave_input(user=person, address="/es/accounts/my-data/", querydict=words())
    assert autosaved_form(request_of(person, path=path)).querydict["title"] == "Half a sent"


def test_words_belong_to_one_person_and_one_form(person):
    autosave_input(user=person, address=FORM, querydict=words())
    assert autosaved_form(request_of(UserFactory())) is None
    assert autosaved_form(request_of(person, path="/en/workspace/")) is None


def test_later_words_take_the_place_of_earlier_ones(person):
    for text in ("title=Half", "title=Whole"):
        autosave_input(user=person, address=FORM, querydict=words(text))
    assert AutosavedForm.objects.get().querydict["title"] == "Whole"


def test_token_and_passwords_are_never_kept(person):
    text = "csrfmiddlewaretoken=t&password=p&password1=p&oldpassword=p&new_password2=p&otp=1&code=2&title=A"
    assert autosave_input(user=person, address=FORM, querydict=words(text)).data == {"title": ["A"]}


def test_a_character_that_postgresql_refuses_is_left_out(client, person):
    client.force_login(person)
    keep(client, {"title": "A\0B"})
    assert AutosavedForm.objects.get().data == {"title": ["AB"]}


def test_too_much_text_is_refused(person, monkeypatch):
    monkeypatch.setattr(autosave, "SIZE_LIMIT", 40)
    with pytest.raises(ValidationError, match="more text than can be kept"):
        autosave_input(user=person, address=FORM, querydict=words("title=" + "x" * 40))
    assert not AutosavedForm.objects.exists()


def test_the_oldest_words_give_way_when_they_are_too_long_together(person, monkeypatch):
    monkeypatch.setattr(autosave, "PERSON_LIMIT", 100)
    for number in range(3):
        autosave_input(user=person, address=f"/form/{number}/", querydict=words("title=" + "x" * 30))
    assert [kept.address for kept in AutosavedForm.objects.order_by("pk")] == ["/form/1/", "/form/2/"]


def test_the_oldest_words_give_way_when_there_are_too_many(person, monkeypatch):
    monkeypatch.setattr(autosave, "FORMS_LIMIT", 2)
    for number in range(3):
        autosave_input(user=person, address=f"/form/{number}/", querydict=words())
    assert set(AutosavedForm.objects.values_list("address", flat=True)) == {"/form/1/", "/form/2/"}


def test_saving_forgets_the_words_of_this_form_only(person):
    for address in (FORM, "/en/workspace/"):
        autosave_input(user=person, address=address, querydict=words())
    discard_autosaved(request_of(person))
    assert AutosavedForm.objects.get().address == "/workspace/"


def test_what_is_sent_is_kept_before_anything_else_happens(person):
    assert autosaved_data(request_of(person, data={"title": "Sent"}))["title"] == "Sent"
    assert autosaved_data(request_of(person))["title"] == "Sent"


def test_a_form_without_words_is_not_bound(person):
    assert autosaved_data(request_of(person)) is None


def test_text_that_is_too_long_to_be_kept_still_reaches_its_form(person, monkeypatch):
    monkeypatch.setattr(autosave, "SIZE_LIMIT", 1)
    assert autosaved_data(request_of(person, data={"title": "Sent"}))["title"] == "Sent"


def test_a_form_that_posts_elsewhere_finds_its_words_by_that_address(person):
    autosave_input(user=person, address="/workspace/x/", querydict=words())
    assert autosaved_form(request_of(person), address="/en/workspace/x/").querydict["title"] == "Half a sent"


# --- the address that autosave.js speaks to -----------------------------------------------------------------


def test_the_page_is_told_when_its_words_were_kept(client, person):
    client.force_login(person)
    answer = keep(client, {"title": "Half a sent"})
    assert answer.status_code == 200
    kept = AutosavedForm.objects.get(user=person, address="/accounts/my-data/")
    assert answer.json()["saved_at"][:19] == kept.saved_at.isoformat()[:19]


@pytest.mark.parametrize("address", ["", "/en/nowhere/at/all/", "https://evil.example/", "//evil.example/en/", "en"])
def test_an_address_that_is_none_of_ours_is_refused(client, person, address):
    client.force_login(person)
    assert keep(client, {"title": "A"}, address=address).status_code == 400
    assert not AutosavedForm.objects.exists()


def test_somebody_who_is_signed_out_learns_that_nothing_was_kept(client):
    answer = keep(client, {"title": "A"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (401, "application/json")
    assert not AutosavedForm.objects.exists()


def test_too_much_text_is_said_to_be_too_much(client, person, monkeypatch):
    monkeypatch.setattr(autosave, "SIZE_LIMIT", 10)
    client.force_login(person)
    assert keep(client, {"title": "x" * 20}).status_code == 413


def test_an_old_token_is_answered_with_the_new_one():
    """After signing in again in another tab: autosave.js puts the new token into the open form."""
    client, person = Client(enforce_csrf_checks=True), UserFactory()
    client.force_login(person)
    answer = keep(client, {"title": "A", "csrfmiddlewaretoken": "old"})
    assert answer.status_code == 403
    assert not AutosavedForm.objects.exists()
    assert keep(client, {"title": "A", "csrfmiddlewaretoken": answer.json()["token"]}).status_code == 200
    assert AutosavedForm.objects.get().data == {"title": ["A"]}


@pytest.mark.parametrize("name", ["accounts:autosave", "accounts:discard"])
def test_keeping_and_dropping_only_answer_to_a_form(client, person, name):
    client.force_login(person)
    assert client.get(reverse(name)).status_code == 405


# --- dropping -------------------------------------------------------------------------------------------


def test_words_are_dropped_and_the_form_shows_what_is_saved(client, person):
    client.force_login(person)
    autosave_input(user=person, address=FORM, querydict=words())
    answer = client.post(reverse("accounts:discard"), {"address": "/accounts/my-data/"})
    assert answer.status_code == 302
    assert answer.url == FORM
    assert not AutosavedForm.objects.exists()


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/", "/\\evil.example", "/nowhere/at/all/"])
def test_dropping_never_leads_to_another_site(client, person, back):
    client.force_login(person)
    answer = client.post(reverse("accounts:discard"), {"address": "/accounts/my-data/", "back": back})
    assert answer.url == FORM


def test_dropping_needs_an_account(client):
    answer = client.post(reverse("accounts:discard"), {"address": "/accounts/my-data/"})
    assert answer.status_code == 403
    assert b"You have been signed out" in answer.content
