"""``manage.py check --deploy``: what must be set before others can reach the portal."""

import shlex
import shutil
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Warning
from django.http.request import validate_host

from wopportal.environment import misspelt


def check_deployment(app_configs, **options):
    """A line for each setting with which a real portal would not work, or not as its operator thinks."""
    return [*_hosts(), *_address(), *_data(), *_mail(), *_scanner(), *_names()]


def _hosts():
    if settings.DEMO:
        yield Error("WOP_DEMO is on: passwords are printed. Unset it.", id="wop.E001")
    if "*" in settings.ALLOWED_HOSTS or not set(settings.ALLOWED_HOSTS) - set(settings.LOOPBACK):
        yield Error("ALLOWED_HOSTS names no public host. Write it as in ALLOWED_HOSTS=portal.example.", id="wop.E002")


def _address():
    address = urlsplit(settings.PORTAL_URL)
    if f"[{address.hostname}]" in settings.LOOPBACK or address.hostname in settings.LOOPBACK:
        yield Error(
            "PORTAL_URL leads to this machine: links in mails would not work. Write PORTAL_URL=https://portal.example.",
            id="wop.E003",
        )
    elif not validate_host(address.hostname, settings.ALLOWED_HOSTS):
        yield Error(f"PORTAL_URL names {address.hostname}, which is missing in ALLOWED_HOSTS. Add it.", id="wop.E004")
    if settings.HTTPS and address.scheme != "https":
        yield Error("PORTAL_URL begins with http:// while HTTPS is on. Write https://, or HTTPS=off.", id="wop.E005")


def _data():
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        yield Error(
            "DATABASE_URL names no database server. Write DATABASE_URL=postgres://user:password@host:5432/name.",
            id="wop.E006",
        )
    if settings.SECRET_KEY_IS_KEPT:
        yield Warning("SECRET_KEY is not set: the one in var/ holds for this machine only. Set it.", id="wop.W007")


def _mail():
    if parseaddr(settings.DEFAULT_FROM_EMAIL)[1].endswith("@localhost"):
        yield Error("MAIL_FROM is nobody's address. Write MAIL_FROM=WOP Portal <portal@portal.example>.", id="wop.E008")
    if bool(settings.EMAIL_HOST_USER) != bool(settings.EMAIL_HOST_PASSWORD):
        yield Error("EMAIL_USER and EMAIL_PASSWORD go together. Set both or none.", id="wop.E009")


def _scanner():
    try:
        program = shlex.split(settings.UPLOAD_SCANNER)[:1]
    except ValueError as error:
        yield Error(f"UPLOAD_SCANNER cannot be read ({error}). Close its quotes.", id="wop.E010")
        return
    if program and not shutil.which(program[0]):
        yield Error(
            f"UPLOAD_SCANNER calls {program[0]}, which is not there: no upload would be taken. Install it.",
            id="wop.E011",
        )


def _names():
    for name, meant in misspelt():
        yield Warning(f"{name} is no setting of the portal. Is {meant} meant?", id="wop.W012")
