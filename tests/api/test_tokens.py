"""The pages of one's own tokens: made after a password, shown once, revoked by their owner alone."""

import re
from datetime import UTC, date, datetime, timedelta
from urllib.parse import unquote

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.utils import timezone

from accounts.models import AutosavedForm
from accounts.personal_data import export_of
from accounts.services import erase_person
from api.models import ApiToken, Scope
from api.services import MOST, hash_of, make_token, remind_of_ends, revoke, token_of
from notices.models import OutgoingMail
from tests import factories
from tests.api.people import token_for

pytestmark = pytest.mark.django_db
PAGE, NEW, ALL = "/en/workspace/tokens/", "/en/workspace/tokens/new/", "/en/workspace/tokens/revoke/"
SECRET = re.compile(r"wop_[\w-]{43}")


@pytest.fixture(autouse=True)
def nobody_has_tried_yet():
    """The password is asked for only so often."""
    cache.clear()


@pytest.fixture
def person():
    return factories.UserFactory()


@pytest.fixture
def browser(client, person):
    client.force_login(person)
    return client


@pytest.fixture
def confirmed(browser):
    """The browser of somebody who has just given the password again."""
    browser.post("/en/accounts/reauthenticate/", {"password": factories.PASSWORD})
    return browser


def form(**changes):
    return {"name": "Nightly import", "scopes": ["read", "write"], "lasts": "90", "ends_on": ""} | changes


def text_of(answer):
    return " ".join(answer.content.decode().split())


# --- making one -----------------------------------------------------------------------------------------


def test_a_token_is_made_shown_and_works(confirmed, person):
    answer = confirmed.post(NEW, form())
    (secret,) = set(SECRET.findall(answer.content.decode()))
    token = ApiToken.objects.get()
    assert token_of(secret) == token
    assert (token.owner, token.name, token.scopes, token.narrowed_to) == (
        person,
        "Nightly import",
        ["read", "write"],
        None,
    )
    assert abs(token.expires_at - timezone.now() - timedelta(days=90)) < timedelta(minutes=1)


def test_the_secret_stands_in_that_one_answer_and_nowhere_else(confirmed):
    answer = confirmed.post(NEW, form())
    (secret,) = set(SECRET.findall(answer.content.decode()))
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert secret not in str(answer.headers) + str(answer.cookies) + str(dict(confirmed.session))
    assert secret not in str(list(ApiToken.objects.values())) + str(list(AutosavedForm.objects.values()))
    later = [confirmed.get(address) for address in (PAGE, NEW, "/en/accounts/my-data/", "/en/workspace/messages/")]
    assert not any(SECRET.search(page.content.decode()) for page in later)


def test_loading_the_answer_again_makes_no_second_one(confirmed):
    confirmed.post(NEW, form())
    again = confirmed.post(NEW, form())
    assert "You have a token of this name already" in again.content.decode()
    assert not SECRET.search(again.content.decode())
    assert ApiToken.objects.count() == 1


def test_a_name_is_free_again_when_its_token_is_revoked(person):
    token, _secret = token_for(person, name="Import")
    with pytest.raises(ValidationError) as refusal:
        token_for(person, name=" iMPORT ")
    assert "name" in refusal.value.message_dict
    revoke(token, by=person)
    assert token_for(person, name="Import")[0].is_valid
    assert token_for(factories.UserFactory(), name="Import")


def test_the_owner_is_told_by_mail(confirmed, person):
    confirmed.post(NEW, form())
    mail = OutgoingMail.objects.get(kind="token-made")
    assert mail.user == person
    page = confirmed.get(f"/en/workspace/messages/{mail.pk}/").content.decode()
    assert "Nightly import" in page
    assert "Write: begin and edit drafts" in page
    assert ApiToken.objects.get().start in page
    assert PAGE in page


def test_who_has_not_just_given_the_password_is_asked_for_it(browser):
    answer = browser.get(NEW)
    assert answer.status_code == 302
    assert unquote(answer.url) == f"/en/accounts/reauthenticate/?next={NEW}"


