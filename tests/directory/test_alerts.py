"""Saved filters: who is told what, and never twice."""

import json
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from directory.filters.partnerships import PartnershipFilter
from directory.models import Alert, Match, SavedFilter
from directory.services import MOST_FILTERS, save_filter, tell_news
from notices.models import OutgoingMail, Preference
from notices.sending import sweep
from notices.services import save_preference
from partnerships.models import NamedPlatform, PartnershipVersion
from reviews.workflow import perform
from tests import factories
from tests.directory.test_feeds import published_again

pytestmark = pytest.mark.django_db
ALERTS = "/en/workspace/alerts/"
NEW = "/en/workspace/alerts/new/"


@pytest.fixture
def reader():
    return factories.UserFactory(language="fr")


@pytest.fixture
def saved(reader):
    """What is published in Kenya, saved an hour ago."""
    return keep(reader, "country=KE")


def keep(user, query="", name="Mine"):
    """A filter saved an hour ago."""
    filterset = PartnershipFilter(QueryDict(query), PartnershipVersion.objects.published())
    kept = save_filter(user=user, name=name, filterset=filterset)
    moment = timezone.now() - timedelta(hours=1)
    SavedFilter.objects.filter(pk=kept.pk).update(created_at=moment, seen_until=moment)
    return kept


def tell():
    """Look, send what is due; how many were told."""
    told = tell_news().sent
    sweep()
    return told


class TestTelling:
    def test_a_publication_that_matches_is_told_in_the_readers_language(self, saved, reader, settings):
        version = factories.published_version(mentee_in="KE")
        factories.published_version(mentee_in="UG")
        assert tell() == 1
        (letter,) = mail.outbox
        assert letter.to == [reader.email]
        assert "Mine" in letter.subject
        assert f"{version.partnership.reference} {version.title}" in letter.body
        assert f"{settings.PORTAL_URL}/fr/partnerships/{version.partnership.reference}/" in letter.body
        assert f"{settings.PORTAL_URL}/fr/partnerships/?country=KE" in letter.body
        assert letter.body.count("WOP-") == 2
        assert "List-Unsubscribe" in letter.extra_headers

    def test_nothing_is_told_twice_however_often_somebody_looks(self, saved):
        factories.published_version(mentee_in="KE")
        assert [tell() for _ in range(3)] == [1, 0, 0]
        SavedFilter.objects.update(seen_until=timezone.now() - timedelta(minutes=50))
        assert tell() == 0
        assert len(mail.outbox) == 1

    def test_several_at_once_are_one_mail(self, saved):
        for _ in range(25):
            factories.published_version(mentee_in="KE")
        assert tell() == 1
        assert len(mail.outbox) == 1
        assert Match.objects.count() == 25
        assert mail.outbox[0].body.count("WOP-") == 40

    def test_what_was_public_before_the_filter_was_saved_is_not_news(self, reader):
        factories.published_version(mentee_in="KE")
        filterset = PartnershipFilter(QueryDict("country=KE"), PartnershipVersion.objects.published())
        save_filter(user=reader, name="Mine", filterset=filterset)
        assert tell() == 0

    def test_a_new_version_is_news(self, saved):
        version = factories.published_version(mentee_in="KE")
        tell()
        published_again(version, "Now they measure too.")
        assert tell() == 1

    def test_what_is_published_later_is_told_later(self, saved):
        factories.published_version(mentee_in="KE")
        tell()
        later = factories.published_version(mentee_in="KE")
        assert tell() == 1
        assert mail.outbox[1].body.count(later.partnership.reference) == 2
        assert mail.outbox[1].body.count("WOP-") == 2

    def test_a_publication_that_became_visible_after_the_last_look_is_told(self, saved):
        factories.published_version(mentee_in="KE")
        SavedFilter.objects.update(seen_until=timezone.now())
        assert tell() == 1

    def test_everybody_is_told_of_their_own_filters(self, saved):
        other = factories.UserFactory()
        keep(other, "", name="Everything")
        keep(other, "country=UG", name="Uganda")
        factories.published_version(mentee_in="KE")
        assert tell() == 2
        assert {letter.to[0] for letter in mail.outbox} == {saved.user.email, other.email}

    def test_drafts_are_told_to_nobody(self, saved):
        factories.draft_version(mentee_in="KE")
        assert tell() == 0

    def test_the_command_does_it(self, saved, capsys):
        factories.published_version(mentee_in="KE")
        call_command("send_alerts")
        call_command("send_alerts")
        assert capsys.readouterr().out == "1 sent\n0 sent\n"


