"""A running portal with the real register, and a real browser in front of it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
import psycopg2
import pytest
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
LOADERS = ["migrate", "load_terms", "load_countries", "load_register"]
START_WITHIN = 30
ONLY_THIS_MACHINE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


@contextmanager
def own_database(folder):
    """The address of an empty database of the kind that DATABASE_URL names, gone afterwards."""
    settings = dj_database_url.parse(os.environ.get("DATABASE_URL") or "sqlite://")
    if settings["ENGINE"].endswith("sqlite3"):
        yield f"sqlite:///{folder}/browser.sqlite3"
        return
    name = f"browser_{os.getpid()}"
    server = {"host": settings["HOST"], "user": settings["USER"], "password": settings["PASSWORD"] or None}
    connection = psycopg2.connect(dbname="postgres", port=settings["PORT"] or None, **server)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
        yield os.environ["DATABASE_URL"].rsplit("/", 1)[0] + f"/{name}"
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    connection.close()


def wait_for(address, server):
    deadline = time.monotonic() + START_WITHIN
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise RuntimeError(f"the portal does not answer at {address}")


@pytest.fixture(scope="session")
def portal(tmp_path_factory):
    """The address of a portal that serves the real register, as `make run` does."""
    folder = tmp_path_factory.mktemp("portal")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with own_database(folder) as database:
        environment = os.environ | {"DATABASE_URL": database, "WOP_DEMO": "1"}
        for command in LOADERS:
            subprocess.run(
                [sys.executable, "manage.py", command, "--verbosity", "0"], cwd=ROOT, env=environment, check=True
            )
        options = ["--bind", f"127.0.0.1:{port}", "--threads", "4", "--log-level", "error", "--no-control-socket"]
        command = [sys.executable, "-m", "gunicorn", "wopportal.wsgi", *options]
        with subprocess.Popen(command, cwd=ROOT, env=environment) as server:
            wait_for(f"http://127.0.0.1:{port}/", server)
            yield f"http://127.0.0.1:{port}"
            server.terminate()
            server.wait(timeout=20)


@pytest.fixture(scope="session")
def browser():
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", ONLY_THIS_MACHINE])
        yield browser
        browser.close()


class Visit:
    """A browser window that notes what it asks for and what it complains about."""

    def __init__(self, browser, portal, **options):
        self.portal = portal
        self.context = browser.new_context(base_url=portal, reduced_motion="reduce", **options)
        self.page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.requested, self.complaints = [], []
        self.page.on("request", lambda request: self.requested.append(request.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._note)

    def _note(self, message):
        expected = "the server responded with a status of 4"  # error pages are visited on purpose
        if message.type == "error" and expected not in message.text:
            self.complaints.append(message.text)

    def foreign_requests(self):
        """What was asked of any other host."""
        home = urlsplit(self.portal).netloc
        return [url for url in self.requested if urlsplit(url).netloc != home and not url.startswith("data:")]


@pytest.fixture
def visit(browser, portal):
    """Open windows with ``visit(width=360, color_scheme="dark")``; whatever they do, they stay on this host."""
    visits = []

    def open_window(width=1280, **options):
        visits.append(Visit(browser, portal, viewport={"width": width, "height": 900}, **options))
        return visits[-1]

    yield open_window
    for one in visits:
        one.context.close()
        assert one.foreign_requests() == []
        assert one.complaints == []