def test_a_form_that_comes_too_late_is_not_carried_out_and_not_repeated_later(browser):
    answer = browser.post(NEW, form())
    assert "Confirm first that it is you" in answer.content.decode()
    assert not ApiToken.objects.exists()
    after = browser.post(f"/en/accounts/reauthenticate/?next={NEW}", {"password": factories.PASSWORD, "next": NEW})
    assert after.url == NEW
    assert not ApiToken.objects.exists()
    page = browser.get(NEW).content.decode()
    assert 'value="Nightly import"' in page
    assert "You typed this here and did not save it" in page


def test_after_it_was_made_nothing_is_kept(confirmed):
    confirmed.post(NEW, form(name=""))
    assert AutosavedForm.objects.exists()
    confirmed.post(NEW, form())
    assert not AutosavedForm.objects.exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": " "}, "Name: This field is required."),
        ({"name": "x" * 81}, "Name: Ensure this value has at most 80 characters"),
        ({"scopes": ["rule"]}, "from the list “What it may do besides reading what is public”."),
        ({"lasts": ""}, "How long it works: Choose one from the list “How long it works”."),
        ({"lasts": "4000"}, "How long it works: Choose one from the list “How long it works”."),
        ({"lasts": "date"}, "Last day, if until a date: Choose the last day."),
        ({"lasts": "date", "ends_on": "soon"}, "Last day, if until a date: Enter a valid date."),
        ({"lasts": "date", "ends_on": "2020-01-01"}, "Last day, if until a date: Choose a day within the next twelve"),
        ({"lasts": "date", "ends_on": "2999-01-01"}, "Last day, if until a date: Choose a day within the next twelve"),
    ],
)
def test_what_is_wrong_is_said_and_the_words_stay(confirmed, changes, said):
    answer = confirmed.post(NEW, form(**changes))
    assert said in text_of(answer)
    assert not ApiToken.objects.exists()
    if "name" not in changes:
        assert 'value="Nightly import"' in answer.content.decode()


def test_it_works_to_the_end_of_the_chosen_day(confirmed):
    day = date.today() + timedelta(days=10)
    confirmed.post(NEW, form(lasts="date", ends_on=day.isoformat()))
    assert ApiToken.objects.get().expires_at == datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize("language", ["es", "fr", "pt"])
def test_a_chosen_day_comes_back_in_every_language(confirmed, language):
    address = NEW.replace("/en/", f"/{language}/")
    answer = confirmed.post(address, form(name="", lasts="date", ends_on="2026-12-31"))
    assert 'value="2026-12-31"' in answer.content.decode()


def test_there_is_an_end_to_how_many_one_has(confirmed, person):
    for number in range(MOST):
        token_for(person, name=f"Token {number}")
    assert "You have 20 tokens" in confirmed.post(NEW, form()).content.decode()
    page = text_of(confirmed.get(PAGE))
    assert "You have 20 tokens, and more are not possible" in page
    assert NEW not in page
    revoke(ApiToken.objects.first(), by=person)
    assert SECRET.search(confirmed.post(NEW, form()).content.decode())


# --- narrowed -------------------------------------------------------------------------------------------


def test_without_a_membership_there_is_nothing_to_choose(confirmed):
    assert 'name="place"' not in confirmed.get(NEW).content.decode()


def test_it_is_narrowed_to_one_of_ones_own(confirmed, person):
    organisation = factories.OrganisationMemberFactory(user=person).organisation
    platform = factories.SecretariatMemberFactory(user=person).platform
    page = confirmed.get(NEW).content.decode()
    assert f"Only entries of {organisation}" in page
    assert f"Only entries of {platform}" in page
    confirmed.post(NEW, form(name="O", place=f"organisation-{organisation.pk}"))
    confirmed.post(NEW, form(name="P", place=f"platform-{platform.pk}"))
    confirmed.post(NEW, form(name="A", place=""))
    places = {token.name: token.narrowed_to for token in ApiToken.objects.all()}
    assert places == {"O": organisation, "P": platform, "A": None}


