"""How a mail reads: in its reader's language, with links that lead to them, safe whatever people have written."""

import pytest
from django.utils.translation import override

from notices.models import OutgoingMail
from notices.rendering import letter
from notices.sending import sweep
from notices.services import notify
from partnerships.models import PartnershipVersion
from tests import factories
from tests.notices.conftest import event_of

PORTAL = "https://portal.example"


@pytest.fixture(autouse=True)
def portal(settings):
    settings.PORTAL_URL = PORTAL


@pytest.fixture
def sent(event, reader, server):
    """The mail that ``kind`` makes of the event."""

    def sent(kind="change", **options):
        notify(kind, about=event, key=kind, users=[reader], **options)
        sweep()
        return server.mails[-1]

    return sent


def text(mail):
    return mail.get_body(("plain",)).get_content().replace("\r\n", "\n")


def html(mail):
    return mail.get_body(("html",)).get_content()


def test_it_says_what_to_do_why_and_where(sent, event, reader, settings):
    settings.DEFAULT_FROM_EMAIL = "Portal <portal@portal.example>"
    mail = sent()
    assert mail["From"] == "Portal <portal@portal.example>"
    assert mail["Subject"] == "Change “Less water lost”"
    assert "\n\nBecause.\n\n" in text(mail)
    assert f"\n{PORTAL}/en/workspace/partnership/{event.entry.pk}/\n" in text(mail)
    assert f'<a href="{PORTAL}/en/workspace/partnership/{event.entry.pk}/">' in html(mail)
    assert mail["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize("language", ["en", "es", "fr", "pt"])
def test_links_lead_to_the_language_of_the_reader_whoever_sends(sent, reader, language):
    reader.language = language
    reader.save()
    with override("pt" if language != "pt" else "en"):
        mail = sent()
    assert f"{PORTAL}/{language}/workspace/partnership/" in text(mail)
    assert f'<html lang="{language}">' in html(mail)


def test_it_goes_where_the_reader_is_reached_when_it_leaves(event, reader, server):
    notify("change", about=event, key="key", users=[reader])
    type(reader).objects.filter(pk=reader.pk).update(email="moved@utility.example", language="fr")
    sweep()
    (mail,) = server.mails
    assert mail["To"] == "moved@utility.example"
    assert f"{PORTAL}/fr/" in text(mail)


def test_it_is_written_from_what_is_true_when_it_leaves(event, reader, server):
    notify("change", about=event, key="key", users=[reader])
    PartnershipVersion.objects.filter(pk=event.object_id).update(title="A better title")
    sweep()
    assert server.subjects == ["Change “A better title”"]


@pytest.fixture
def nasty(event):
    """Words that a stranger could enter to be mailed in our name."""
    PartnershipVersion.objects.filter(pk=event.object_id).update(title='R&D <b>"bold"</b>\nBcc: all@utility.example')
    return event_of(event.entry, "request_changes", comment="<script>alert(1)</script> A & B\n\nhttps://evil.example/")


def test_what_people_write_stands_as_they_wrote_it(nasty, reader, server):
    notify("change", about=nasty, key="key", users=[reader])
    sweep()
    (mail,) = server.mails
    assert mail["Subject"].strip() == 'Change “R&D <b>"bold"</b> Bcc: all@utility.example”'
    assert mail["Bcc"] is None
    assert "<script>alert(1)</script> A & B" in text(mail)
    assert "<script>" not in html(mail)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; A &amp; B" in html(mail)


def test_only_addresses_of_the_portal_become_links(nasty, reader):
    notify("change", about=nasty, key="key", users=[reader])
    message = letter([OutgoingMail.objects.get()])
    (alternative,) = message.alternatives
    assert "https://evil.example/" in alternative.content
    assert 'href="https://evil' not in alternative.content


class TestFooter:
    def test_says_why_and_how_to_change_it(self, sent):
        mail = sent()
        assert "You get this mail because you are one of the authors of this entry." in text(mail)
        assert f"{PORTAL}/en/workspace/messages/preferences/" in text(mail)
        assert f"{PORTAL}/en/workspace/messages/unsubscribe/" in text(mail)

    def test_optional_mails_unsubscribe_by_one_click(self, sent):
        mail = sent("published")
        assert mail["List-Unsubscribe"].strip().startswith(f"<{PORTAL}/en/workspace/messages/unsubscribe/")
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    def test_mails_that_ask_for_something_do_not(self, sent):
        assert sent()["List-Unsubscribe"] is None

    def test_people_without_account_have_nothing_to_choose(self, server, event):
        about = factories.PlatformFactory()
        notify("organisation-claim", about=about, key="key", addresses=["new@utility.example"], data={"token": "t"})
        sweep()
        (mail,) = server.mails
        assert "/workspace/messages/" not in text(mail)
        assert mail["List-Unsubscribe"] is None


class TestDigest:
    @pytest.fixture
    def digest(self, event, reader):
        for kind in ("change", "published"):
            notify(kind, about=event, key=kind, users=[reader])
        OutgoingMail.objects.update(in_digest=True)
        return letter(list(OutgoingMail.objects.order_by("pk")))

    def test_says_how_much_there_is_and_each_with_its_heading(self, digest):
        assert digest.subject == "Read what happened in the WOP Portal (2)"
        assert "## Change “Less water lost”" in digest.body
        assert "## Read “Less water lost”: it is published" in digest.body

    def test_says_each_reason_once(self, digest):
        assert digest.body.count("one of the authors") == 1

    def test_with_something_to_do_in_it_is_not_unsubscribed_by_one_click(self, digest):
        assert "List-Unsubscribe" not in digest.extra_headers
