"""Two senders at work in the same second; only PostgreSQL runs two writers at once in a test database."""

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection

from notices.models import OutgoingMail
from notices.sending import sweep
from notices.services import notify
from tests import factories
from tests.reviews.test_concurrency import at_once

SENDERS = 4
handed_over = []


class Outbox(BaseEmailBackend):
    """Remembers what all threads hand over."""

    def send_messages(self, messages):
        handed_over.extend(messages)
        return len(messages)


@pytest.fixture
def people(committing, settings):
    """Five people who were told of three things."""
    settings.EMAIL_BACKEND = f"{__name__}.Outbox"
    handed_over.clear()
    people = factories.UserFactory.create_batch(5)
    for number in range(3):
        notify("withdrawn", about=factories.PlatformFactory(), key=f"event-{number}", users=people)
    return people


def sent_by_all():
    return sum(done.sent for done in at_once(*[sweep] * SENDERS))


def test_the_outbox_is_what_it_seems():
    handed_over.clear()
    Outbox().send_messages([EmailMessage()])
    assert len(handed_over) == 1


if connection.vendor == "postgresql":

    @pytest.mark.parametrize("_round", range(3))
    def test_each_mail_leaves_once(people, _round):
        assert sent_by_all() == len(handed_over) == 15
        assert set(OutgoingMail.objects.values_list("state", "attempts")) == {("sent", 1)}

    @pytest.mark.parametrize("_round", range(3))
    def test_each_digest_leaves_once_and_whole(people, _round):
        OutgoingMail.objects.update(in_digest=True)
        assert sent_by_all() == len(handed_over) == 5
        assert {message.subject[-3:] for message in handed_over} == {"(3)"}

    def test_the_same_event_told_by_two_at_once_is_told_once(people):
        about = factories.PlatformFactory()
        at_once(*[lambda: notify("withdrawn", about=about, key="same", users=people)] * SENDERS)
        assert OutgoingMail.objects.filter(key="same").count() == 5
