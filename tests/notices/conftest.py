"""A real mail server on this machine, and something to tell people about."""

import email
import socket
from email import policy

import pytest
from aiosmtpd.controller import Controller

from notices.services import notify
from tests import factories
from tests.reviews.moves import put_in


class Catcher:
    """Keeps every mail that it is handed; ``answer`` is what it says to the next ones."""

    def __init__(self):
        self.mails = []
        self.answer = "250 taken"

    async def handle_DATA(self, server, session, envelope):
        if self.answer.startswith("250"):
            self.mails.append(email.message_from_bytes(envelope.content, policy=policy.default))
        return self.answer

    @property
    def subjects(self):
        return [mail["Subject"] for mail in self.mails]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def use_smtp(settings, port):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port


@pytest.fixture
def server(settings):
    """Catcher behind the real SMTP backend of Django."""
    catcher = Catcher()
    controller = Controller(catcher, hostname="127.0.0.1", port=free_port())
    controller.start()
    use_smtp(settings, controller.port)
    yield catcher
    controller.stop()


@pytest.fixture
def unreachable(settings):
    """Nobody listens where the mail server should be."""
    use_smtp(settings, free_port())


@pytest.fixture
def event(db):
    """The last step of an entry that its authors have just taken back."""
    return event_of(put_in(factories.draft_version(title="Less water lost"), "draft"))


def event_of(entry, action="withdraw", comment="Because.", by=None):
    return entry.events.create(
        action=action, from_state="submitted", to_state=entry.state, comment=comment, revision=entry.revision, by=by
    )


@pytest.fixture
def reader(event):
    """Serves the platform that the event concerns."""
    return member_of(event)


def member_of(event, **fields):
    entry = event.entry
    type(entry)._base_manager.filter(pk=entry.pk).update(reviewing_platform=factories.global_platform())
    user = factories.UserFactory(**fields)
    return factories.SecretariatMemberFactory(platform=factories.global_platform(), user=user).user


@pytest.fixture
def tell(event):
    """Tells ``users`` that the entry was withdrawn, or what else ``kind`` says."""

    def tell(*users, kind="withdrawn", key="event", **options):
        notify(kind, about=event, key=key, users=users, **options)

    return tell
