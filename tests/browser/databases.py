"""Databases of the running portals: what all of them begin with is made once in a run, and copied.

The processes of pytest-xdist share it. They find each other by a folder, in which one at a time makes or drops things.
"""

import fcntl
import json
import os
import shutil
from contextlib import contextmanager

import dj_database_url
import psycopg2


class Databases:
    """Makes databases of the kind that DATABASE_URL names; ``drop_mine`` drops what this process made for itself."""

    def __init__(self, folder, run, worker):
        """``folder``: of the whole ``run``; ``worker``: the process in it that this is."""
        self.folder, self.run, self.worker = folder, run, worker
        settings = dj_database_url.parse(os.environ.get("DATABASE_URL") or "sqlite://")
        self.is_sqlite = settings["ENGINE"].endswith("sqlite3")
        self.server = {
            "host": settings["HOST"],
            "port": settings["PORT"] or None,
            "user": settings["USER"],
            "password": settings["PASSWORD"] or None,
        }
        self.mine = []

    def own(self, name, copy_of):
        """The address of a copy for this process alone."""
        self.mine.append(f"{self.worker}_{name}")
        with self.alone():
            return self._create(self.mine[-1], copy_of)

    def drop_mine(self):
        for name in self.mine:
            self._drop(name)

    @contextmanager
    def shared(self, name, fill, copy_of=None):
        """What ``fill(address)`` says of a database that every process of the run may copy; it must be fit for JSON.

        Who asks first makes it. Who lets go of it last drops it.
        """
        said, users = self.folder / f"{name}.json", self.folder / f"{name}-users"
        with self.alone():
            if not said.exists():
                self._drop(name)  # what was left half done
                made = fill(self._create(name, copy_of))
                said.write_text(json.dumps(made), encoding="utf-8")
            users.mkdir(exist_ok=True)
            (users / self.worker).touch()
        yield json.loads(said.read_text(encoding="utf-8"))
        with self.alone():
            (users / self.worker).unlink()
            if not any(users.iterdir()):
                said.unlink()
                self._drop(name)

    @contextmanager
    def alone(self):
        """The other processes of the run wait; the end of this one would let them go on."""
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _create(self, name, copy_of):
        if self.is_sqlite:
            file = self._file(name)
            if copy_of:
                shutil.copy(copy_of.removeprefix("sqlite:///"), file)
            return self.address_of(file)
        template = f" TEMPLATE {copy_of.rsplit('/', 1)[1]}" if copy_of else ""
        self._tell_server(f"CREATE DATABASE {self._called(name)}{template}")
        return self.address_of(self._called(name))

    def address_of(self, name):
        """As DATABASE_URL would say it: ``name`` is that of a file, or of a database on the server."""
        return f"sqlite:///{name}" if self.is_sqlite else f"{os.environ['DATABASE_URL'].rsplit('/', 1)[0]}/{name}"

    def _drop(self, name):
        if self.is_sqlite:
            self._file(name).unlink(missing_ok=True)
        else:
            self._tell_server(f"DROP DATABASE IF EXISTS {self._called(name)} WITH (FORCE)")

    def _file(self, name):
        return self.folder / f"{name}.sqlite3"

    def _called(self, name):
        return f"browser_{self.run}_{name}"

    def _tell_server(self, words):
        connection = psycopg2.connect(dbname="postgres", **self.server)
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(words)
        connection.close()