class TestWhatIsNoLongerSo:
    def archive(self, version):
        reviewer = factories.SecretariatMemberFactory(platform=version.reviewing_platform).user
        perform(version, "archive", by=reviewer, comment="Entered twice")

    def test_what_was_archived_before_the_mail_left_is_not_told(self, saved):
        gone, stays = (factories.published_version(mentee_in="KE", title=title) for title in ("Gone", "Stays"))
        tell_news()
        self.archive(gone)
        sweep()
        assert "Stays" in mail.outbox[0].body
        assert "Gone" not in mail.outbox[0].body
        assert stays.partnership.reference in mail.outbox[0].body

    def test_with_nothing_left_no_mail_leaves(self, saved):
        version = factories.published_version(mentee_in="KE")
        tell_news()
        self.archive(version)
        sweep()
        assert mail.outbox == []
        assert OutgoingMail.objects.get().state == "obsolete"

    def test_the_message_in_the_portal_forgets_it_too(self, client, saved, reader):
        version = factories.published_version(mentee_in="KE", title="zqcanary")
        tell()
        address = f"/en/workspace/messages/{OutgoingMail.objects.get().pk}/"
        client.force_login(reader)
        assert b"zqcanary" in client.get(address).content
        self.archive(version)
        assert b"zqcanary" not in client.get(address).content
        assert b"zqcanary" not in client.get("/en/workspace/messages/").content

    def test_a_filter_that_was_deleted_tells_nothing(self, saved):
        factories.published_version(mentee_in="KE")
        tell_news()
        saved.delete()
        sweep()
        assert mail.outbox == []

    def test_somebody_who_has_left_is_not_told(self, saved, reader):
        type(reader).objects.update(is_active=False)
        factories.published_version(mentee_in="KE")
        assert tell() == 0


class TestWishes:
    def test_a_daily_mail_waits_for_its_hour(self, saved, reader):
        save_preference(reader, rhythm=Preference.Rhythm.DAILY, optional=True)
        factories.published_version(mentee_in="KE")
        tell()
        assert mail.outbox == []
        assert OutgoingMail.objects.get().in_digest

    def test_without_optional_mails_it_only_stands_in_the_portal(self, saved, reader):
        save_preference(reader, rhythm=Preference.Rhythm.AT_ONCE, optional=False)
        factories.published_version(mentee_in="KE")
        tell()
        assert mail.outbox == []
        assert OutgoingMail.objects.get().state == "unwanted"


class TestAValueThatIsGone:
    @pytest.fixture
    def broken(self, reader):
        platform = factories.PlatformFactory()
        kept = keep(reader, f"platform={platform.key}")
        platform.delete()
        return kept

    def test_matches_nothing_and_keeps_nobody_else_from_being_told(self, broken):
        keep(factories.UserFactory(), "country=KE")
        draft = factories.draft_version(mentee_in="KE")
        NamedPlatform.objects.create(version=draft, platform=factories.PlatformFactory())
        perform(draft, "load", by=None)
        assert tell() == 1
        assert not broken.matches.exists()

    def test_is_told_on_the_page_where_it_can_be_deleted(self, client, broken):
        client.force_login(broken.user)
        page = client.get(ALERTS)
        assert page.status_code == 200
        assert "A value of this filter is no longer known" in page.content.decode()
        assert client.get(f"{ALERTS}{broken.pk}/").status_code == 200
        client.post(f"{ALERTS}{broken.pk}/delete/")
        assert not SavedFilter.objects.exists()


def test_looking_without_news_costs_little(saved):
    factories.published_version(mentee_in="KE")
    tell_news()
    for number in range(20):
        keep(factories.UserFactory(), name=f"{number}")
    SavedFilter.objects.update(seen_until=timezone.now() + timedelta(hours=2))
    with CaptureQueriesContext(connection) as captured:
        assert tell_news().sent == 0
    assert len(captured) == 2


# --- pages ----------------------------------------------------------------------------------------------------


