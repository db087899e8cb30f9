"""Messages in the portal, what comes by mail, and the mails of a demonstration."""

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from notices.models import OutgoingMail, Preference
from notices.services import notify, save_preference, unread_count
from notices.unsubscribe_tokens import token_of
from tests import factories
from tests.notices.conftest import event_of

MESSAGES = "/en/workspace/messages/"
PREFERENCES = "/en/workspace/messages/preferences/"
MAILS = "/en/demo/mails/"


@pytest.fixture
def inside(client, reader):
    client.force_login(reader)
    return client


def address_of(mail):
    return f"{MESSAGES}{mail.pk}/"


class TestMessages:
    def test_are_listed_newest_first_with_what_is_new(self, inside, tell, reader, event):
        tell(reader, key="older")
        tell(reader, key="newer", kind="change")
        page = inside.get(MESSAGES).content.decode()
        assert page.index("Change “Less water lost”") < page.index("Stop reviewing “Less water lost”")
        assert "2 messages not opened yet" in page
        assert page.count("is-unread") == 2

    def test_say_that_there_are_none(self, inside):
        assert "No messages yet" in inside.get(MESSAGES).content.decode()

    def test_of_others_are_not_shown(self, inside, tell, stranger):
        tell(stranger)
        assert "Less water lost" not in inside.get(MESSAGES).content.decode()

    def test_that_were_overtaken_are_no_longer_so_and_not_new(self, inside, tell, reader):
        tell(reader)
        OutgoingMail.objects.update(state="obsolete")
        page = inside.get(MESSAGES).content.decode()
        assert "no longer so" in page
        assert "is-unread" not in page

    def test_cost_as_many_queries_for_thirty_as_for_one(self, inside, tell, reader):
        def queries():
            with CaptureQueriesContext(connection) as captured:
                assert inside.get(MESSAGES).status_code == 200
            return len(captured)

        tell(reader)
        few = queries()
        for number in range(29):
            tell(reader, key=f"event-{number}")
        assert queries() == few

    def test_are_paged(self, inside, tell, reader):
        for number in range(21):
            tell(reader, key=f"event-{number}")
        assert inside.get(MESSAGES).content.decode().count("told-line") == 20
        assert inside.get(f"{MESSAGES}?page=2").content.decode().count("told-line") == 1


class TestMessage:
    @pytest.fixture
    def mail(self, tell, reader):
        tell(reader, kind="change")
        return OutgoingMail.objects.get()

    def test_is_read_once_it_is_opened(self, inside, mail, reader):
        page = inside.get(address_of(mail)).content.decode()
        assert "Because." in page
        assert "/en/workspace/partnership/" in page
        assert unread_count(reader) == 0
        opened = OutgoingMail.objects.get().read_at
        inside.get(address_of(mail))
        assert OutgoingMail.objects.get().read_at == opened

    def test_speaks_the_language_of_the_page(self, inside, mail, settings):
        page = inside.get(address_of(mail).replace("/en/", "/fr/")).content.decode()
        assert f"{settings.PORTAL_URL}/fr/workspace/partnership/" in page

    def test_that_was_overtaken_says_so_and_what_it_said(self, inside, mail, event):
        event_of(event.entry, "submit")
        page = inside.get(address_of(mail)).content.decode()
        assert "This is no longer so" in page
        assert "Because." in page

    def test_that_no_longer_concerns_its_reader_says_nothing_else(self, inside, mail, reader):
        reader.secretariats.all().delete()
        page = inside.get(address_of(mail)).content.decode()
        assert "This is no longer so" in page
        assert "Because." not in page

    def test_about_something_that_is_gone_can_still_be_opened(self, inside, reader):
        platform = factories.PlatformFactory()
        notify("withdrawn", about=platform, key="gone", users=[reader])
        platform.delete()
        assert "This is no longer so" in inside.get(address_of(OutgoingMail.objects.get())).content.decode()

    def test_leaves_a_link_that_works_once_to_the_mail(self, inside, reader):
        notify(
            "organisation-invitation",
            about=factories.PlatformFactory(),
            key="invitation",
            users=[reader],
            data={"token": "secret"},
        )
        page = inside.get(address_of(OutgoingMail.objects.get())).content.decode()
        assert "The link stands in the mail that was sent to you." in page
        assert "secret" not in page

    def test_of_somebody_else_is_not_found(self, client, mail, stranger):
        client.force_login(stranger)
        assert client.get(address_of(mail)).status_code == 404
        assert OutgoingMail.objects.get().read_at is None


