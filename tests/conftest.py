"""The cast of the tests, and the reference data that every test may rely on."""

import gc
import json
import os
import random
from collections import Counter
from itertools import chain
from zlib import crc32

import hypothesis
import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase
from django.utils.translation import override

from tests import factories
from tests.databases import laid
from tests.nearest import MEASURED

ON_BOTH = (
    "tests/directory/test_filters", "tests/directory/test_many_filters", "tests/directory/test_partnerships",
    "tests/partnerships/test_constraints", "tests/platforms", "tests/releases", "tests/reviews/test_cloning",
    "tests/reviews/test_concurrency", "tests/reviews/test_diffs", "tests/reviews/test_random_walks",
    "tests/reviews/test_rows", "tests/reviews/test_workflow", "tests/search/test_facets", "tests/search/test_index",
    "tests/search/test_walks", "tests/vocabularies", "tests/test_suite.py", "tests/test_factories.py",
)  # fmt: skip
"""Where the databases could differ most: searching, sorting, counting, dates, constraints, steps of the workflow.
The register is loaded on SQLite by the walk and by `make run`."""
ONLY_ON_SQLITE = (
    "tests/test_make.py",
    "tests/test_dying.py",
    "tests/test_recipes.py",
    "tests/search/test_processes.py",
    "tests/walk",
    "tests/permissions",
)
"""What `make run` serves, what says nothing of a database, and whoever asks for pages by the thousand."""
SAMPLED = {
    "tests/api/test_writing_w": 2,
    "tests/desk/test_conflicts.py": 3,
    "tests/directory/test_loading.py": 2,
    "tests/notices": 2,
    "tests/permissions/test_addresses.py": 2,
    "tests/permissions/test_canary.py::test_contacts": 2,
    "tests/reviews/test_authority.py": 3,
    "tests/reviews/test_transitions.py": 3,
    "tests/test_house.py": 2,
    "tests/test_wrong_words.py": 3,
    "tests/vocabularies": 2,
}
"""Tables of many cases of one rule, by the beginning of their names: make test runs the first case of each test and
one of so many others, always the same ones; the others carry the mark ``whole``."""
SHARES = {
    "sqlite": lambda item: not asks_a_database(item) or on_both(item) or not on_postgresql_alone(item),
    "postgresql": lambda item: asks_a_database(item) and (on_both(item) or on_postgresql_alone(item)),
}
"""A test that asks no database cannot reach any, and says the same beside every one."""


def on_both(item):
    return item.nodeid.startswith(ON_BOTH)


def on_postgresql_alone(item):
    """Whoever commits, as only PostgreSQL lets two write at once; and a third of all others, always the same."""
    if item.nodeid.startswith(ONLY_ON_SQLITE):
        return False
    return "transactional_db" in item.fixturenames or crc32(item.nodeid.encode()) % 3 == 0


def pytest_addoption(parser):
    parser.addoption("--share", choices=SHARES, help="only the tests that make test runs on this database")


