"""Mails arrive once, whatever happens on the way: sent by Django's SMTP backend to a real server on this machine."""

import smtplib
import threading
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core.mail.backends.smtp import EmailBackend
from django.core.management import call_command
from django.db import InterfaceError, OperationalError
from django.utils import timezone
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from notices import leases, sending, sweeps
from notices.leases import LEASE
from notices.management.commands import db_worker as our_worker
from notices.management.commands import send_mails
from notices.models import OutgoingMail
from notices.rendering import letter
from notices.sending import PAUSES, sweep
from notices.services import notify, save_preference, unsubscribe
from notices.tasks import send_due
from tests import factories
from tests.notices.conftest import event_of, member_of

State = OutgoingMail.State


def the_mail():
    return OutgoingMail.objects.get()


def some_time_later():
    """As far as waiting mails can tell."""
    OutgoingMail.objects.filter(state=State.DUE).update(next_try_at=timezone.now() - timedelta(seconds=1))


class TestOnce:
    def test_for_each_event_and_person(self, tell, reader, server, event):
        colleague = member_of(event)
        tell(reader, colleague)
        tell(reader, key="another")
        assert sweep().sent == 3
        assert sorted(mail["To"] for mail in server.mails) == sorted([reader.email, reader.email, colleague.email])

    def test_run_twice_and_told_twice(self, tell, reader, server):
        for _time in range(3):
            tell(reader)
            sweep()
        assert len(server.mails) == 1
        assert (the_mail().state, the_mail().attempts) == (State.SENT, 1)
        assert the_mail().sent_at

    def test_a_day_late(self, tell, reader, server):
        tell(reader)
        OutgoingMail.objects.update(next_try_at=timezone.now() - timedelta(days=1))
        sweep()
        assert len(server.mails) == 1

    def test_not_before_it_is_due(self, tell, reader, server):
        tell(reader)
        OutgoingMail.objects.update(next_try_at=timezone.now() + timedelta(minutes=1))
        assert sweep().sent == 0

    def test_nothing_for_who_only_reads_in_the_portal(self, tell, reader, server):
        unsubscribe(reader)
        tell(reader, kind="published")
        sweep()
        assert server.mails == []

    def test_nothing_optional_for_who_unsubscribes_before_it_leaves(self, tell, reader, server):
        tell(reader, kind="published")
        unsubscribe(reader)
        sweep()
        assert (server.mails, the_mail().state) == ([], State.UNWANTED)


class TestObsolete:
    def test_what_another_step_has_followed(self, tell, reader, server, event):
        tell(reader)
        event_of(event.entry, "submit")
        sweep()
        assert (server.mails, the_mail().state) == ([], State.OBSOLETE)

    def test_what_no_longer_exists(self, reader, server):
        thing = factories.PlatformFactory()
        notify("withdrawn", about=thing, key="gone", users=[reader])
        thing.delete()
        sweep()
        assert (server.mails, the_mail().state) == ([], State.OBSOLETE)

    def test_what_its_reader_may_not_know_any_more(self, tell, reader, server):
        tell(reader)
        reader.secretariats.all().delete()
        sweep()
        assert (server.mails, the_mail().state) == ([], State.OBSOLETE)

    def test_for_somebody_whose_account_is_closed(self, tell, reader, server):
        tell(reader)
        type(reader).objects.filter(pk=reader.pk).update(is_active=False)
        sweep()
        assert (server.mails, the_mail().state) == ([], State.OBSOLETE)