def test_a_place_of_others_is_no_choice(confirmed, person):
    factories.OrganisationMemberFactory(user=person)
    other = factories.OrganisationFactory()
    answer = confirmed.post(NEW, form(place=f"organisation-{other.pk}"))
    assert "from the list “Which drafts and reviews it reaches”" in answer.content.decode()
    assert not ApiToken.objects.exists()


def test_the_service_refuses_places_of_others_too(person):
    with pytest.raises(PermissionDenied):
        token_for(person, organisation=factories.OrganisationFactory())
    with pytest.raises(PermissionDenied):
        token_for(person, platform=factories.PlatformFactory())
    with pytest.raises(ValidationError):
        token_for(person, organisation=factories.OrganisationFactory(), platform=factories.PlatformFactory())


@pytest.mark.parametrize("days", [-1, 0, 367])
def test_the_service_knows_how_long_is_possible(person, days):
    with pytest.raises(ValidationError) as refusal:
        token_for(person, days=days)
    assert set(refusal.value.message_dict) == {"expires_at"}


@pytest.mark.parametrize("scopes", [["rule"], "read", ["read", "rule"]])
def test_the_service_knows_the_scopes(person, scopes):
    with pytest.raises(ValidationError):
        make_token(person, name="A", scopes=scopes, expires_at=timezone.now() + timedelta(days=1))


# --- the list -------------------------------------------------------------------------------------------


def test_the_list_tells_everything_but_the_secret(browser, person):
    organisation = factories.OrganisationMemberFactory(user=person).organisation
    token, secret = token_for(person, name="Reports", scopes=[Scope.READ], organisation=organisation)
    ApiToken.objects.update(last_used_at=datetime(2026, 3, 4, 5, 6, tzinfo=UTC))
    page = text_of(browser.get(PAGE))
    for words in ("Reports", token.start, "Read drafts and what waits", organisation.name, "Works until", "5:06"):
        assert words in page
    assert "Write: begin" not in page
    assert secret not in page
    assert hash_of(secret) not in page


def test_it_says_what_to_do_when_there_is_none(browser):
    page = text_of(browser.get(PAGE))
    assert "No token works at present" in page
    assert NEW in page
    assert ALL not in page


def test_ended_and_revoked_ones_stand_apart(browser, person):
    revoke(token_for(person, name="Revoked one")[0], by=person)
    ended, _secret = token_for(person, name="Ended one")
    ApiToken.objects.filter(pk=ended.pk).update(expires_at=timezone.now() - timedelta(days=1))
    page = text_of(browser.get(PAGE))
    assert "2 tokens that have ended" in page
    assert "Revoked on" in page
    assert "Ended on" in page
    assert "Works until" not in page
    assert f"/{ended.pk}/revoke/" not in page


def test_a_token_of_a_place_that_one_has_left_says_so(browser, person):
    member = factories.OrganisationMemberFactory(user=person)
    token_for(person, organisation=member.organisation)
    assert "no longer a member" not in text_of(browser.get(PAGE))
    member.delete()
    assert f"you are no longer a member of {member.organisation}" in text_of(browser.get(PAGE))


def test_as_many_queries_for_twenty_as_for_one(browser, person, django_assert_num_queries):
    organisation = factories.OrganisationMemberFactory(user=person).organisation
    token_for(person, name="First", organisation=organisation)
    browser.get(PAGE)
    with django_assert_num_queries(5):
        browser.get(PAGE)
    for number in range(MOST - 1):
        token_for(person, name=f"Token {number}", organisation=organisation)
    with django_assert_num_queries(5):
        browser.get(PAGE)


def test_the_account_leads_to_it(browser):
    assert f'href="{PAGE}"' in browser.get("/en/accounts/my-data/").content.decode()
    assert f'href="{PAGE}" aria-current="page"' in text_of(browser.get(PAGE))


# --- revoking -------------------------------------------------------------------------------------------


def test_revoking_is_asked_about_first(browser, person):
    token, secret = token_for(person)
    address = f"{PAGE}{token.pk}/revoke/"
    assert "Revoke “A program”?" in browser.get(address).content.decode()
    assert token_of(secret).is_valid
    answer = browser.post(address, follow=True)
    assert "“A program” opens nothing any more" in answer.content.decode()
    assert not token_of(secret).is_valid


