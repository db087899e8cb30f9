"""The portal goes on while its cache is away."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from accounts.services import confirm_email
from tests.factories import PASSWORD, UserFactory

NOBODY_LISTENS = "redis://127.0.0.1:9/0"


@pytest.fixture(autouse=True)
def away(settings):
    settings.CACHES = {"default": {"BACKEND": "wopportal.cache.PatientRedisCache", "LOCATION": NOBODY_LISTENS}}


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
