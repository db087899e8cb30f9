"""What is noted when somebody is told: one row per event and person, in their language and rhythm."""

from datetime import UTC, datetime
from unittest.mock import Mock

import pytest
from django.db import transaction
from django.utils.translation import override
from django_tasks_db import DatabaseBackend
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from notices.models import OutgoingMail, Preference
from notices.outbox import next_digest
from notices.services import notify, save_preference, unread_count, unsubscribe
from tests import factories

State = OutgoingMail.State


def daily(user):
    save_preference(user, rhythm="daily", optional=True)


def test_one_row_for_each_person(tell, reader, stranger):
    tell(reader, stranger)
    assert set(OutgoingMail.objects.values_list("user", "address")) == {
        (reader.pk, reader.email),
        (stranger.pk, stranger.email),
    }


def test_the_same_event_is_told_once_however_often(tell, reader):
    tell(reader)
    tell(reader, reader)
    assert OutgoingMail.objects.count() == 1


def test_another_event_is_told_again(tell, reader):
    tell(reader, key="one")
    tell(reader, key="two")
    assert OutgoingMail.objects.count() == 2


def test_what_happened_is_not_undone_because_it_was_told_before(tell, reader):
    """On PostgreSQL a failed statement would spoil the whole transaction."""
    tell(reader)
    with transaction.atomic():
        tell(reader)
        User.objects.filter(pk=reader.pk).update(name="Renamed")
    assert User.objects.get(pk=reader.pk).name == "Renamed"


def test_users_may_come_as_a_queryset(event, reader):
    notify("withdrawn", about=event, key="event", users=User.objects.filter(pk=reader.pk))
    assert OutgoingMail.objects.get().user == reader


def test_somebody_whose_account_is_closed_is_not_told(tell, reader):
    reader.is_active = False
    reader.save()
    tell(reader, addresses=[reader.email])
    assert not OutgoingMail.objects.exists()


def test_the_subject_is_in_the_language_of_the_reader(tell, event, reader):
    reader.language = "fr"
    reader.save()
    tell(reader)
    mail = OutgoingMail.objects.get()
    assert mail.language == "fr"
    assert "Less water lost" in mail.subject


class TestAddresses:
    def test_of_people_without_account_are_told_in_the_language_of_who_acts(self, tell):
        with override("es"):
            tell(addresses=["New@Utility.example"])
        mail = OutgoingMail.objects.get()
        assert (mail.user, mail.address, mail.language) == (None, "new@utility.example", "es")

    def test_are_told_once_however_they_are_written(self, tell):
        tell(addresses=["new@utility.example", "NEW@utility.example"])
        tell(addresses=["New@Utility.Example"])
        assert OutgoingMail.objects.count() == 1

    def test_of_people_with_account_reach_them_in_the_portal_too(self, tell, reader):
        tell(addresses=[reader.email.upper()])
        assert OutgoingMail.objects.get().user == reader

    def test_that_is_also_among_the_users_is_told_once(self, tell, reader):
        tell(reader, addresses=[reader.email.upper()])
        assert OutgoingMail.objects.count() == 1


class TestPreferences:
    def test_without_any_everything_comes_at_once(self, tell, reader):
        tell(reader, kind="published")
        mail = OutgoingMail.objects.get()
        assert (mail.state, mail.in_digest) == (State.DUE, False)

    def test_daily_waits_for_the_next_digest(self, tell, reader):
        daily(reader)
        tell(reader)
        mail = OutgoingMail.objects.get()
        assert (mail.state, mail.in_digest, mail.next_try_at.hour) == (State.DUE, True, 6)

    @pytest.mark.parametrize(("kind", "state"), [("published", State.UNWANTED), ("withdrawn", State.DUE)])
    def test_without_optional_mails_only_what_asks_for_something_is_sent(self, tell, reader, kind, state):
        unsubscribe(reader)
        tell(reader, kind=kind)
        assert OutgoingMail.objects.get().state == state

    def test_unsubscribing_leaves_the_rhythm(self, reader):
        daily(reader)
        unsubscribe(reader)
        preference = Preference.objects.get()
        assert (preference.rhythm, preference.optional) == ("daily", False)


@pytest.mark.parametrize(
    ("now", "then"),
    [("05:59", "2026-03-01 06:00"), ("06:00", "2026-03-02 06:00"), ("23:10", "2026-03-02 06:00")],
)
def test_digests_leave_at_six(now, then):
    moment = datetime.fromisoformat(f"2026-03-01 {now}").replace(tzinfo=UTC)
    assert next_digest(moment) == datetime.fromisoformat(then).replace(tzinfo=UTC)


class TestUnread:
    def test_counts_what_was_not_opened_and_is_still_so(self, tell, reader, stranger):
        for number in range(4):
            tell(reader, stranger, key=f"event-{number}")
        mine = OutgoingMail.objects.of(reader)
        mine.filter(key="event-0").update(state=State.OBSOLETE)
        mine.filter(key="event-1").update(read_at=datetime.now(UTC))
        assert (unread_count(reader), unread_count(stranger)) == (2, 4)


class TestJobs:
    @pytest.fixture
    def committed(self, tell, reader, django_capture_on_commit_callbacks):
        def committed(*users):
            with django_capture_on_commit_callbacks(execute=True):
                tell(*users)
            return list(DBTaskResult.objects.values_list("run_after", flat=True))

        return committed

    def test_one_for_all_who_are_told_at_once(self, committed, reader, stranger):
        assert len(committed(reader, stranger)) == 1

    def test_one_at_the_time_of_the_digest(self, committed, reader):
        daily(reader)
        assert [moment.hour for moment in committed(reader)] == [6]

    def test_none_when_nobody_gets_a_mail(self, committed):
        assert committed() == []

    def test_a_broken_queue_does_not_break_what_happened(self, committed, reader, monkeypatch):
        monkeypatch.setattr(DatabaseBackend, "enqueue", Mock(side_effect=OSError("no disk left")))
        assert committed(reader) == []
        assert OutgoingMail.objects.filter(state=State.DUE).exists()


def test_nothing_is_told_of_what_was_rolled_back(tell, reader):
    with transaction.atomic():
        tell(reader)
        transaction.set_rollback(True)
    assert not OutgoingMail.objects.exists()


def test_an_author_of_nothing_is_still_a_person(db):
    assert unread_count(factories.UserFactory()) == 0
