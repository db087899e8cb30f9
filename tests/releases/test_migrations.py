"""Every migration is carried out on registers that earlier releases have filled, with people, drafts and files."""

import gzip
import json
import os
import sqlite3
from contextlib import closing
from importlib import import_module
from itertools import count
from pathlib import Path
from subprocess import CalledProcessError

import psycopg2
import pytest

from tests import register_files as files
from tests.browser.databases import Databases
from tests.browser.portals import manage, own_folder

moving = import_module("partnerships.migrations.0014_move_targets")
pytestmark = pytest.mark.django_db

HERE = Path(__file__).parent
RELEASES = sorted(path.name for path in HERE.iterdir() if path.name.isdigit())
FIRST, *BETWEEN, LAST = RELEASES
MOVED = "edits of all pages stand in reviews_edit"
GONE = {release: {"operators_pageedit": MOVED, "platforms_platformedit": MOVED} for release in "12"}
"""{release: {table that a later migration has taken away, with what became of its rows: a sentence}}."""
SAID_OTHERWISE = {}
"""{key of an answer of the API: why it may differ from what the release said}."""


class Kept:
    """A database as a release left it, brought up to date; ``change``: a statement that is carried out before."""

    def __init__(self, release, address, folder, change=""):
        kind = "sqlite" if address.startswith("sqlite") else "postgres"
        self.address, self.folder = address, folder
        self.said = json.loads(_text(release, f"{kind}.answers.json.gz"))
        self.fill(_text(release, f"{kind}.sql.gz"))
        self.fill(change or "SELECT 1")
        self.before = self.counts()
        self.contents = self.snapshots(HERE / release / f"{kind}.snapshots.json.gz")
        self.manage("migrate", "--verbosity", "0", "--no-input")

    def connected(self):
        if self.address.startswith("sqlite"):
            return closing(sqlite3.connect(self.address.removeprefix("sqlite:///")))
        return closing(psycopg2.connect(self.address))

    def fill(self, statements):
        with self.connected() as connected:
            if self.address.startswith("sqlite"):
                connected.executescript(statements)
            else:
                connected.cursor().execute(statements)
            connected.commit()

    def counts(self):
        """{table: number of its rows}."""
        tables = (
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            if self.address.startswith("sqlite")
            else "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        )
        with self.connected() as connected:
            cursor = connected.cursor()
            cursor.execute(tables)
            names = [name for (name,) in cursor.fetchall()]
            return {name: _count(cursor, name) for name in names if name != "django_migrations"}

    def snapshots(self, kept):
        """{primary key: content} of all, as the release said them; the first two had the whole of each in its row."""
        if kept.exists():
            return json.loads(gzip.decompress(kept.read_bytes()))
        with self.connected() as connected:
            cursor = connected.cursor()
            cursor.execute("SELECT id, CAST(content AS text) FROM reviews_snapshot")
            return {str(pk): json.loads(content) for pk, content in cursor.fetchall()}

    def manage(self, *words):
        environment = os.environ | {"DATABASE_URL": self.address, "WOP_VAR_DIR": str(self.folder), "WOP_DEMO": "0"}
        return manage(environment, *words)

    def says(self, words):
        """What Python prints at the end of ``words``, as JSON."""
        return json.loads(self.manage("shell", "-v0", "-c", f"import json; {words}"))

    def answers(self):
        """{address: what the API says today of what the release told}."""
        return self.says(f"from tests.releases.filling import answers; print(json.dumps(answers({list(self.said)!r})))")


def _text(release, name):
    return gzip.decompress((HERE / release / name).read_bytes()).decode()


def _count(cursor, table):
    cursor.execute(f'SELECT count(*) FROM "{table}"')
    return cursor.fetchone()[0]


@pytest.fixture(scope="module")
def take(tmp_path_factory, testrun_uid, worker_id):
    """A function that gives the Kept of a release."""
    folder = tmp_path_factory.mktemp("release")
    databases, var = Databases(folder, testrun_uid[:8], worker_id), own_folder(folder / "var")
    numbers = count()
    yield lambda release, **more: Kept(release, databases.own(f"release_{next(numbers)}", None), var, **more)
    databases.drop_mine()


def release_of(name):
    """All tests of a release run in one process, which brings it up to date once."""
    bulk = [pytest.mark.whole] if name in BETWEEN else []
    return pytest.param(name, marks=[pytest.mark.xdist_group(f"release {name}"), *bulk])


@pytest.fixture(scope="module", params=map(release_of, RELEASES))
def kept(request, take):
    return take(request.param)


def test_there_is_a_release():
    assert RELEASES


def test_no_row_is_lost(kept, request):
    gone = GONE.get(request.node.callspec.params["kept"], {})
    after = kept.counts()
    assert {name for name, number in kept.before.items() if after.get(name, -1) < number} == set(gone)
    assert kept.before["partnerships_partnershipversion"] > 85
    for name in ("reviews_comment", "reports_reportversion", "partnerships_storedfile", "accounts_user"):
        assert kept.before[name] > 0, name


def test_everything_public_says_what_it_said(kept):
    today = kept.answers()
    assert len(kept.said) > 200
    assert [line for address, said in kept.said.items() for line in lost(as_today(said), today[address], address)] == []


def as_today(said):
    """What a release said of a partnership, as it is said since targets have rows of their own (0.6.0)."""
    held = [result for result in said.get("results", []) if "involvements" in said and result.get("target")]
    if not held:
        return said
    results = [{name: value for name, value in one.items() if name != "target"} for one in said["results"]]
    return said | {"results": results, "targets": [_target(result) for result in held]}


def _target(result):
    beside = {name: result[name] for name in ("track", "indicator", "unit", "language")}
    return beside | {"value": result["target"]["value"], "due_on": result["target"]["date"]}


def test_who_has_confirmed_has_still_confirmed(kept):
    asking = "from tests.releases.history import confirmed; print(json.dumps(confirmed()))"
    assert kept.says(asking) == [True] * 4


def test_every_snapshot_says_what_it_said(kept, request):
    """Targets of partnerships stand in rows of their own since the third release."""
    asking = "from tests.releases.history import contents; print(json.dumps(contents()))"
    was = kept.contents
    before_targets = request.node.callspec.params["kept"] in GONE
    of_partnerships = {pk for pk, content in was.items() if before_targets and "tracks" in content}
    assert kept.says(asking) == was | {pk: moving._moved(was[pk]) for pk in of_partnerships}
    assert len(was) >= 21


EDITED = """
INSERT INTO operators_pageedit (id, created_at, revision, before, after, by_id, organisation_id, reverts_id) VALUES
(7, '2026-11-30 10:00:00', 2, '{"city": "", "needs": [], "figures": [], "services": [], "logo": ""}',
 '{"city": "Here", "logo": "logos/a.png", "needs": [{"area": "metering", "description": "Leaks"}],
   "services": ["water"],
   "figures": [{"indicator": "employees", "services": "water", "value": "2.5", "unit": "persons", "year": 2024,
                "note": "", "source": "Report"}]}',
 NULL, (SELECT min(id) FROM operators_organisation), NULL),
(8, '2026-11-30 11:00:00', 3, '{"city": "Here"}', '{"city": ""}',
 NULL, (SELECT min(id) FROM operators_organisation), 7);
INSERT INTO platforms_platformedit (id, created_at, revision, before, after, by_id, platform_id, reverts_id) VALUES
(7, '2026-11-30 12:00:00', 2, '{"status": "planned", "hosts": [], "milestones": []}',
 '{"status": "active",
   "hosts": [{"organisation": "aysa", "starts_on": "2013-08", "ends_on": "", "note": "", "source": ""}],
   "milestones": [{"happened_on": "2007", "text": "Founded", "source": ""}]}',
 NULL, (SELECT min(id) FROM platforms_platform), NULL);
"""
TOLD = [
    [
        ["City", [["in", "Here"]]],
        ["Logo", [["in", "another logo"]]],
        ["Services", [["in", "Water"]]],
        ["Figures", [["in", "Employees: 2.5 persons, 2024, Report, Water"]]],
        ["Needs", [["in", "Metering: Leaks"]]],
    ],
    [["City", [["out", "Here"]]]],
    [
        ["Status", [["out", "Planned"], ["in", "Active"]]],
        ["Hosts", [["in", "Agua y Saneamientos Argentinos, August 2013 – …"]]],
        ["Milestones", [["in", "2007, Founded"]]],
    ],
]


def test_edits_of_pages_read_and_are_taken_back_as_before(take):
    today = take("2", change=EDITED).says("from tests.releases.history import edits; print(json.dumps(edits()))")
    assert today["told"] == TOLD
    assert today["at"] == ["2026-11-30 10", "2026-11-30 11", "2026-11-30 12"]
    assert today["reverts"] == [None, 0, None]
    assert today["rows of the platform"] == [1, 1]
    assert today["taken back"] == [0, 0]


def lost(said, today, where):
    """Lines that name what was said and is not said today; what is new may stand beside it."""
    if isinstance(said, dict) and isinstance(today, dict):
        for name in said.keys() - SAID_OTHERWISE:
            yield from lost(said[name], today.get(name), f"{where} {name}")
    elif isinstance(said, list) and isinstance(today, list) and len(said) == len(today):
        for number, (one, other) in enumerate(zip(said, today, strict=True)):
            yield from lost(one, other, f"{where}[{number}]")
    elif said != today:
        yield f"{where}: {said!r} became {today!r}"


def test_a_text_that_is_too_long_from_now_on_is_named_before_anything_changes(take):
    too_long = "UPDATE partnerships_partnershipversion SET approach = '%s' WHERE id = 7;"
    with pytest.raises(CalledProcessError) as stopped:
        take("1", change=too_long % ("x" * 20_001))
    assert "partnerships.partnershipversion 7: “approach” has " in stopped.value.stderr


def test_what_is_lost_is_found():
    said = {"a": [{"b": 1}], "c": "x"}
    assert list(lost(said, {"a": [{"b": 1, "new": 2}], "c": "x", "d": 0}, "")) == []
    assert len(list(lost(said, {"a": [{"b": 2}], "c": None}, ""))) == 2
    assert len(list(lost(said, {"a": [], "c": "x"}, ""))) == 1


@pytest.mark.parametrize(
    "release", [RELEASES[0], *(pytest.param(name, marks=pytest.mark.whole) for name in RELEASES[1:])]
)
def test_the_register_of_today_is_loaded_over_it_and_keeps_what_people_had_entered(take, release):
    today = take(release)
    telling = "from tests.releases.loading import entered, loaded; print(json.dumps([entered(), loaded()]))"
    before, _loaded = today.says(telling)
    assert before["PartnershipVersion"]
    today.manage("load_register")
    after, loaded = today.says(telling)
    assert after == before
    assert set(loaded) == set(files.references())
    theirs = set(before["references"].values())
    assert theirs & set(loaded)  # somebody had used a number that the files use now
    assert theirs.isdisjoint(loaded.values())
    again = today.manage("load_register").splitlines()
    assert [line for line in again if "added" in line and " 0 added" not in line] == []
