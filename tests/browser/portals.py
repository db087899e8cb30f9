"""Real portals on databases of their own: gunicorn in front, a worker and a mail server behind."""

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import dj_database_url
import psycopg2
from aiosmtpd.controller import Controller

from tests.notices.conftest import Catcher

ROOT = Path(__file__).resolve().parent.parent.parent
START_WITHIN = 60
ARRIVES_WITHIN = 20
MADE_BY_SETUP = ["static", "map"]


@contextmanager
def databases(folder):
    """A function that makes databases of the kind that DATABASE_URL names, empty or as copies; gone afterwards."""
    settings = dj_database_url.parse(os.environ.get("DATABASE_URL") or "sqlite://")
    if settings["ENGINE"].endswith("sqlite3"):
        yield lambda name, copy_of=None: _sqlite(folder / f"{name}.sqlite3", copy_of)
        return
    server = {"host": settings["HOST"], "user": settings["USER"], "password": settings["PASSWORD"] or None}
    connection = psycopg2.connect(dbname="postgres", port=settings["PORT"] or None, **server)
    connection.autocommit = True
    made = []
    with connection.cursor() as cursor:

        def create(name, copy_of=None):
            made.append(f"browser_{os.getpid()}_{name}")
            template = f" TEMPLATE {copy_of.rsplit('/', 1)[1]}" if copy_of else ""
            cursor.execute(f"CREATE DATABASE {made[-1]}{template}")
            return os.environ["DATABASE_URL"].rsplit("/", 1)[0] + f"/{made[-1]}"

        yield create
        for name in made:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    connection.close()


def _sqlite(path, copy_of):
    if copy_of:
        shutil.copy(copy_of.removeprefix("sqlite:///"), path)
    return f"sqlite:///{path}"


def manage(environment, *words):
    """Carry out ``manage.py``; what it writes."""
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout


def load_register(database):
    """What `make run` loads into a new portal."""
    manage(os.environ | {"DATABASE_URL": database, "WOP_DEMO": "1"}, "prepare_demo", "--without-accounts")


@contextmanager
def serving(environment, host="127.0.0.1"):
    """The address of a portal with these settings, until the end of the block; ``host`` is this machine's name."""
    port = _free_port()
    address = f"http://{host}:{port}"
    options = ["--bind", f"127.0.0.1:{port}", "--threads", "4", "--log-level", "error", "--no-control-socket"]
    with _running(environment | {"PORTAL_URL": address}, "-m", "gunicorn", "wopportal.wsgi", *options) as server:
        _wait_for(address, server)
        yield address


@contextmanager
def _running(environment, *words):
    with subprocess.Popen([sys.executable, *words], cwd=ROOT, env=environment) as process:
        try:
            yield process
        finally:
            process.terminate()
            process.wait(timeout=30)


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(address, server):
    deadline = time.monotonic() + START_WITHIN
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError(f"the portal does not answer at {address}")


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


@contextmanager
def working(database, folder, host="127.0.0.1", **settings):
    """A portal as it is in production, but for https and ``settings``: it sends by SMTP, and a worker sends."""
    post = PostOffice()
    controller = Controller(post, hostname="127.0.0.1", port=_free_port())
    controller.start()
    environment = os.environ | {
        "DATABASE_URL": database,
        "WOP_VAR_DIR": str(_own_var(folder)),
        "WOP_DEMO": "0",
        "HTTPS": "0",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(controller.port),
        **settings,
    }
    worker = ["manage.py", "db_worker", "--interval", "0.2", "--no-startup-delay", "--no-reload", "--verbosity", "0"]
    try:
        with serving(environment, host) as address:
            environment["PORTAL_URL"] = address
            with _running(environment, *worker):
                yield Workplace(address, post, environment)
    finally:
        controller.stop()


def _own_var(folder):
    """A folder for what this portal writes; what scripts/setup has made is only read."""
    made = Path(os.environ.get("WOP_VAR_DIR", ROOT / "var"))
    for name in MADE_BY_SETUP:
        (folder / name).symlink_to(made / name)
    return folder