class TestFailures:
    def test_an_unreachable_server_is_tried_again_later_and_then_gets_it_once(self, tell, reader, unreachable, request):
        tell(reader)
        done = sweep()
        waiting = the_mail()
        assert (waiting.state, waiting.attempts) == (State.DUE, 1)
        assert "refused" in waiting.last_error
        assert done.again_at == {waiting.next_try_at}
        assert timedelta(seconds=50) < waiting.next_try_at - timezone.now() <= timedelta(minutes=1)
        server = request.getfixturevalue("server")
        assert sweep().sent == 0
        some_time_later()
        assert [sweep().sent, sweep().sent] == [1, 0]
        assert (len(server.mails), the_mail().state, the_mail().last_error) == (1, State.SENT, "")

    @pytest.mark.parametrize("answer", ["451 not now", "554 never"])
    def test_what_the_server_does_not_take_is_tried_again(self, tell, reader, server, answer):
        server.answer = answer
        tell(reader)
        sweep()
        assert (the_mail().state, answer[4:] in the_mail().last_error) == (State.DUE, True)
        server.answer = "250 taken"
        some_time_later()
        sweep()
        assert len(server.mails) == 1

    def test_pauses_grow_and_end(self, tell, reader, unreachable):
        tell(reader)
        waits = []
        for _attempt in range(len(PAUSES) + 1):
            some_time_later()
            before = timezone.now()
            sweep()
            waits.append(the_mail().next_try_at - before)
        assert all(
            timedelta(0) <= wait - pause < timedelta(minutes=1) for wait, pause in zip(waits, PAUSES, strict=False)
        )
        assert the_mail().state == State.FAILED
        some_time_later()
        assert sweep().sent == 0
        assert the_mail().attempts == len(PAUSES) + 1

    def test_one_that_cannot_be_written_does_not_keep_back_the_others(self, tell, reader, server, event):
        tell(member_of(event), key="broken")
        OutgoingMail.objects.update(kind="no-such-kind")
        tell(reader)
        assert sweep().sent == 1
        assert OutgoingMail.objects.get(key="broken").state == State.DUE

    @pytest.mark.parametrize("error", [smtplib.SMTPServerDisconnected("gone"), TimeoutError("no answer")])
    def test_a_connection_that_breaks_during_the_hand_over_is_not_tried_again(
        self, tell, reader, server, monkeypatch, error
    ):
        def send_and_break(backend, messages):
            raise error

        monkeypatch.setattr(EmailBackend, "send_messages", send_and_break)
        tell(reader)
        sweep()
        assert the_mail().state == State.FAILED
        assert "may have arrived" in the_mail().last_error

    def test_one_whose_sender_died_before_it_was_handed_over_is_sent_by_the_next(self, tell, reader, server):
        tell(reader)
        OutgoingMail.objects.update(state=State.SENDING, attempts=1, next_try_at=timezone.now() - LEASE / 2)
        assert (sweep().sent, the_mail().state) == (0, State.SENDING)
        OutgoingMail.objects.update(next_try_at=timezone.now() - LEASE * 2)
        assert (sweep().sent, the_mail().state, the_mail().attempts) == (1, State.SENT, 2)
        assert len(server.mails) == 1

    def test_one_that_kills_every_sender_is_given_up(self, tell, reader, server):
        tell(reader)
        long_ago = timezone.now() - LEASE * 2
        OutgoingMail.objects.update(state=State.SENDING, attempts=len(PAUSES) + 1, next_try_at=long_ago)
        assert (sweep().sent, the_mail().state) == (0, State.FAILED)

    def test_one_whose_sender_died_while_it_was_handed_over_is_told_to_support_and_not_sent_twice(
        self, tell, reader, server
    ):
        support = factories.UserFactory(is_superuser=True, is_staff=True)
        tell(reader)
        long_ago = timezone.now() - LEASE * 2
        OutgoingMail.objects.update(state=State.SENDING, next_try_at=long_ago, handed_at=long_ago)
        sweep()
        lost = OutgoingMail.objects.get(kind="withdrawn")
        assert lost.state == State.FAILED
        assert "may have arrived" in lost.last_error
        [letter] = server.mails
        assert letter["To"] == support.email
        assert reader.email in letter["Subject"]
        assert f"/admin/notices/outgoingmail/{lost.pk}/change/" in letter.get_body(("plain",)).get_content()

    def test_support_is_not_told_of_what_told_support(self, tell, reader, server):
        factories.UserFactory(is_superuser=True, is_staff=True)
        long_ago = timezone.now() - LEASE * 2
        for kind in ("withdrawn", "mail-unconfirmed"):
            tell(reader)
            OutgoingMail.objects.update(kind=kind, state=State.SENDING, next_try_at=long_ago, handed_at=long_ago)
            sending.take_back_lost()
        assert OutgoingMail.objects.count() == 2

    def test_a_sender_that_was_taken_for_dead_hands_nothing_over(self, tell, reader, server):
        tell(reader)
        slow = sending._claim(the_mail().pk)
        OutgoingMail.objects.update(next_try_at=timezone.now() - LEASE * 2)
        assert sweep().sent == 1
        sending._send(slow, sending.Sweep())
        assert (len(server.mails), the_mail().state) == (1, State.SENT)

    def test_a_sender_gives_signs_of_life(self, tell, reader, server, monkeypatch):
        renewed, seen = threading.Semaphore(0), []
        monkeypatch.setattr(leases, "BEAT", 0.01)
        monkeypatch.setattr(sending, "_renew", lambda mails: renewed.release())

        def write_slowly(mails):
            seen.extend(renewed.acquire(timeout=30) for _time in range(3))
            return letter(mails)

        monkeypatch.setattr(sending, "letter", write_slowly)
        tell(reader)
        assert sweep().sent == 1
        assert seen == [True] * 3

    def test_mails_that_are_being_sent_by_somebody_else_are_left_alone(self, tell, reader, server):
        tell(reader)
        OutgoingMail.objects.update(state=State.SENDING)
        assert sweep().sent == 0


class TestSecrets:
    @pytest.fixture
    def invitation(self, event, server):
        notify(
            "organisation-invitation",
            about=factories.PlatformFactory(),
            key="invitation",
            addresses=["new@utility.example"],
            data={"token": "secret", "note": "kept"},
        )

    def test_are_kept_while_the_mail_waits(self, invitation, server):
        server.answer = "451 not now"
        sweep()
        assert the_mail().data == {"token": "secret", "note": "kept"}

    def test_are_forgotten_when_it_has_left(self, invitation, server):
        sweep()
        assert the_mail().state == State.SENT
        assert the_mail().data == {"note": "kept"}


