"""Real portals on databases of their own: gunicorn in front, a worker and a mail server behind."""

import os
import shutil
import socket
import subprocess
import sys
import threading
import urllib.request
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from aiosmtpd.controller import Controller

from tests.notices.conftest import Catcher

ROOT = Path(__file__).resolve().parent.parent.parent
START_WITHIN = 300
ARRIVES_WITHIN = 120
"""Seconds, on a machine that has much else to do. Nobody waits longer than it takes."""
SERVER_OPTIONS = ["--threads", "4", "--graceful-timeout", "1", "--log-level", "error", "--no-control-socket"]
"""At the end it does not wait for the connections that a browser keeps open."""
MADE_BY_SETUP = ["static", "map"]


def manage(environment, *words):
    """Carry out ``manage.py``; what it writes."""
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout


def load_register(database):
    """What `make run` loads into a new portal."""
    manage(os.environ | {"DATABASE_URL": database, "WOP_DEMO": "1"}, "prepare_demo", "--without-accounts")


@contextmanager
def serving(environment, host="127.0.0.1"):
    """The address of a portal with these settings, until the end of the block; ``host`` is this machine's name.

    The server inherits a door that is open already: nobody takes its port, and the first visitor waits for the answer.
    """
    with socket.create_server(("127.0.0.1", 0)) as door:
        address, handed = f"http://{host}:{door.getsockname()[1]}", door.fileno()
        words = ["-m", "gunicorn", "wopportal.wsgi", "--bind", f"fd://{handed}", *SERVER_OPTIONS]
        server = _running(environment | {"PORTAL_URL": address}, *words, pass_fds=[handed])
        with server:
            door.close()
            with urllib.request.urlopen(address, timeout=START_WITHIN):
                pass
            yield address


@contextmanager
def _running(environment, *words, **options):
    with subprocess.Popen([sys.executable, *words], cwd=ROOT, env=environment, **options) as process:
        try:
            yield process
        finally:
            process.terminate()
            process.wait(timeout=30)


class PostOffice(Catcher):
    """A mail server that keeps what it takes, and somebody who waits for it."""

    def __init__(self):
        super().__init__()
        self.arrived = threading.Condition()

    async def handle_DATA(self, server, session, envelope):
        with self.arrived:
            answer = await super().handle_DATA(server, session, envelope)
            self.arrived.notify_all()
        return answer

    def to(self, address, words):
        """The mails to ``address`` with ``words`` in their subject."""
        return [mail for mail in self.mails if mail["To"] == address and words in mail["Subject"]]

    def wait_for(self, address, words):
        """The first of them, as soon as it is there."""
        with self.arrived:
            came = self.arrived.wait_for(lambda: self.to(address, words), timeout=ARRIVES_WITHIN)
        assert came, f"no “{words}” for {address} among {[(mail['To'], mail['Subject']) for mail in self.mails]}"
        return self.to(address, words)[0]


class Workplace:
    """A portal in which people work. ``post`` has the mails that it sent."""

    def __init__(self, address, post, environment):
        self.address, self.post, self.environment = address, post, environment
        self.numbers = count(1)

    def deliver(self):
        """Send whatever is still due, as the sweep does every few minutes; nothing may leave twice by it."""
        manage(self.environment, "send_mails")


class MailServer(Controller):
    """Hands what it takes to a PostOffice. Its door is open before anybody else can take the port."""

    def __init__(self, post):
        self.door = socket.create_server(("127.0.0.1", 0))
        super().__init__(post, hostname="127.0.0.1", port=self.door.getsockname()[1], ready_timeout=START_WITHIN)

    def _create_server(self):
        return self.loop.create_server(self._factory_invoker, sock=self.door)


@contextmanager
def working(database, folder, host="127.0.0.1", **settings):
    """A portal as it is in production, but for https and ``settings``: it sends by SMTP, and a worker sends.

    ``folder`` is the one of own_folder.
    """
    post = PostOffice()
    mail_server = MailServer(post)
    mail_server.start()
    environment = environment_of(database, folder, EMAIL_HOST="127.0.0.1", EMAIL_PORT=str(mail_server.port), **settings)
    worker = ["manage.py", "db_worker", "--interval", "0.5", "--no-startup-delay", "--no-reload", "--verbosity", "0"]
    try:
        with serving(environment, host) as address:
            environment["PORTAL_URL"] = address
            with _running(environment, *worker):
                yield Workplace(address, post, environment)
    finally:
        mail_server.stop()


def environment_of(database, folder, **settings):
    """The environment of a portal in which people work; nobody needs a second factor unless ``settings`` say so."""
    own = {"DATABASE_URL": database, "WOP_VAR_DIR": str(folder), "WOP_DEMO": "0", "HTTPS": "0"}
    return os.environ | own | {"SECOND_FACTOR_REQUIRED": "0"} | settings


def own_folder(folder, copy_of=None):
    """``folder``, for what a portal writes, as a copy or empty; what scripts/setup has made is only read."""
    if copy_of:
        return Path(shutil.copytree(copy_of, folder, symlinks=True))
    made = Path(os.environ.get("WOP_VAR_DIR", ROOT / "var"))
    folder.mkdir()
    for name in MADE_BY_SETUP:
        (folder / name).symlink_to(made / name)
    return folder