def pytest_collection_finish():
    """What is loaded by now stays: looking for garbage among it again and again takes a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_configure():
    """Before the workers begin, which share the environment."""
    os.environ.setdefault("WALK_SEED", str(random.randrange(10**6)))


def pytest_runtest_protocol(item, nextitem):
    """As pytest does it, with room."""
    return _with_room(item.config.pluginmanager.get_plugin("runner").pytest_runtest_protocol, item, nextitem)


def _with_room(function, *arguments):
    """``function`` of ``arguments``, above a frame so large that all further ones lie in the same piece of memory.

    Python keeps frames in pieces of 16 KB and gives back each that is empty. A loop at the end of one asks the
    system for a new piece with every call: in pages of many templates that was a fifth of all time.
    """
    return function(*arguments)


_with_room.__code__ = _with_room.__code__.replace(co_stacksize=2**17)


def pytest_report_header():
    return f"seed of the long random walks: {os.environ['WALK_SEED']}"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    for item in bulk(items):
        item.add_marker("whole")
    if share := config.getoption("share"):
        chosen = [item for item in items if SHARES[share](item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(chosen)])
        items[:] = chosen


def bulk(items):
    """Those of SAMPLED that make test leaves out."""
    begun = set()
    for item in items:
        steps = [every for beginning, every in SAMPLED.items() if item.nodeid.startswith(beginning)]
        test, _bracket, case = item.nodeid.partition("[")
        if steps and case and test in begun and crc32(item.nodeid.encode()) % steps[0]:
            yield item
        begun.add(test)


def asks_a_database(item):
    in_case = item.cls is not None and issubclass(item.cls, TransactionTestCase)
    return in_case or "django_db" in item.keywords or {"db", "transactional_db"} & set(item.fixturenames)


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter, config):
    """Keep how long each file took: `make quick` chooses by it."""
    if hasattr(config, "workerinput") or settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        return
    seconds = Counter()
    for report in chain.from_iterable(terminalreporter.stats.values()):
        if isinstance(report, pytest.TestReport):
            seconds[report.nodeid.split("::")[0]] += report.duration
    MEASURED.parent.mkdir(parents=True, exist_ok=True)
    known = json.loads(MEASURED.read_text()) if MEASURED.exists() else {}
    MEASURED.write_text(json.dumps(known | seconds, indent=1, sort_keys=True))


# The same examples on every machine, however slow it is.
hypothesis.settings.register_profile("house", derandomize=True, deadline=None)
hypothesis.settings.load_profile("house")


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_modify_db_settings):
    """Countries and terms stand in the test database for all tests. Gives a function that takes all else out."""
    with django_db_blocker.unblock(), laid(connection) as take_out:
        yield take_out


@pytest.fixture(scope="session")
def media_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("media")


@pytest.fixture(autouse=True)
def files_of_the_tests(settings, media_folder):
    """What tests upload never lies among the files of a portal; who looks at all of it takes a folder of their own."""
    settings.MEDIA_ROOT = media_folder


@pytest.fixture(autouse=True)
def index_in_memory(settings):
    """Each process has its own, which costs nothing before somebody looks for something."""
    settings.SEARCH_FOLDER = ""


@pytest.fixture(autouse=True)
def no_kept_answers(settings):
    """Each test asks what is made now; tests/test_answers.py keeps answers."""
    settings.CACHES = {name: cache for name, cache in settings.CACHES.items() if name != "answers"}


@pytest.fixture(autouse=True)
def plain_http(settings):
    """The test client speaks http; production redirects it (tests/test_house.py)."""
    settings.SECURE_SSL_REDIRECT = False


@pytest.fixture(autouse=True)
def without_second_factor(settings):
    """Reviewers of the cast decide without one; tests/accounts shows what happens where it is required."""
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture(autouse=True)
def english():
    """A request leaves its language active: no test starts in that of the one before."""
    with override("en"):
        yield


@pytest.fixture(autouse=True)
def no_look_at_all_static_files(settings):
    """Every test client builds the middleware anew, and WhiteNoise would then list some 500 files each time."""
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """The real hasher takes half a second for every account of the cast, on purpose."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def many_requests(settings):
    """Tests ask more often than people do; those of a limit set their own (tests/api/test_throttles.py)."""
    settings.RATE_LIMITS = dict.fromkeys(settings.RATE_LIMITS, "1000000/m")


@pytest.fixture
def take_back(django_db_setup, django_db_blocker, monkeypatch):
    """Only what a test has committed is taken out; Django would empty all tables and fill some again."""
    monkeypatch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: None)
    yield
    with django_db_blocker.unblock():
        django_db_setup()


@pytest.fixture
def committing(take_back, transactional_db):
    """The database for tests that really commit, as those of two writers at once do."""


@pytest.fixture
def version(db):
    """A published partnership of a mentor and a mentee."""
    return factories.published_version()


@pytest.fixture
def author(version):
    """A member of the mentor: may write the partnership of ``version``."""
    return factories.OrganisationMemberFactory(organisation=factories.mentor_of(version)).user


@pytest.fixture
def counterpart(version):
    """A member of the mentee: the partner who confirms."""
    return factories.OrganisationMemberFactory(organisation=factories.mentee_of(version)).user


@pytest.fixture
def reviewer(version):
    """A member of the secretariat that reviews the partnership of ``version``."""
    return factories.SecretariatMemberFactory(platform=version.reviewing_platform).user


@pytest.fixture
def stranger(db):
    """A signed-in person without any membership."""
    return factories.UserFactory()