def test_revoking_again_keeps_the_first_moment(browser, person):
    token, _secret = token_for(person)
    revoke(token, by=person)
    before = ApiToken.objects.get().revoked_at
    assert browser.post(f"{PAGE}{token.pk}/revoke/").status_code == 302
    assert ApiToken.objects.get().revoked_at == before


def test_all_are_revoked_at_once_but_nobody_elses(browser, person):
    secrets = [token_for(person, name=name)[1] for name in "ABC"]
    _token, other = token_for(factories.UserFactory())
    assert browser.get(ALL).status_code == 200
    assert token_of(secrets[0]).is_valid
    assert "3 tokens were revoked." in browser.post(ALL, follow=True).content.decode()
    assert not any(token_of(secret).is_valid for secret in secrets)
    assert token_of(other).is_valid


def test_those_of_others_do_not_exist(browser):
    token, secret = token_for(factories.UserFactory())
    address = f"{PAGE}{token.pk}/revoke/"
    assert [browser.get(address).status_code, browser.post(address).status_code] == [404, 404]
    assert token_of(secret).is_valid
    with pytest.raises(PermissionDenied):
        revoke(token, by=factories.UserFactory())


@pytest.mark.parametrize("address", [PAGE, NEW, ALL, f"{PAGE}1/revoke/"])
def test_who_is_not_signed_in_is_led_there(client, address):
    assert client.get(address).url == f"/en/accounts/login/?next={address}"


def test_the_list_takes_no_form(browser):
    assert browser.post(PAGE).status_code == 405


# --- reminders, own data --------------------------------------------------------------------------------


def ending_in(person, days, *, made_days_ago=60, name="A program"):
    token, _secret = token_for(person, name=name)
    now = timezone.now()
    ApiToken.objects.filter(pk=token.pk).update(
        expires_at=now + timedelta(days=days), created_at=now - timedelta(days=made_days_ago)
    )
    return token


def test_a_week_before_the_end_the_owner_is_told_once(person, capsys):
    ending_in(person, 6)
    for _ in range(2):
        call_command("remind_of_tokens")
    assert capsys.readouterr().out == "1 end soon\n" * 2
    mail = OutgoingMail.objects.get(kind="token-ends")
    assert (mail.user, mail.subject) == (person, "Replace the API token “A program”: it ends soon")
    assert mail.rules.optional


def test_nobody_is_told_of_what_is_far_over_short_or_revoked(person):
    ending_in(person, 8, name="Far")
    ending_in(person, -1, name="Over")
    ending_in(person, 3, made_days_ago=1, name="Short")
    revoke(ending_in(person, 3, name="Revoked"), by=person)
    assert remind_of_ends() == 0
    assert not OutgoingMail.objects.filter(kind="token-ends").exists()


def test_my_data_has_the_tokens_without_what_opens(person):
    _token, secret = token_for(person, name="Reports")
    data = export_of(person)["api.apitoken.owner"]
    assert [row["name"] for row in data] == ["Reports"]
    assert "token_hash" not in data[0]
    assert hash_of(secret) not in str(data)


def test_tokens_go_with_the_account(person):
    _token, secret = token_for(person)
    erase_person(user=person, by=person)
    assert token_of(secret) is None
    assert not ApiToken.objects.exists()


def test_support_sees_tokens_but_neither_hash_nor_change(admin_client, person):
    token, secret = token_for(person, name="Reports")
    page = admin_client.get(f"/admin/api/apitoken/{token.pk}/change/")
    assert "Reports" in page.content.decode()
    assert hash_of(secret) not in page.content.decode()
    assert admin_client.post(f"/admin/api/apitoken/{token.pk}/change/", {"name": "Mine"}).status_code == 403
    assert admin_client.get("/admin/api/apitoken/add/").status_code == 403
    assert admin_client.post(f"/admin/api/apitoken/{token.pk}/delete/", {"post": "yes"}).status_code == 403
