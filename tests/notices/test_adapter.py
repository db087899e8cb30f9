"""The mails of signing in: in the ledger, in our words, and never lost with a page."""

from pathlib import Path

import allauth
import pytest
from django.core import mail
from django.urls import reverse

from accounts.services import confirm_email
from notices.adapter import CHANGES, AccountAdapter
from notices.models import OutgoingMail
from notices.sending import sweep
from notices.services import save_preference
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
NOTIFIES = 'extends "account/email/base_notification.txt"'


@pytest.fixture
def person():
    person = UserFactory(email="ana@utility.example")
    confirm_email(user=person)
    return person


def test_everything_that_allauth_tells_has_words_of_ours():
    folder = Path(allauth.__file__).parent / "templates"
    files = [file for app in ("account", "mfa") for file in (folder / app / "email").glob("*_message.txt")]
    telling = {
        str(one.relative_to(folder)).removesuffix("_message.txt") for one in files if NOTIFIES in one.read_text()
    }
    assert telling == set(CHANGES)


def test_a_mail_in_words_of_allauth_does_not_leave(person):
    with pytest.raises(NotImplementedError):
        AccountAdapter().send_mail("account/email/login_code", person.email, {})


def test_signing_up_needs_no_mail_server(client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    answer = client.post(
        reverse("account_signup"), {"name": "Ana", "email": "new@utility.example", "password1": PASSWORD}
    )
    assert answer.status_code == 302
    sweep()
    waiting = OutgoingMail.objects.get()
    assert (waiting.kind, waiting.state, waiting.attempts) == ("confirm-address", "due", 1)


def test_a_link_does_not_wait_for_the_digest_and_is_forgotten_when_it_has_left(client, person):
    save_preference(person, rhythm="daily", optional=False)
    client.post(reverse("account_reset_password"), {"email": person.email})
    sweep()
    (left,) = mail.outbox
    told = OutgoingMail.objects.get()
    assert "/password/reset/key/" in left.body
    assert told.data == {}
    client.force_login(person)
    assert "new password" not in client.get(reverse("notices:messages")).content.decode()


def test_who_asks_twice_gets_two_links(client, person):
    for _turn in range(2):
        client.post(reverse("account_reset_password"), {"email": person.email})
    sweep()
    assert len(mail.outbox) == 2


def test_what_changes_an_account_stands_among_its_messages(client, person):
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    new = {"password1": "another horse entirely", "password2": "another horse entirely"}
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD} | new)
    assert "your password was changed" in client.get(reverse("notices:messages")).content.decode()


@pytest.mark.parametrize("prefix", CHANGES)
def test_every_change_reads_well(prefix, person):
    context = {"from_email": "old@utility.example", "to_email": person.email, "deleted_email": "old@utility.example"}
    AccountAdapter().send_notification_mail(prefix, person, context)
    sweep()
    (left,) = mail.outbox
    assert left.subject.startswith("Check that it was you: ")
    assert "Was it not you?" in left.body
    assert "  " not in left.body
