"""The recipes of CONTRIBUTING.md, followed word for word in a copy of the project, do what they say.

A recipe is a page of docs/recipes/. Its ``diff`` blocks are applied and its ``sh`` blocks run, from top to bottom; then
tests/recipes/<name>.py looks at the copy from the outside.
"""

import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from django.db import connection

from tests.copies import ROOT, prepared_copy_in, without_settings

PAGES = {path.stem: path for path in (ROOT / "docs/recipes").glob("*.md")}
LONG = {"field", "language", "vocabulary"}
"""They make migrations; `make test` follows the others."""
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
DOES = {"diff": ["git", "apply", "-"], "sh": ["bash", "-euo", "pipefail", "-s"]}
CHECK = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "pytest_django.plugin"]
ALONE = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
"""The checks need no other plugin, and importing all of them takes longer than most checks."""


def blocks_of(name):
    """[(language, text)] of all that a page prints."""
    return BLOCK.findall(PAGES[name].read_text(encoding="utf-8"))


def run(command, folder, text=None):
    environment = without_settings() | ALONE
    done = subprocess.run(command, cwd=folder, env=environment, input=text, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{text or command}\n{done.stdout[-4000:]}{done.stderr[-4000:]}"


def test_contributors_are_led_to_every_recipe():
    led_to = re.findall(r"\(docs/recipes/([\w-]+)\.md\)", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    assert sorted(led_to) == sorted(PAGES)


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_recipe_prints_only_what_can_be_followed(name):
    assert blocks_of(name)
    assert {language for language, _text in blocks_of(name)} <= set(DOES)


if connection.vendor == "sqlite":  # the recipes say nothing that depends on the database

    @pytest.fixture(scope="session")
    def database(django_db_setup, django_db_blocker, tmp_path_factory):
        """A file with the tables, countries and terms that all tests find: migrating anew would take longer."""
        file = tmp_path_factory.mktemp("database") / "portal.sqlite3"
        with django_db_blocker.unblock(), closing(sqlite3.connect(file)) as copy:
            connection.ensure_connection()
            connection.connection.backup(copy)
        return file

    @pytest.mark.django_db  # without it pytest-django makes no database to copy
    @pytest.mark.parametrize(
        "name", [pytest.param(name, marks=[pytest.mark.whole] * (name in LONG)) for name in sorted(PAGES)]
    )
    def test_following_a_recipe_works(name, tmp_path, database):
        copy = prepared_copy_in(tmp_path)
        shutil.copy(database, copy / "var/portal.sqlite3")
        for language, text in blocks_of(name):
            run(DOES[language], copy, text)
        run([*CHECK, f"tests/recipes/{name}.py"], copy)
