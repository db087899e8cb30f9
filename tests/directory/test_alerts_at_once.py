"""Two who look for news in the same second; only PostgreSQL runs two writers at once in a test database."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from directory.models import Match, SavedFilter
from directory.services import tell_news
from notices.models import OutgoingMail
from tests import factories
from tests.reviews.test_concurrency import at_once

LOOKERS = 4


@pytest.fixture
def news(committing):
    """Three people who saved a filter an hour ago, and two publications since."""
    for person in factories.UserFactory.create_batch(3):
        SavedFilter.objects.create(user=person, name="All", seen_until=timezone.now() - timedelta(hours=1))
    SavedFilter.objects.update(created_at=timezone.now() - timedelta(hours=1))
    return [factories.published_version() for _ in range(2)]


def test_one_who_looks_tells_everybody(news):
    assert tell_news().sent == 3
    assert Match.objects.count() == 6


if connection.vendor == "postgresql":

    @pytest.mark.parametrize("_round", range(3))
    def test_everybody_is_told_once(news, _round):
        assert sum(done.sent for done in at_once(*[tell_news] * LOOKERS)) == 3
        assert Match.objects.count() == 6
        assert OutgoingMail.objects.count() == 3
