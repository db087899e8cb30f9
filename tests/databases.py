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
    copy(connection, f"{PREFIX}_{_fingerprint()}", name)
    filled = _filled(connection)
    yield lambda: _empty(connection, _filled(connection) - filled)
    connection.close()
    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


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


def _fingerprint():
    files = sorted(path for pattern in MAKERS for path in settings.BASE_DIR.glob(pattern))
    return sha256(b"".join(bytes(path) + path.read_bytes() for path in files)).hexdigest()[:16]


def _fill():
    call_command("migrate", verbosity=0, interactive=False)
    load_countries()
    load_terms()


def _use(connection, name):
    connection.close()
    settings.DATABASES[connection.alias]["NAME"] = connection.settings_dict["NAME"] = str(name)


def _copy_of_file(connection, original, name):
    folder = settings.VAR_DIR / "tests"
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / f"{original}.sqlite3"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            for older in folder.glob("*.sqlite3*"):
                older.unlink()
            unfinished = folder / "unfinished.sqlite3"
            _use(connection, unfinished)
            _fill()
            connection.close()
            unfinished.rename(kept)
        _use(connection, name)
        connection.ensure_connection()
        with closing(sqlite3.connect(kept)) as source:
            source.backup(connection.connection)


def _copy_on_server(connection, original, name):
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])  # until this connection ends
        if original not in (known := _names_like(cursor, PREFIX)):
            for older in known:
                cursor.execute(f'DROP DATABASE "{older}"')
            unfinished = f"{PREFIX}_unfinished"
            cursor.execute(f'CREATE DATABASE "{unfinished}"')
            _use(connection, unfinished)
            _fill()
            connection.close()
            cursor.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{original}"')
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{original}"')
        _use(connection, name)


def _names_like(cursor, prefix):
    cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix])
    return [name for (name,) in cursor.fetchall()]