class TestDigest:
    @pytest.fixture
    def told(self, tell, reader):
        """Three things that happened on one day."""
        save_preference(reader, rhythm="daily", optional=True)
        for number in range(3):
            tell(reader, key=f"event-{number}")

    def test_is_one_mail_at_its_time(self, told, server):
        assert sweep().sent == 0
        some_time_later()
        assert [sweep().sent, sweep().sent] == [1, 0]
        (mail,) = server.mails
        assert mail.get_body(("plain",)).get_content().count("Less water lost") >= 3
        assert set(OutgoingMail.objects.values_list("state", flat=True)) == {State.SENT}

    def test_leaves_out_what_is_no_longer_so(self, told, event, server, reader):
        event_of(event.entry, "submit")
        notify("review", about=event.entry.events.last(), key="newer", users=[reader])
        some_time_later()
        sweep()
        (mail,) = server.mails
        assert "(1)" in mail["Subject"]
        assert "taken this entry back" not in mail.get_body(("plain",)).get_content()

    def test_of_nothing_is_not_sent(self, told, event, server):
        event_of(event.entry, "submit")
        some_time_later()
        sweep()
        assert server.mails == []

    def test_that_failed_stays_one(self, told, server):
        server.answer = "451 not now"
        some_time_later()
        sweep()
        server.answer = "250 taken"
        some_time_later()
        sweep()
        assert len(server.mails) == 1

    def test_of_one_person_is_not_that_of_another(self, told, tell, event, server):
        colleague = member_of(event)
        save_preference(colleague, rhythm="daily", optional=True)
        tell(colleague, key="event-0")
        some_time_later()
        assert sweep().sent == 2
        assert len({mail["To"] for mail in server.mails}) == 2


class TestDoors:
    def test_the_command_sweeps_once(self, tell, reader, server, capsys):
        tell(reader)
        call_command("send_mails")
        assert capsys.readouterr().out == "1 sent\n"

    def test_the_worker_sends_what_was_committed(self, tell, reader, server, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            tell(reader)
        work()
        assert len(server.mails) == 1

    def test_the_worker_comes_back_for_what_failed(self, tell, reader, unreachable, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            tell(reader)
        work()
        assert DBTaskResult.objects.filter(run_after=the_mail().next_try_at).count() == 1


def work():
    """The worker closes the connection that the test keeps open, unless it is told not to."""
    with patch.object(db_worker, "close_old_connections"):
        call_command("db_worker", batch=True, startup_delay=False, verbosity=0)


class Restarted:
    """A worker whose database goes away the first time."""

    runs = 0

    def __init__(self, worker_id, **options):
        self.worker_id = worker_id

    def configure_signals(self):
        """Those of the test stay."""

    def run(self):
        Restarted.runs += 1
        if Restarted.runs == 1:
            task = send_due.enqueue()
            DBTaskResult.objects.filter(pk=task.id).update(status="RUNNING", worker_ids=[self.worker_id])
            raise OperationalError("server closed the connection unexpectedly")


class TestDatabaseThatIsRestarted:
    @pytest.fixture(autouse=True)
    def at_once(self, monkeypatch):
        """Without waiting, and with the connection that the test holds."""
        monkeypatch.setattr(our_worker, "PATIENCE", 0)
        monkeypatch.setattr(sweeps, "PATIENCE", 0)
        monkeypatch.setattr(sweeps.connections, "close_all", lambda: None)
        monkeypatch.setattr(sweeps, "close_old_connections", lambda: None)

    def test_the_worker_outlives_it_and_begins_its_task_anew(self, db, monkeypatch):
        monkeypatch.setattr(db_worker, "Worker", Restarted)
        monkeypatch.setattr(Restarted, "runs", 0)
        call_command("db_worker", startup_delay=False, verbosity=0, reload=False)
        assert Restarted.runs == 2
        assert DBTaskResult.objects.get().status == "READY"

    def test_the_sweep_outlives_it(self, db, monkeypatch):
        answers = iter([OperationalError("gone"), InterfaceError("gone"), KeyboardInterrupt()])

        def broken(stopping):
            raise next(answers)

        monkeypatch.setattr(send_mails.Command, "sweep", staticmethod(broken))
        monkeypatch.setattr(sweeps.signal, "signal", lambda *_: None)
        with pytest.raises(KeyboardInterrupt):
            call_command("send_mails", loop=1)

    def test_a_sweep_that_a_timer_calls_tells_it(self, db, monkeypatch):
        def broken(stopping):
            raise OperationalError("gone")

        monkeypatch.setattr(send_mails.Command, "sweep", staticmethod(broken))
        with pytest.raises(OperationalError):
            call_command("send_mails")


def test_the_note_on_a_task_whose_worker_was_killed_goes_with_the_others(db):
    for started in (timezone.now() - timedelta(days=2), timezone.now()):
        task = send_due.enqueue()
        DBTaskResult.objects.filter(pk=task.id).update(status="RUNNING", started_at=started, worker_ids=["killed"])
    work()
    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["FAILED", "RUNNING"]
