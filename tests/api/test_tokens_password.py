"""A new password, and what becomes of the tokens: their owner is asked."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from accounts.services import confirm_email
from api.models import ApiToken
from api.services import revoke
from notices.models import OutgoingMail
from tests.api.people import token_for
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
NEW = "another horse entirely"


@pytest.fixture(autouse=True)
def unlimited():
    cache.clear()


@pytest.fixture
def owner():
    owner = UserFactory()
    confirm_email(user=owner)
    return owner


def tokens(owner, number):
    made = [token_for(owner, name=f"Program {turn}")[0] for turn in range(number)]
    revoke(token_for(owner, name="Ended")[0], by=owner)
    token_for(UserFactory(), name="Of somebody else")
    return made


def change(client, owner):
    """Where the password is changed, and what else the form wants."""
    client.force_login(owner)
    return reverse("account_change_password"), {"oldpassword": PASSWORD}


def reset(client, owner):
    """Where the link of the mail leads."""
    client.post(reverse("account_reset_password"), {"email": owner.email})
    data = OutgoingMail.objects.get(kind="reset-password").data
    link = reverse("account_reset_password_from_key", kwargs={"uidb36": data["uid"], "key": data["key"]})
    return client.get(link).url, {}


WAYS = pytest.mark.parametrize("way", [change, reset])


@WAYS
@pytest.mark.parametrize(("number", "words"), [(1, "End my API token too"), (3, "End my 3 API tokens too")])
def test_the_page_asks_and_says_how_many_there_are(client, owner, way, number, words):
    tokens(owner, number)
    page = client.get(way(client, owner)[0]).content.decode()
    assert words in page


@WAYS
def test_without_a_working_token_nothing_is_asked(client, owner, way):
    tokens(owner, 0)
    assert "end_tokens" not in client.get(way(client, owner)[0]).content.decode()


@WAYS
@pytest.mark.parametrize(("ticked", "left"), [({"end_tokens": "on"}, 0), ({}, 2)])
def test_they_end_when_it_is_ticked_and_only_then(client, owner, way, ticked, left):
    tokens(owner, 2)
    address, more = way(client, owner)
    client.post(address, more | {"password1": NEW, "password2": NEW} | ticked)
    owner.refresh_from_db()
    assert owner.check_password(NEW)
    assert ApiToken.objects.valid().filter(owner=owner).count() == left
    assert ApiToken.objects.valid().exclude(owner=owner).count() == 1


@WAYS
def test_a_refused_password_ends_nothing(client, owner, way):
    tokens(owner, 2)
    address, more = way(client, owner)
    client.post(address, more | {"password1": NEW, "password2": "something else", "end_tokens": "on"})
    assert ApiToken.objects.valid().filter(owner=owner).count() == 2
