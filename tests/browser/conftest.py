"""Running portals with the real register, and a real browser in front of them."""

import json
import os
import shutil
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection
from playwright.sync_api import expect, sync_playwright

from tests.browser.databases import Databases
from tests.browser.keys import BY_KEYBOARD, WITHOUT_SCRIPTS, ByKeys
from tests.browser.looks import put_on
from tests.browser.portals import environment_of, load_register, manage, own_folder, serving, working
from tests.browser.steps import sign_in
from tests.databases import original

ONLY_THIS_MACHINE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
PATIENCE = 60_000
"""Milliseconds, on a machine that has much else to do. Nobody waits longer than it takes."""

expect.set_options(timeout=PATIENCE)

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser")
HERE = Path(__file__).parent
PORTALS = ("guarded", "for_programs", "workplace", "portal")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """With ``--dist loadgroup`` all tests of a portal run in one process, so that it is started once."""
    for item in items:
        used = [name for name in PORTALS if name in item.fixturenames]
        if used and item.path.parent == HERE:
            item.add_marker(pytest.mark.xdist_group(used[0]))


@pytest.fixture(scope="session")
def databases(tmp_path_factory, testrun_uid, worker_id):
    """Those of this run, which several processes of pytest-xdist may share (a Databases)."""
    own_place = tmp_path_factory.getbasetemp()
    is_one_of_many = worker_id != "master"
    made = Databases(own_place.parent if is_one_of_many else own_place, testrun_uid[:8], worker_id)
    yield made
    made.drop_mine()


@pytest.fixture(scope="session")
def register(databases, django_test_environment, django_db_blocker):
    """The address of a database with the real register, to be copied."""

    def fill(address):
        load_register(address)
        return address

    with ExitStack() as held:
        with django_db_blocker.unblock(), original(connection) as tables:
            address = held.enter_context(databases.shared("register", fill, databases.address_of(tables)))
        yield address


@pytest.fixture(scope="session")
def staff(databases, register, tmp_path_factory):
    """What the portals with the people of tests/browser/cast.py begin with.

    ``database`` and ``folder`` are to be copied, ``addresses`` are of what lies on their tables.
    """

    def fill(database):
        folder = own_folder(tmp_path_factory.mktemp("staff") / "var")
        engage = "from tests.browser.cast import engage; engage()"
        addresses = json.loads(manage(environment_of(database, folder), "shell", "-v0", "-c", engage))
        return {"database": database, "folder": str(folder), "addresses": addresses}

    with databases.shared("staff", fill, register) as made:
        yield made


@pytest.fixture(scope="session")
def open_for_work(databases, staff, tmp_path_factory):
    """A function that starts a portal in which these people work (a Workplace), by a name and what is special in it."""

    @contextmanager
    def start(name, **options):
        folder = own_folder(tmp_path_factory.mktemp("portals") / name, staff["folder"])
        with working(databases.own(name, staff["database"]), folder, **options) as place:
            place.addresses = staff["addresses"]
            yield place

    return start


@pytest.fixture(scope="session")
def portal(databases, register):
    """The address of a portal that serves the real register, as `make run` does. Nobody writes in it."""
    with serving(os.environ | {"DATABASE_URL": databases.own("reading", register), "WOP_DEMO": "1"}) as address:
        yield address


@pytest.fixture(scope="session")
def workplace(open_for_work):
    """A portal in which the people of tests/browser/cast.py work (a Workplace)."""
    with open_for_work("workplace", DJANGO_SETTINGS_MODULE="tests.browser.quick") as place:
        yield place


@pytest.fixture(scope="session")
def guarded(open_for_work):
    """Another one, in which secretariats need a second factor; at a name, for passkeys belong to names."""
    with open_for_work("guarded", host="localhost", SECOND_FACTOR_REQUIRED="1") as place:
        yield place


@pytest.fixture(scope="session")
def for_programs(open_for_work):
    """One for programs, which may ask as often as they like; ``tokens`` are those of tests/browser/programs.py."""
    with open_for_work("programs", DJANGO_SETTINGS_MODULE="tests.browser.generous") as place:
        hand_out = "from tests.browser.programs import hand_out; hand_out()"
        place.tokens = json.loads(manage(place.environment, "shell", "-v0", "-c", hand_out))
        yield place


@pytest.fixture(scope="session")
def browser(register):
    """After the databases are made: Playwright works in this thread, where Django then asks no database any more."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
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
            self.complaints.append(f"{message.text} ({message.location['url']})")

    def foreign_requests(self):
        """What was asked of any other host."""
        home = urlsplit(self.portal).netloc
        return [url for url in self.requested if urlsplit(url).netloc != home and not url.startswith("data:")]

    def check(self):
        """Whatever was done since the last time: it stayed on its host and its console stayed empty."""
        foreign, complaints = self.foreign_requests(), [*self.complaints]
        self.requested.clear()
        self.complaints.clear()
        assert (foreign, complaints) == ([], [])


@pytest.fixture
def windows():
    """Every Visit of a test; closed and checked at its end."""
    visits = []
    yield visits
    for one in visits:
        one.context.close()
        one.check()


@pytest.fixture(scope="module")
def standing():
    """{who: the Visit in which a module looks at pages}: to open a new one takes longer than to look at a page."""
    visits = {}
    yield visits
    for one in visits.values():
        one.context.close()
        one.check()


@pytest.fixture
def take_over(standing):
    """The page of a standing Visit with ``take_over(who, open_window)``; checked at the end of the test."""
    taken = []

    def take(who, open_window):
        if who not in standing:
            standing[who] = open_window()
        taken.append(standing[who])
        put_on(taken[-1].page, "light")
        return taken[-1].page

    yield take
    for one in taken:
        one.check()


@pytest.fixture
def visit(browser, portal, windows):
    """Open windows on the portal with ``visit(width=360, color_scheme="dark")``."""

    def open_window(width=1280, **options):
        windows.append(Visit(browser, portal, viewport={"width": width, "height": 900}, **options))
        return windows[-1]

    return open_window


@pytest.fixture
def reading(browser, portal, take_over):
    """A page on the portal, for looking only: the next test takes its window over."""
    return take_over("", lambda: Visit(browser, portal))


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
def at_work_for_a_look(browser, workplace, take_over, signed_in):
    """A page on the workplace of ``email``, or of nobody, for looking only: the next test takes its window over."""

    def open_page(email):
        options = {"storage_state": signed_in(email)} if email else {}
        return take_over(email, lambda: Visit(browser, workplace.address, **options))

    return open_page


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
