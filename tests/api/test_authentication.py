"""Who a program is: a token in one header and nowhere else, or a session with its CSRF token."""

import logging
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory
from django.utils import timezone

from api.models import ApiToken, Scope
from api.services import revoke
from notices.models import OutgoingMail
from notices.sending import sweep
from reviews.workflow import perform
from tests import factories
from tests.api.people import bearer, token_for

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.api.doors")]
ME, WRITE, ROOT = "/api/doors/me/", "/api/doors/write/", "/api/v1/"
JSON = "application/json"


@pytest.fixture
def owner():
    return factories.UserFactory()


@pytest.fixture
def made(owner):
    return token_for(owner)


@pytest.fixture
def token(made):
    return made[0]


@pytest.fixture
def secret(made):
    return made[1]


# --- tokens that count ----------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_a_token_stands_for_its_owner(client, owner, secret, scheme):
    answer = client.get(ME, headers={"authorization": f"{scheme} {secret}"})
    assert (answer.status_code, answer.json()) == (200, {"email": owner.email})


def test_it_counts_before_the_session_of_somebody_else(client, owner, secret, stranger):
    client.force_login(stranger)
    assert client.get(ME, headers=bearer(secret)).json() == {"email": owner.email}


def test_it_needs_no_csrf_token_and_sets_no_cookie(secret):
    answer = Client(enforce_csrf_checks=True).post(WRITE, {}, JSON, headers=bearer(secret))
    assert answer.status_code == 200
    assert not answer.cookies


def test_nobody_elses_cache_keeps_its_answers(client, secret):
    assert client.get(ROOT, headers=bearer(secret)).headers["Cache-Control"] == "private, no-store"


def test_public_answers_do_not_vary_by_cookie(client):
    answer = client.get(ROOT)
    assert answer.status_code == 200
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert "no-store" not in answer.headers.get("Cache-Control", "")


def test_it_is_looked_up_once(client, secret, django_assert_num_queries):
    client.get(ME, headers=bearer(secret))
    with django_assert_num_queries(1):
        client.get(ME, headers=bearer(secret))


# --- tokens that do not ---------------------------------------------------------------------------------


def end(token):
    ApiToken.objects.filter(pk=token.pk).update(expires_at=timezone.now() - timedelta(seconds=1))


def close(token):
    type(token.owner).objects.filter(pk=token.owner_id).update(is_active=False)


@pytest.mark.parametrize("address", [ME, ROOT])
@pytest.mark.parametrize("ended", [end, close, lambda token: revoke(token, by=token.owner)])
def test_one_that_has_ended_is_refused_even_where_nobody_needs_one(client, token, secret, address, ended):
    assert client.get(address, headers=bearer(secret)).status_code == 200
    ended(token)
    refused(client.get(address, headers=bearer(secret)), "authentication_failed")


@pytest.mark.parametrize("address", [ME, ROOT])
def test_one_of_an_account_that_is_out_of_place_is_refused_in_words(client, settings, address):
    """As after copying the database of a demonstration, whose tokens its visitors have made."""
    settings.DEMO = True
    _token, secret = token_for(factories.UserFactory(email="GWOPA@demo.example"))
    assert client.get(address, headers=bearer(secret)).status_code == 200
    settings.DEMO = False
    answer = client.get(address, headers=bearer(secret))
    refused(answer, "authentication_failed")
    assert "not one of this portal" in answer.json()["detail"]


@pytest.mark.parametrize("sent", ["Bearer", "Bearer wop_guessed", "Bearer a b", "Bearer wop_\xe9"])
def test_one_that_is_wrong_is_refused(client, sent):
    refused(client.get(ROOT, headers={"authorization": sent}), "authentication_failed")


def refused(answer, code):
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 401
    assert answer.json()["code"] == code


def test_it_counts_in_no_other_place(client, secret):
    client.cookies["token"] = client.cookies["Authorization"] = secret
    for query in ({"token": secret}, {"access_token": secret}, {"authorization": f"Bearer {secret}"}):
        refused(client.get(ME, query), "not_authenticated")
    for name, value in (("authorization", f"Token {secret}"), ("authorization", secret), ("x-api-key", secret)):
        refused(client.get(ME, headers={name: value}), "not_authenticated")
    refused(client.post(WRITE, {"access_token": secret}), "not_authenticated")


@pytest.mark.parametrize("scopes", [[], [Scope.READ], [Scope.REVIEW]])
def test_it_does_nothing_beyond_its_scopes(client, owner, scopes):
    _token, secret = token_for(owner, scopes=scopes)
    answer = client.post(WRITE, headers=bearer(secret))
    assert answer.status_code == 403
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "“write”" in answer.json()["detail"]


# --- secrets --------------------------------------------------------------------------------------------


def test_only_a_hash_is_kept(secret):
    (row,) = ApiToken.objects.values()
    assert row["token_hash"] not in secret
    assert len(secret) > 40
    assert secret not in str(row)
    assert secret.startswith(row["start"])
    assert len(row["start"]) == 12


def test_no_mail_tells_it(owner, secret):
    sweep()
    assert owner.email in mail.outbox[0].to
    assert secret not in str(mail.outbox[0].message())
    assert secret not in str(list(OutgoingMail.objects.values()))


