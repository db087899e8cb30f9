"""Two senders at work in the same second; only PostgreSQL runs two writers at once in a test database."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from tests import factories
from tests.reviews.test_concurrency import at_once
from webhooks import services
from webhooks.models import Delivery, Webhook
from webhooks.sending import MOST_GIVEN_UP, sweep

SENDERS = 4


@pytest.fixture
def waiting(committing, webhook):
    """Five deliveries that nobody has sent."""
    version = factories.published_version()
    Delivery.objects.all().delete()
    Delivery.objects.bulk_create(
        Delivery(webhook=webhook, event="published", entry=version, about=f"{number}") for number in range(5)
    )
    return webhook


def outcome(act):
    """ "done", or "refused" in words that somebody could read."""
    try:
        act()
    except ValidationError:
        return "refused"
    return "done"


def test_one_sender_sends_each_once(waiting, receiver):
    assert (sweep().sent, len(receiver.requests)) == (5, 5)


if connection.vendor == "postgresql":

    @pytest.mark.parametrize("_round", range(3))
    def test_each_delivery_leaves_once(waiting, receiver, _round):
        sent = sum(done.sent for done in at_once(*[sweep] * SENDERS))
        ids = {headers["webhook-id"] for _path, headers, _body in receiver.requests}
        assert sent == len(receiver.requests) == len(ids) == 5
        assert set(Delivery.objects.values_list("state", "attempts")) == {("sent", 1)}

    @pytest.mark.parametrize("_round", range(3))
    def test_failures_at_once_stop_the_webhook_and_tell_of_it_once(waiting, receiver, coordinator, _round):
        receiver.answer(500)
        Delivery.objects.update(tries=6)
        at_once(*[sweep] * SENDERS)
        waiting.refresh_from_db()
        assert (waiting.state, waiting.given_up >= MOST_GIVEN_UP) == (Webhook.State.FAILING, True)
        assert coordinator.messages.filter(kind="webhook-stopped").count() == 1

    def test_the_same_address_entered_by_two_at_once_is_entered_once(waiting, add):
        url = f"{waiting.url}&new=1"
        results = at_once(*[lambda: outcome(lambda: add(url=url))] * 2)
        assert sorted(results) == ["done", "refused"]
        assert Webhook.objects.filter(url=url).count() == 1

    def test_sent_again_by_two_at_once_it_leaves_once_more(waiting, receiver, coordinator):
        sweep()
        delivery = Delivery.objects.first()
        results = at_once(*[lambda: outcome(lambda: services.send_again(delivery, by=coordinator))] * 2)
        assert sorted(results) == ["done", "refused"]
        at_once(sweep, sweep)
        assert len(receiver.requests) == 6
