"""A form that is sent twice in the same second; only PostgreSQL runs two writers at once in a test database."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from api.models import ApiToken
from api.services import MOST
from tests import factories
from tests.api.people import token_for
from tests.reviews.test_concurrency import at_once


@pytest.fixture
def person(committing):
    return factories.UserFactory()


def refused(person, name="A program"):
    """Whether a token was refused."""
    try:
        token_for(person, name=name)
    except ValidationError:
        return True
    return False


def test_the_names_are_free_one_after_another(db):
    person = factories.UserFactory()
    assert [refused(person, name) for name in "ABA"] == [False, False, True]
    assert len(set(ApiToken.objects.values_list("token_hash"))) == 2


if connection.vendor == "postgresql":

    def test_it_makes_one_token(person):
        assert sorted(at_once(*[lambda: refused(person)] * 4)) == [False, True, True, True]
        assert ApiToken.objects.filter(owner=person).count() == 1

    def test_no_more_than_one_may_have_are_made(person):
        for number in range(MOST - 1):
            token_for(person, name=f"Token {number}")
        answers = at_once(*[lambda name=name: refused(person, name) for name in "ABCD"])
        assert sorted(answers) == [False, True, True, True]
        assert ApiToken.objects.filter(owner=person).count() == MOST
