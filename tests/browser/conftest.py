"""Running portals with the real register, and a real browser in front of them."""

import json
import os
import shutil
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.keys import BY_KEYBOARD, WITHOUT_SCRIPTS, ByKeys
from tests.browser.portals import databases, load_register, manage, serving, working
from tests.browser.steps import sign_in

ONLY_THIS_MACHINE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
PATIENCE = 20_000
"""Milliseconds: two portals, a worker and a browser share two cores."""

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def create_database(tmp_path_factory):
    with databases(tmp_path_factory.mktemp("databases")) as create:
        yield create


@pytest.fixture(scope="session")
def register(create_database):
    """The address of a database with the real register, to be copied."""
    address = create_database("register")
    load_register(address)
    return address


@pytest.fixture(scope="session")
def portal(create_database, register):
    """The address of a portal that serves the real register, as `make run` does. Nobody writes in it."""
    with serving(os.environ | {"DATABASE_URL": create_database("reading", register), "WOP_DEMO": "1"}) as address:
        yield address


@pytest.fixture(scope="session")
def workplace(create_database, register, tmp_path_factory):
    """A portal in which the people of tests/browser/cast.py work (a Workplace)."""
    database = create_database("writing", register)
    with working(database, tmp_path_factory.mktemp("workplace"), SECOND_FACTOR_REQUIRED="0") as place:
        yield with_people(place)


@pytest.fixture(scope="session")
def guarded(create_database, register, tmp_path_factory):
    """Another one, in which secretariats need a second factor; at a name, for passkeys belong to names."""
    database = create_database("guarded", register)
    with working(database, tmp_path_factory.mktemp("guarded"), host="localhost", SECOND_FACTOR_REQUIRED="1") as place:
        yield with_people(place)


@pytest.fixture(scope="session")
def for_programs(create_database, register, tmp_path_factory):
    """One for programs, which may ask as often as they like; ``tokens`` are those of tests/browser/programs.py."""
    options = {"SECOND_FACTOR_REQUIRED": "0", "DJANGO_SETTINGS_MODULE": "tests.browser.generous"}
    database = create_database("programs", register)
    with working(database, tmp_path_factory.mktemp("programs"), **options) as place:
        hand_out = "from tests.browser.programs import hand_out; hand_out()"
        place.tokens = json.loads(manage(with_people(place).environment, "shell", "-v0", "-c", hand_out))
        yield place


def with_people(place):
    """Nobody has a second factor while the tables are laid."""
    environment = place.environment | {"SECOND_FACTOR_REQUIRED": "0"}
    engage = "from tests.browser.cast import engage; engage()"
    place.addresses = json.loads(manage(environment, "shell", "-v0", "-c", engage))
    return place


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
        self.requested, self.complaints = [], []
        self.watch(self.page)

    def watch(self, page):
        page.set_default_timeout(PATIENCE)
        page.on("request", lambda request: self.requested.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._note)
        return page

    def another_tab(self):
        return self.watch(self.context.new_page())

    def _note(self, message):
        expected = "the server responded with a status of 4"  # error pages are visited on purpose
        if message.type == "error" and expected not in message.text:
            self.complaints.append(message.text)

    def foreign_requests(self):
        """What was asked of any other host."""
        home = urlsplit(self.portal).netloc
        return [url for url in self.requested if urlsplit(url).netloc != home and not url.startswith("data:")]


@pytest.fixture
def windows():
    """Every Visit of a test: whatever it does, it stays on its host and its console stays empty."""
    visits = []
    yield visits
    for one in visits:
        one.context.close()
        assert one.foreign_requests() == []
        assert one.complaints == []


@pytest.fixture
def visit(browser, portal, windows):
    """Open windows on the portal with ``visit(width=360, color_scheme="dark")``."""

    def open_window(width=1280, **options):
        windows.append(Visit(browser, portal, viewport={"width": width, "height": 900}, **options))
        return windows[-1]

    return open_window


@pytest.fixture(scope="session")
def signed_in(browser, workplace):
    """The cookies of somebody who has signed in, by e-mail address; each signs in once."""
    states = {}

    def state_of(email):
        if email not in states:
            window = Visit(browser, workplace.address)
            sign_in(window.page, email)
            states[email] = window.context.storage_state()
            window.context.close()
        return states[email]

    return state_of


@pytest.fixture
def at_work(browser, workplace, windows, signed_in):
    """Open a window on the workplace, signed in as ``email`` unless that is empty."""

    def open_window(email="", width=1280, **options):
        if email:
            options["storage_state"] = signed_in(email)
        windows.append(Visit(browser, workplace.address, viewport={"width": width, "height": 900}, **options))
        return windows[-1]

    return open_window


@pytest.fixture
def at_work_by(at_work):
    """Open a page on the workplace in one of the WAYS (tests/browser/keys.py)."""

    def open_page(way, email=""):
        page = at_work(email, java_script_enabled=way != WITHOUT_SCRIPTS).page
        return ByKeys(page) if way == BY_KEYBOARD else page

    return open_page


@pytest.fixture
def at_guarded(browser, guarded, windows):
    """Open a window on the portal that asks for a second factor."""

    def open_window():
        windows.append(Visit(browser, guarded.address, viewport={"width": 1280, "height": 900}))
        return windows[-1]

    return open_window
