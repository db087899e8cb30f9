"""The database of the tests: made once, copied for every process, and kept while nothing changes that makes it.

On SQLite the original lies in var/tests/, on PostgreSQL beside the test databases.
"""

import fcntl
import sqlite3
from contextlib import closing, contextmanager
from hashlib import sha256

from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from search.models import Mark
from vocabularies.services import load_countries, load_terms

PREFIX = "wop_portal_original"
LOCK = 20_261_129
"""Any number that nobody else locks on the server."""
MAKERS = (
    "requirements.txt", "data/areas.csv", "data/countries.csv", "data/terms.csv", "vocabularies/services.py",
    "tests/databases.py", "*/migrations/*.py", "*/models.py", "*/models/*.py",
)  # fmt: skip
"""What tables and reference data follow from."""


@contextmanager
def laid(connection):
    """Within the block ``connection`` leads to a database with all tables, countries and terms; gives
    a function that takes out what tests have committed."""
    name = connection.creation._get_test_db_name()
    copy = _copy_of_file if connection.vendor == "sqlite" else _copy_on_server
    copy(connection, name)
    filled = _filled(connection)
    yield lambda: _empty(connection, _filled(connection) - filled)
    connection.close()
    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def original(connection):
    """The name of the original, which nobody takes away within the block: what other databases may be copied from."""
    keep = _original_file if connection.vendor == "sqlite" else _original_on_server
    with keep(connection) as name:
        yield str(name)


def _filled(connection):
    """The names of the tables that hold anything."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        cursor.execute(" UNION ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})" for name in tables))
        return {name for (name,) in cursor.fetchall()}


def _empty(connection, tables):
    with transaction.atomic(), connection.cursor() as cursor:
        for name in tables:  # in any order: foreign keys are looked at when the transaction ends
            cursor.execute(f"DELETE FROM {name}")


def _name_of_original():
    files = sorted(path for pattern in MAKERS for path in settings.BASE_DIR.glob(pattern))
    made_of = sha256(b"".join(bytes(path) + path.read_bytes() for path in files))
    return f"{PREFIX}_{made_of.hexdigest()[:16]}"


def _fill(connection, name):
    """Make the database ``name``, with ``connection``, which leads afterwards where it led before."""
    before = connection.settings_dict["NAME"]
    _use(connection, name)
    call_command("migrate", verbosity=0, interactive=False)
    load_countries()
    load_terms()
    Mark.objects.all().delete()  # nobody has read anything yet
    _use(connection, before)


def _use(connection, name):
    connection.close()
    settings.DATABASES[connection.alias]["NAME"] = connection.settings_dict["NAME"] = str(name)


@contextmanager
def _original_file(connection):
    folder = settings.VAR_DIR / "tests"
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / f"{_name_of_original()}.sqlite3"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            for older in folder.glob("*.sqlite3*"):
                older.unlink()
            unfinished = folder / "unfinished.sqlite3"
            _fill(connection, unfinished)
            unfinished.rename(kept)
        yield kept


def _copy_of_file(connection, name):
    with _original_file(connection) as kept:
        _use(connection, name)
        connection.ensure_connection()
        with closing(sqlite3.connect(kept)) as source:
            source.backup(connection.connection)


@contextmanager
def _original_on_server(connection):
    name = _name_of_original()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])  # until this connection ends
        if name not in (known := _names_like(cursor, PREFIX)):
            for older in known:
                cursor.execute(f'DROP DATABASE "{older}"')
            unfinished = f"{PREFIX}_unfinished"
            cursor.execute(f'CREATE DATABASE "{unfinished}"')
            _fill(connection, unfinished)
            cursor.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{name}"')
        yield name


def _copy_on_server(connection, name):
    with _original_on_server(connection) as kept, connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{kept}"')
    _use(connection, name)


def _names_like(cursor, prefix):
    cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix])
    return [name for (name,) in cursor.fetchall()]
