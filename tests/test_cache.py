"""The portal goes on while its cache is away, and uses it again once it is back."""

import logging

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.urls import reverse
from redis.exceptions import ResponseError

from accounts import rate_limits
from accounts.rate_limits import spend
from accounts.services import confirm_email
from tests.accounts.test_factors import code_of
from tests.factories import PASSWORD, UserFactory
from tests.redis_server import redis_server

NOBODY_LISTENS = "redis://127.0.0.1:9/0"


def caches_at(address):
    return {"default": {"BACKEND": "wopportal.cache.PatientRedisCache", "LOCATION": address}}


@pytest.fixture(autouse=True)
def away(settings):
    settings.CACHES = caches_at(NOBODY_LISTENS)


def test_every_question_is_answered_as_by_an_empty_cache():
    cache.set("a", 1)
    assert cache.get("a", "nothing") == "nothing"
    assert cache.get_many(["a"]) == {}
    assert not cache.has_key("a")
    assert cache.add("a", 1)
    assert not cache.touch("a")
    assert not cache.delete("a")
    assert cache.get_or_set("a", 2) == 2
    cache.set_many({"a": 1})
    cache.delete_many(["a"])
    assert not cache.clear()
    with pytest.raises(ValueError, match="not found"):
        cache.incr("a")


@pytest.mark.django_db
def test_people_read_and_sign_in_and_programs_ask(client, settings):
    settings.RATE_LIMITS = dict.fromkeys(settings.RATE_LIMITS, "5/m")
    confirm_email(user=UserFactory(email="ana@utility.example"))
    assert client.get(reverse("directory:partnerships")).status_code == 200
    assert client.get(reverse("api:partnerships")).status_code == 200
    client.post(reverse("account_login"), {"login": "ana@utility.example", "password": PASSWORD})
    assert client.get(reverse("desk:workspace")).status_code == 200


@pytest.mark.django_db
def test_a_code_of_the_second_factor_is_taken(client):
    person = UserFactory()
    confirm_email(user=person)
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert client.get(reverse("desk:workspace")).status_code == 200


@pytest.fixture
def used(settings, monkeypatch):
    """Counts as often as it is told; no test falls on the end of a day."""
    settings.RATE_LIMITS = {"export": "100/d"}
    monkeypatch.setattr(rate_limits, "time", lambda: 1_000_000_000)
    return lambda times: [spend("export", "ip-somebody").used for _ in range(times)]


def test_a_cache_that_comes_back_is_used_again_without_a_restart(settings, tmp_path, caplog, used):
    with redis_server(tmp_path) as address:
        settings.CACHES = caches_at(address)
        cache.set("a", "kept")
        assert (cache.get("a"), used(3)) == ("kept", [1, 2, 3])
    with caplog.at_level(logging.ERROR):
        assert (cache.get("a", "nothing"), used(3)) == ("nothing", [1, 1, 1])
    assert {record.name for record in caplog.records} == {"wopportal.cache"}
    with redis_server(tmp_path):
        assert (cache.get("a"), used(3)) == (None, [1, 2, 3])
        cache.set("a", "kept again")
        assert cache.get("a") == "kept again"


def test_what_is_wrong_with_a_question_is_never_taken_for_a_cache_that_is_away(settings, tmp_path):
    with redis_server(tmp_path) as address:
        settings.CACHES = caches_at(address)
        cache.set("words", "no number")
        with pytest.raises(ResponseError):
            cache.incr("words")