class TestPreferences:
    def test_are_what_holds_for_everybody_until_chosen(self, inside):
        form = inside.get(PREFERENCES).context["form"]
        assert (form["rhythm"].value(), form["optional"].value()) == ("at-once", True)

    def test_are_saved(self, inside, reader):
        response = inside.post(PREFERENCES, {"rhythm": "daily"}, follow=True)
        assert "Saved" in response.content.decode()
        preference = Preference.objects.get(user=reader)
        assert (preference.rhythm, preference.optional) == ("daily", False)
        assert inside.get(PREFERENCES).context["form"]["rhythm"].value() == "daily"

    def test_that_do_not_exist_are_refused_with_the_rest_as_it_was(self, inside):
        response = inside.post(PREFERENCES, {"rhythm": "weekly"})
        assert response.status_code == 200
        assert "There is a problem" in response.content.decode()
        assert not Preference.objects.exists()


class TestUnsubscribe:
    @pytest.fixture
    def link(self, reader):
        return reverse("notices:unsubscribe", args=[token_of(reader)])

    def test_asks_first_since_scanners_open_links(self, client, link):
        response = client.get(link)
        assert response.status_code == 200
        assert not response.cookies
        assert not Preference.objects.exists()

    def test_needs_no_sign_in_and_keeps_the_rhythm(self, client, link, reader):
        save_preference(reader, rhythm="daily", optional=True)
        assert "no more optional mails" in client.post(link).content.decode()
        preference = Preference.objects.get(user=reader)
        assert (preference.rhythm, preference.optional) == ("daily", False)

    def test_works_by_one_click_of_a_mail_program(self, link):
        """RFC 8058: one POST, no cookie, no token."""
        response = Client(enforce_csrf_checks=True).post(link, {"List-Unsubscribe": "One-Click"})
        assert response.status_code == 200
        assert not Preference.objects.get().optional

    def test_twice_is_as_once(self, client, link):
        for _time in range(2):
            assert client.post(link).status_code == 200
        assert Preference.objects.count() == 1

    @pytest.mark.parametrize("token", ["forged", "MQ:1tZ9Xk:forged"])
    def test_with_a_forged_link_is_not_found(self, client, db, token):
        link = reverse("notices:unsubscribe", args=[token])
        assert client.post(link).status_code == 404


class TestDemonstration:
    @pytest.fixture
    def sent(self, settings, tmp_path, db):
        """What the demonstration has sent: a mail with a link."""
        settings.DEMO = True
        settings.EMAIL_FILE_PATH = tmp_path / "mails"
        mail = EmailMultiAlternatives(
            "Confirm your address", "Open this:\nhttp://127.0.0.1/x/?a=1&b=2\n", to=["a@b.example"]
        )
        mail.attach_alternative("<p>Open this</p>", "text/html")
        get_connection("notices.demo_mailbox.FileBackend").send_messages([mail])

    def test_shows_its_mails_to_everybody(self, client, sent):
        page = client.get(MAILS)
        assert not page.cookies
        (letter,) = page.context["letters"]
        assert (letter.subject, letter.to) == ("Confirm your address", "a@b.example")
        mail = client.get(f"{MAILS}{letter.name}/").content.decode()
        assert '<a href="http://127.0.0.1/x/?a=1&amp;b=2"' in mail

    def test_says_that_there_are_none(self, client, settings, tmp_path, db):
        settings.DEMO = True
        settings.EMAIL_FILE_PATH = tmp_path / "nothing"
        assert "No mails yet" in client.get(MAILS).content.decode()

    @pytest.mark.parametrize("name", ["nothing", "..", "secret-key"])
    def test_shows_no_other_file(self, client, sent, settings, name):
        (settings.EMAIL_FILE_PATH.parent / "secret-key.eml").write_text("secret")
        assert client.get(f"{MAILS}{name}/").status_code == 404

    def test_is_the_only_place_for_it(self, client, sent, settings):
        (letter,) = client.get(MAILS).context["letters"]
        settings.DEMO = False
        assert client.get(MAILS).status_code == 404
        assert client.get(f"{MAILS}{letter.name}/").status_code == 404


@pytest.mark.parametrize("address", [MESSAGES, f"{MESSAGES}1/", PREFERENCES])
def test_anonymous_visitors_are_asked_to_sign_in(client, db, address):
    response = client.get(address)
    assert response.status_code == 302
    assert "next=" in response.url


@pytest.mark.parametrize("address", [MESSAGES, f"{MESSAGES}1/", MAILS, f"{MAILS}x/"])
def test_what_is_only_read_is_not_posted_to(inside, address):
    assert inside.post(address).status_code == 405


@pytest.mark.parametrize("address", [PREFERENCES, f"{MESSAGES}unsubscribe/x/"])
def test_other_methods_are_refused(inside, address):
    assert inside.put(address).status_code == 405
