"""Several processes on one machine read one index; whichever is killed at whatever moment, the next one mends it."""

import json
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from django.db import connection

from tests.copies import ROOT, without_settings

BEGIN = """
import json, os, signal, sys, django
django.setup()
from django.http import QueryDict
from directory.filters.partnerships import PartnershipFilter
from partnerships.models import PartnershipVersion
from search import index, services
from tests import factories
factories.OrganisationFactory.reset_sequence(os.getpid() * 100)
def found():
    published = PartnershipVersion.objects.published()
    return [version.title for version in PartnershipFilter(QueryDict("ordering=title"), published).qs]
def publish(title):
    factories.published_version(title=title)
def die(*words, **more):
    os.kill(os.getpid(), signal.SIGKILL)
"""
MADE = """
from django.core.management import call_command
call_command("migrate", verbosity=0, stdout=sys.stderr)
call_command("load_countries", stdout=sys.stderr)
"""
SERVES = """
for line in sys.stdin:
    exec(json.loads(line))
    print(json.dumps(found()), flush=True)
"""
ENTERED = "entered = index._entered; index._entered = lambda one: die() if one.pk > 1 else entered(one)"
CAUGHT_UP = "once = index.LocalIndex._catch_up; index.LocalIndex._catch_up = lambda *words: (once(*words), die())"
MOMENTS = {
    "before the documents are written": "services._make = die",
    "before they are stamped": "services.Stamp.objects.create = die",
    "before the index is written": "index.LocalIndex._write = die",
    "while the index is written": ENTERED,
    "before the index is read again": CAUGHT_UP,
}


@pytest.fixture
def process(tmp_path, django_db_setup, django_db_blocker):
    """Begins a process that answers each program with what it finds afterwards; all share a database and a folder."""
    settings = without_settings() | {
        "DATABASE_URL": f"sqlite:///{tmp_path}/portal.sqlite3",
        "WOP_VAR_DIR": str(tmp_path),
        "HTTPS": "off",
        "ALLOWED_HOSTS": "testserver",
        "DJANGO_SETTINGS_MODULE": "wopportal.settings",
    }
    begun = []

    def begin():
        words, pipe = [sys.executable, "-c", BEGIN + SERVES], subprocess.PIPE
        begun.append(subprocess.Popen(words, cwd=ROOT, env=settings, text=True, stdin=pipe, stdout=pipe))
        return begun[-1]

    if connection.vendor == "sqlite":
        with django_db_blocker.unblock(), closing(sqlite3.connect(tmp_path / "portal.sqlite3")) as target:
            connection.ensure_connection()
            connection.connection.backup(target)
    else:
        said(begin(), MADE)
    yield begin
    for one in begun:
        one.communicate()


def said(process, program=""):
    """What it finds after ``program``; None when it was killed."""
    print(json.dumps(program), file=process.stdin, flush=True)
    line = process.stdout.readline()
    return json.loads(line) if line else None


def test_what_one_publishes_is_found_by_the_next_question_to_every_other(process):
    one, other = process(), process()
    assert said(one) == said(other) == []
    assert said(one, "publish('A')") == said(other) == ["A"]
    assert said(other, "publish('B')") == said(one) == ["A", "B"]
    dying = MOMENTS["while the index is written"]
    assert said(one, f"publish('C'); {dying}") is None
    assert said(other) == ["A", "B", "C"]


@pytest.mark.whole
@pytest.mark.parametrize("moment", MOMENTS)
def test_whoever_is_killed_leaves_an_index_that_mends_itself(process, moment):
    reader, dying = process(), process()
    assert said(reader, "publish('A')") == ["A"]
    assert said(dying, f"publish('B'); {MOMENTS[moment]}") is None
    assert dying.wait() == -signal.SIGKILL
    assert said(process()) == said(reader) == ["A", "B"]
