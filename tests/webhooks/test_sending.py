"""Deliveries arrive at least once, under one id, with what is true when they leave; sent to a real receiver."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from notices.models import OutgoingMail
from notices.sending import PAUSES
from reviews.workflow import perform
from tests import factories
from tests.webhooks.conftest import HOST, the_delivery
from webhooks import sending, services
from webhooks.delivery_errors import Problem
from webhooks.models import Delivery, Webhook
from webhooks.sending import KEPT_FOR, LOST_AFTER, sweep

State = Delivery.State


def some_time_later():
    """As far as waiting deliveries can tell."""
    Delivery.objects.filter(state=State.DUE).update(next_try_at=timezone.now() - timedelta(seconds=1))


def bodies(receiver):
    return [json.loads(body) for _path, _headers, body in receiver.requests]


def types(receiver):
    return [body["type"] for body in bodies(receiver)]


class TestOnce:
    def test_however_often_somebody_sweeps(self, published, receiver):
        assert [sweep().sent, sweep().sent] == [1, 0]
        delivery = the_delivery()
        assert len(receiver.requests) == 1
        assert (delivery.state, delivery.attempts, delivery.answer_code) == (State.SENT, 1, 204)
        assert delivery.took_ms is not None

    def test_not_before_it_is_due(self, published, receiver):
        Delivery.objects.update(next_try_at=timezone.now() + timedelta(minutes=1))
        assert (sweep().sent, receiver.requests) == (0, [])

    def test_by_the_command_too(self, published, receiver, capsys):
        call_command("send_webhooks")
        assert len(receiver.requests) == 1
        assert "1 sent" in capsys.readouterr().out

    def test_after_its_sender_has_died(self, published, receiver):
        assert sending._claim(the_delivery().pk)
        assert sweep().sent == 0
        Delivery.objects.update(next_try_at=timezone.now() - LOST_AFTER - timedelta(seconds=1))
        assert sweep().sent == 1
        assert the_delivery().attempts == 2

    def test_a_sender_that_was_taken_for_dead_writes_nothing_any_more(self, published, receiver):
        slow = sending._claim(the_delivery().pk)
        Delivery.objects.update(next_try_at=timezone.now() - LOST_AFTER - timedelta(seconds=1))
        sweep()
        sending._fail(slow, sending.Sweep(), problem=Problem.SLOW)
        assert the_delivery().state == State.SENT


class TestWhatIsTold:
    def test_of_something_published(self, published, receiver, platform, settings):
        settings.PORTAL_URL = "https://portal.example"
        sweep()
        delivery, address = the_delivery(), f"https://portal.example/en/partnerships/{published.partnership.reference}/"
        assert bodies(receiver) == [
            {
                "type": "partnership.published",
                "id": str(delivery.pk),
                "timestamp": f"{delivery.occurred_at:%Y-%m-%dT%H:%M:%SZ}",
                "data": {
                    "platform": {"key": platform.key, "name": platform.name},
                    "entry": {
                        "kind": "partnership",
                        "reference": published.partnership.reference,
                        "version": 1,
                        "title": "Less water lost",
                        "url": address,
                        "api_url": address.replace("/en/", "/api/v1/"),
                    },
                },
            }
        ]

    def test_of_a_report(self, published, receiver, client):
        factories.published_report(partnership=published.partnership)
        sweep()
        entry = bodies(receiver)[1]["data"]["entry"]
        assert (entry["kind"], entry["reference"]) == ("report", published.partnership.reference)
        assert (entry["period"], entry["title"][:8]) == ("2015", entry["reference"])
        assert client.get(f"/en/reports/{entry['report']}/").status_code == 200
        assert entry["api_url"].endswith(f"/api/v1/reports/{entry['report']}/")

    def test_both_addresses_lead_to_the_entry(self, published, receiver, client, settings):
        factories.published_report(partnership=published.partnership)
        sweep()
        for entry in (body["data"]["entry"] for body in bodies(receiver)):
            for name in ("url", "api_url"):
                answer = client.get(entry[name].removeprefix(settings.PORTAL_URL))
                assert (answer.status_code, entry["reference"] in answer.content.decode()) == (200, True)

    def test_of_something_archived_is_no_more_than_its_address_answers(self, published, receiver, reviewer_of, client):
        sweep()
        perform(published, "archive", by=reviewer_of(published), comment="The partners asked for it.")
        sweep()
        entry = bodies(receiver)[1]["data"]["entry"]
        archived_at = entry.pop("archived_at")
        assert entry == {
            "kind": "partnership",
            "reference": published.partnership.reference,
            "version": 1,
            "reason": "The partners asked for it.",
        }
        assert archived_at == f"{published.archiving().created_at:%Y-%m-%dT%H:%M:%SZ}"
        gone = client.get(published.get_absolute_url())
        assert (gone.status_code, entry["reason"] in gone.content.decode()) == (410, True)

    def test_the_address_reads_the_same_whoever_sends(self, published, receiver):
        sweep()
        assert "/en/partnerships/" in bodies(receiver)[0]["data"]["entry"]["url"]


@pytest.fixture
def reviewer_of(db):
    return lambda entry: factories.SecretariatMemberFactory(platform=entry.reviewing_platform).user


class TestNoLongerTrue:
    def test_what_is_archived_before_its_publication_was_told(self, published, receiver, reviewer_of):
        perform(published, "archive", by=reviewer_of(published), comment="Why.")
        sweep()
        assert types(receiver) == ["partnership.archived"]
        assert b"Less water lost" not in receiver.requests[0][2]
        assert Delivery.objects.get(event="published").state == State.OBSOLETE

    def test_what_is_restored_before_its_archiving_was_told(self, published, receiver, reviewer_of):
        by = reviewer_of(published)
        perform(perform(published, "archive", by=by, comment="Why."), "restore", by=by, comment="A mistake.")
        sweep()
        assert sorted(types(receiver)) == ["partnership.published", "partnership.restored"]

    def test_a_report_whose_partnership_is_gone(self, published, receiver, reviewer_of):
        sweep()
        factories.published_report(partnership=published.partnership)
        perform(published, "archive", by=reviewer_of(published), comment="Why.")
        sweep()
        assert types(receiver) == ["partnership.published", "partnership.archived"]

    def test_sending_again_tells_nothing_that_is_no_longer_public(self, published, receiver, reviewer_of, coordinator):
        sweep()
        perform(published, "archive", by=reviewer_of(published), comment="Why.")
        services.send_again(Delivery.objects.get(event="published"), by=coordinator)
        sweep()
        assert types(receiver) == ["partnership.published", "partnership.archived"]
        assert Delivery.objects.get(event="published").state == State.OBSOLETE


class TestFailures:
    @pytest.mark.parametrize(
        ("code", "problem"), [(302, "redirect"), (400, "refused"), (404, "refused"), (429, "refused"), (503, "refused")]
    )
    def test_what_is_not_taken_is_tried_again_under_the_same_id(self, published, receiver, code, problem):
        receiver.answer(code, b"not now")
        done = sweep()
        waiting = the_delivery()
        assert (waiting.state, waiting.answer_code, waiting.problem) == (State.DUE, code, problem)
        assert waiting.answer_text == "not now"
        assert done.again_at == {waiting.next_try_at}
        receiver.answer(200)
        some_time_later()
        assert sweep().sent == 1
        assert len({headers["webhook-id"] for _path, headers, _body in receiver.requests}) == 1
        assert (the_delivery().state, the_delivery().problem, the_delivery().answer_text) == (State.SENT, "", "")

    def test_pauses_grow_and_end(self, published, receiver):
        receiver.answer(500)
        waits = []
        for _attempt in range(len(PAUSES) + 1):
            some_time_later()
            before = timezone.now()
            sweep()
            waits.append(the_delivery().next_try_at - before)
        close = [wait - pause < timedelta(minutes=1) for wait, pause in zip(waits, PAUSES, strict=False)]
        assert all(close)
        assert waits[: len(PAUSES)] == sorted(waits[: len(PAUSES)])
        assert (the_delivery().state, the_delivery().attempts) == (State.FAILED, len(PAUSES) + 1)
        some_time_later()
        sweep()
        assert len(receiver.requests) == len(PAUSES) + 1

    def test_sent_again_it_begins_from_the_beginning(self, published, receiver, coordinator):
        receiver.answer(500)
        Delivery.objects.update(tries=len(PAUSES))
        sweep()
        assert the_delivery().state == State.FAILED
        services.send_again(the_delivery(), by=coordinator)
        sweep()
        assert (the_delivery().state, the_delivery().tries) == (State.DUE, 1)

    def test_who_does_not_answer_is_not_asked_for_every_delivery(self, published, receiver, names):
        for _number in range(3):
            factories.published_version()
        names[HOST] = []
        done = sweep()
        assert sorted(Delivery.objects.values_list("attempts", flat=True)) == [0, 0, 0, 1]
        assert len(set(Delivery.objects.values_list("next_try_at", flat=True))) == len(done.again_at) == 1
        assert Delivery.objects.get(attempts=1).get_problem_display() == "No server is known under this name."
        names[HOST] = ["127.0.0.1"]
        some_time_later()
        assert sweep().sent == 4

    def test_one_that_cannot_be_written_does_not_keep_back_the_others(self, published, receiver, monkeypatch):
        Delivery.objects.update(occurred_at=timezone.now() - timedelta(days=1))
        other = factories.published_version()
        broken = type(published).public_names
        monkeypatch.setattr(
            type(published), "public_names", lambda entry: 1 / 0 if entry.pk == published.pk else broken(entry)
        )
        assert sweep().sent == 1
        assert bodies(receiver)[0]["data"]["entry"]["reference"] == other.partnership.reference
        assert Delivery.objects.get(object_id=published.pk).problem == Problem.UNEXPECTED

    def test_a_secret_that_cannot_be_read_is_said(self, published, receiver, settings):
        settings.SECRET_KEY = "another one " * 5
        sweep()
        assert (the_delivery().problem, receiver.requests) == (Problem.NO_SECRET, [])


class TestStopping:
    def stopped(self):
        return OutgoingMail.objects.filter(kind="webhook-stopped")

    def test_a_receiver_that_is_gone(self, published, receiver, webhook, coordinator):
        receiver.answer(410)
        sweep()
        webhook.refresh_from_db()
        assert (webhook.state, the_delivery().state) == (Webhook.State.GONE, State.FAILED)
        assert [mail.address for mail in self.stopped()] == [coordinator.email]
        assert self.stopped().get().is_current()
        factories.published_version()
        assert Delivery.objects.count() == 1

    def test_a_receiver_that_fails_again_and_again(self, webhook, receiver, coordinator):
        receiver.answer(500)
        for number in range(1, 5):
            factories.published_version()
            Delivery.objects.filter(state=State.DUE).update(tries=len(PAUSES))
            sweep()
            webhook.refresh_from_db()
            assert (webhook.state == Webhook.State.FAILING) == (number >= 3)
        assert self.stopped().count() == 1
        assert Delivery.objects.filter(state=State.FAILED).count() == 3

    def test_one_success_begins_the_count_anew(self, published, receiver, webhook):
        Webhook.objects.update(given_up=2)
        sweep()
        webhook.refresh_from_db()
        assert (webhook.given_up, webhook.is_on) == (0, True)

    def test_what_is_due_waits_until_it_is_switched_on(self, published, receiver, webhook, coordinator):
        services.switch(webhook, by=coordinator, on=False)
        factories.published_version()
        assert sweep().sent == 0
        services.switch(webhook, by=coordinator, on=True)
        assert sweep().sent == 1
        assert [body["data"]["entry"]["title"] for body in bodies(receiver)] == ["Less water lost"]

    def test_the_mail_about_it_is_no_longer_sent_once_it_is_on_again(self, published, receiver, webhook, coordinator):
        receiver.answer(410)
        sweep()
        services.switch(webhook, by=coordinator, on=True)
        assert not self.stopped().get().is_current()


class TestTests:
    def test_are_sent_once_and_never_again(self, webhook, receiver, coordinator):
        receiver.answer(500)
        services.ping(webhook, by=coordinator)
        sweep()
        webhook.refresh_from_db()
        assert (the_delivery().state, webhook.given_up) == (State.FAILED, 0)
        assert bodies(receiver)[0]["data"] == {
            "platform": {"key": webhook.platform.key, "name": webhook.platform.name},
        }
        assert types(receiver) == ["webhook.ping"]

    def test_reach_a_webhook_that_is_off(self, webhook, receiver, coordinator):
        services.switch(webhook, by=coordinator, on=False)
        services.ping(webhook, by=coordinator)
        assert sweep().sent == 1


def test_old_deliveries_are_forgotten_when_they_are_over(published, receiver):
    sweep()
    factories.published_version()
    Delivery.objects.update(occurred_at=timezone.now() - KEPT_FOR - timedelta(days=1))
    Delivery.objects.filter(state=State.DUE).update(next_try_at=timezone.now() + timedelta(hours=1))
    sweep()
    assert the_delivery().state == State.DUE


def test_a_name_that_leads_inside_since_it_was_entered_is_not_followed(published, receiver, names):
    names[HOST] = ["10.0.0.1"]
    sweep()
    assert (the_delivery().state, the_delivery().problem) == (State.DUE, Problem.PRIVATE)