def test_no_log_and_no_answer_repeats_it(token, secret, caplog):
    client = Client(raise_request_exception=False)
    caplog.set_level(logging.DEBUG)
    answers = [
        client.get(address, headers=bearer(secret)) for address in (ME, "/api/v1/nowhere/", "/api/doors/broken/")
    ]
    revoke(token, by=token.owner)
    answers += [client.get(ME, headers=bearer(secret)), client.get(ME, headers={"authorization": f"Bearer {secret} b"})]
    assert [answer.status_code for answer in answers] == [200, 404, 500, 401, 401]
    assert not any(secret in answer.content.decode() + str(answer.headers) for answer in answers)
    assert "Something that nobody thought of" in caplog.text
    assert secret not in caplog.text


# --- last use -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("seconds", "is_noted"), [(50, False), (70, True)])
def test_the_last_use_is_known_to_a_minute(client, token, secret, seconds, is_noted):
    before = timezone.now() - timedelta(seconds=seconds)
    ApiToken.objects.filter(pk=token.pk).update(last_used_at=before)
    client.get(ME, headers=bearer(secret))
    token.refresh_from_db()
    assert (token.last_used_at > before) == is_noted


def test_the_first_use_is_noted_and_a_refused_one_is_not(client, token, secret):
    assert token.last_used_at is None
    client.get(ME, headers=bearer(secret))
    token.refresh_from_db()
    used = token.last_used_at
    assert timezone.now() - used < timedelta(seconds=10)
    end(token)
    ApiToken.objects.filter(pk=token.pk).update(last_used_at=used - timedelta(days=1))
    client.get(ME, headers=bearer(secret))
    token.refresh_from_db()
    assert token.last_used_at == used - timedelta(days=1)


# --- sessions -------------------------------------------------------------------------------------------


@pytest.fixture
def browser(owner):
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    return client


def test_a_session_reads_without_and_writes_only_with_its_csrf_token(browser, owner):
    assert browser.get(ME).json() == {"email": owner.email}
    answer = browser.post(WRITE, {}, JSON)
    assert (answer.status_code, answer.headers["Content-Type"]) == (403, "application/problem+json")
    browser.cookies["csrftoken"] = token = get_token(RequestFactory().get("/"))
    assert browser.post(WRITE, {}, JSON, headers={"x-csrftoken": token}).json() == {"email": owner.email}


def test_nobody_is_told_to_sign_in(client):
    refused(client.get(ME), "not_authenticated")
    refused(client.post(WRITE), "not_authenticated")


# --- what the owner may not do --------------------------------------------------------------------------


@pytest.fixture
def submitted():
    draft = factories.draft_version()
    author = factories.OrganisationMemberFactory(organisation=factories.mentor_of(draft)).user
    return perform(draft, "submit", by=author)


@pytest.fixture
def decide(client, submitted):
    secretary = factories.SecretariatMemberFactory(platform=submitted.reviewing_platform).user
    _token, secret = token_for(secretary, scopes=[Scope.REVIEW])
    return secretary, lambda: client.post(f"/api/doors/publish/{submitted.pk}/", headers=bearer(secret))


def test_who_needs_a_second_factor_decides_nothing_without_one(settings, decide):
    settings.SECOND_FACTOR_REQUIRED = True
    secretary, publish = decide
    assert publish().status_code == 403
    Authenticator.objects.create(user=secretary, type=Authenticator.Type.TOTP, data={})
    assert publish().json() == {"state": "published"}


def test_without_that_rule_a_token_decides(decide):
    assert decide[1]().json() == {"state": "published"}


def reach(client, secret):
    return client.get("/api/doors/reach/", headers=bearer(secret)).json()


def test_a_narrowed_token_reaches_entries_of_that_place_alone(client, author, version):
    other = factories.draft_version()
    factories.OrganisationMemberFactory(organisation=factories.mentor_of(other), user=author)
    _token, wide = token_for(author, name="Wide")
    _token, narrow = token_for(author, name="Narrow", organisation=factories.mentor_of(version))
    assert {version.pk, other.pk} <= set(reach(client, wide))
    assert reach(client, narrow) == [version.pk]


def test_it_reaches_nothing_once_its_owner_has_left_whatever_else_they_belong_to(client, author, version):
    mentor = factories.mentor_of(version)
    _token, secret = token_for(author, organisation=mentor)
    factories.OrganisationMemberFactory(organisation=factories.mentee_of(version), user=author)
    assert reach(client, secret) == [version.pk]
    author.organisations.filter(organisation=mentor).delete()
    assert reach(client, secret) == []
    assert client.get(ROOT, headers=bearer(secret)).status_code == 200


def test_the_same_holds_for_a_platform(client, reviewer, version):
    _token, secret = token_for(reviewer, platform=version.reviewing_platform)
    assert reach(client, secret) == [version.pk]
    factories.SecretariatMemberFactory(platform=factories.PlatformFactory(), user=reviewer)
    reviewer.secretariats.filter(platform=version.reviewing_platform).delete()
    assert reach(client, secret) == []
