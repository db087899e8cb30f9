"""Where mails of a demonstration go: files of this machine, to be read at /demo/mails/."""

import email
import secrets
from dataclasses import dataclass
from datetime import datetime
from email import policy
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

NAME = "%Y%m%d-%H%M%S-%f"


@dataclass
class Letter:
    """One mail as it would have arrived; ``name`` is that of its file, without the ending."""

    name: str
    sent_at: datetime
    to: str
    subject: str
    body: str


class FileBackend(BaseEmailBackend):
    """Writes every mail into a file of its own; the name begins with the moment."""

    def send_messages(self, messages):
        folder().mkdir(parents=True, exist_ok=True)
        for message in messages:
            path = folder() / f"{timezone.now():{NAME}}-{secrets.token_hex(4)}.eml"
            path.write_bytes(message.message().as_bytes())
        return len(messages)


def folder():
    return Path(settings.EMAIL_FILE_PATH)


def names():
    """Those of all mails, newest first."""
    return sorted((path.stem for path in folder().glob("*.eml")), reverse=True)


def letter_named(name):
    """The Letter; None when there is none of this name."""
    path = folder() / f"{name}.eml"
    if path.stem not in names():
        return None
    message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    body = message.get_body(("plain",))
    moment = datetime.strptime(name.rsplit("-", 1)[0], NAME).replace(tzinfo=timezone.get_default_timezone())
    return Letter(
        name=name,
        sent_at=moment,
        to=str(message["To"]),
        subject=str(message["Subject"]),
        body=body.get_content() if body else "",
    )