class TestPages:
    @pytest.fixture
    def inside(self, client, reader):
        client.force_login(reader)
        return client

    def test_are_for_people_who_are_signed_in(self, client, saved):
        for address in (ALERTS, NEW, f"{ALERTS}{saved.pk}/"):
            assert client.get(address).url.startswith("/en/accounts/login/"), address
        assert client.post(f"{ALERTS}{saved.pk}/delete/").status_code == 403
        assert SavedFilter.objects.exists()
        assert "next=/en/workspace/alerts/new/%3Fcountry%3DKE" in client.get(NEW, {"country": "KE"}).url

    def test_say_what_to_do_while_there_is_nothing(self, inside):
        page = inside.get(ALERTS).content.decode()
        assert "You have not saved a filter yet" in page
        assert 'href="/en/partnerships/"' in page

    def test_the_directory_leads_to_saving_its_filters(self, client, version):
        page = client.get("/en/partnerships/", {"country": "LC", "page": "1", "view": "map"}).content.decode()
        assert f'href="{NEW}?country=LC"' in page

    def test_the_filters_of_the_address_are_saved_under_a_name(self, inside, reader):
        question = f"{NEW}?country=KE&country=LC&view=map&ordering=title&nonsense=1&status=completed"
        assert 'value="Partnerships: Kenya, Saint Lucia, Completed"' in inside.get(question).content.decode()
        page = inside.post(question, {"name": "East and west"}, follow=True).content.decode()
        kept = SavedFilter.objects.get()
        assert (kept.user, kept.name, kept.query) == (reader, "East and west", "country=KE&country=LC&status=completed")
        assert "you are told when something new matches “East and west”" in page
        assert "Partnerships: Kenya, Saint Lucia, Completed" in page
        assert 'href="/en/partnerships/?country=KE&amp;country=LC&amp;status=completed"' in page

    def test_an_invalid_filter_is_not_saved(self, inside):
        for answer in (inside.get(f"{NEW}?country=XX"), inside.post(f"{NEW}?country=XX", {"name": "Mine"})):
            assert answer.status_code == 400
            assert "Country: “XX” is not known" in answer.content.decode()
        assert not SavedFilter.objects.exists()

    @pytest.mark.parametrize(
        ("name", "words"),
        [("", "Give it a name"), ("Mine", "already saved a filter under this name"), ("x" * 121, "at most 120")],
    )
    def test_a_bad_name_is_told_and_kept_in_its_field(self, inside, saved, name, words):
        page = inside.post(f"{NEW}?country=LC", {"name": name})
        assert page.status_code == 200
        assert words in page.content.decode()
        assert f'value="{name}"' in page.content.decode() or not name
        assert SavedFilter.objects.count() == 1

    def test_there_is_an_end_to_saving(self, inside, reader):
        SavedFilter.objects.bulk_create(SavedFilter(user=reader, name=str(number)) for number in range(MOST_FILTERS))
        assert "You can save 50 filters." in inside.post(NEW, {"name": "One more"}).content.decode()
        assert SavedFilter.objects.count() == MOST_FILTERS

    def test_a_filter_can_be_renamed(self, inside, saved, reader):
        keep(reader, name="Taken")
        address = f"{ALERTS}{saved.pk}/"
        assert "already saved" in inside.post(address, {"name": "Taken"}).content.decode()
        assert "Renamed: “Kenya”." in inside.post(address, {"name": "Kenya"}, follow=True).content.decode()
        saved.refresh_from_db()
        assert (saved.name, saved.query) == ("Kenya", "country=KE")

    def test_a_filter_can_be_deleted(self, inside, saved):
        address = f"{ALERTS}{saved.pk}/delete/"
        assert inside.get(address).status_code == 405
        assert SavedFilter.objects.exists()
        assert "no longer told about “Mine”" in inside.post(address, follow=True).content.decode()
        assert not SavedFilter.objects.exists()

    def test_those_of_others_are_not_there(self, client, saved, stranger):
        client.force_login(stranger)
        assert "Mine" not in client.get(ALERTS).content.decode()
        assert client.get(f"{ALERTS}{saved.pk}/").status_code == 404
        assert client.post(f"{ALERTS}{saved.pk}/", {"name": "Stolen"}).status_code == 404
        assert client.post(f"{ALERTS}{saved.pk}/delete/").status_code == 404
        assert SavedFilter.objects.get().name == "Mine"


class TestTheirPerson:
    def test_takes_them_along(self, client, saved, reader):
        client.force_login(reader)
        data = json.loads(client.get("/en/accounts/my-data/export/").content)
        (row,) = data["directory.savedfilter.user"]
        assert (row["name"], row["query"]) == ("Mine", "country=KE")

    def test_erases_them_with_what_was_told(self, client, saved, reader):
        factories.published_version(mentee_in="KE")
        tell()
        reader.delete()
        assert not SavedFilter.objects.exists()
        assert not Alert.objects.exists()
        assert not Match.objects.exists()
        assert not OutgoingMail.objects.exists()
