"""What `make run` and the scripts behind it promise (docs/decisions/0001-two-commands.md)."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from django.db import connection

from tests.copies import ROOT, SETTINGS, prepared_copy_in, without_settings
from tests.databases import original


def make_run(port, folder=ROOT):
    return subprocess.run(
        ["make", "run", f"PORT={port}"], cwd=folder, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.mark.parametrize("name", sorted(SETTINGS))
def test_every_setting_is_documented_and_does_not_leak_into_the_scripts(name):
    assert f"| `{name}` |" in (ROOT / "docs/deploy.md").read_text()
    forgotten = (ROOT / "scripts/lib.sh").read_text().split("forget_settings() {")[1].split("}")[0]
    assert name in forgotten.split()


def test_a_port_in_use_is_said_before_anything_is_installed(tmp_path):
    shutil.copy(ROOT / "Makefile", tmp_path)
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = make_run(port, tmp_path)
    assert result.returncode != 0
    assert f"Port {port} cannot be used" in result.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"Makefile", "scripts"}


@pytest.mark.parametrize("port", ["0", "65536", "80a", "-1", "08000"])
def test_a_port_that_is_none_is_refused(port):
    result = make_run(port)
    assert result.returncode != 0
    assert f"PORT={port} is not a port" in result.stderr


def test_a_folder_that_cannot_be_written_to_is_told_in_one_line(tmp_path):
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts")
    (tmp_path / "var").write_text("no folder: so nobody can write into it, whoever runs this")
    done = subprocess.run(["bash", "scripts/setup"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    [line] = done.stderr.split("\n")[1:-1]
    assert line.startswith("The folder var cannot be written to by ")
    assert "chown -R" in line


class TestStep:
    @pytest.fixture
    def step(self, tmp_path):
        (tmp_path / "scripts").mkdir()
        (tmp_path / "var/stamps").mkdir(parents=True)
        shutil.copy(ROOT / "scripts/lib.sh", tmp_path / "scripts")

        def run(inputs, command="echo ran; touch result"):
            script = f'. scripts/lib.sh; work() {{ {command}; }}; step name result "{inputs}" work'
            done = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
            return done.stdout == "ran\n"

        run.result = tmp_path / "result"
        return run

    def test_runs_once_for_the_same_inputs(self, step):
        assert [step("one"), step("one"), step("two"), step("two")] == [True, False, True, False]

    def test_runs_again_when_its_result_is_gone(self, step):
        step("one")
        step.result.unlink()
        assert step("one")

    @pytest.mark.parametrize("end", ["exit 1", "kill -KILL $$"], ids=["failed", "killed"])
    def test_runs_again_after_it_was_cut_short(self, step, end):
        step("one", f"touch result; {end}")
        assert step("one")

    def test_what_was_installed_for_the_tests_serves_the_demo_too(self, step):
        assert [step("run dev"), step("run"), step("run dev")] == [True, False, False]


@pytest.fixture
def prepared_copy(tmp_path):
    return prepared_copy_in(tmp_path)


def at_work_in(folder):
    """What runs in ``folder``: "server", "worker" and "sweeps"."""
    names = {b"gunicorn": "server", b"db_worker": "worker", b"sweep_all": "sweeps"}
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # gone meanwhile
            if (process / "cwd").resolve() == folder.resolve():
                found |= {names[word] for word in (process / "cmdline").read_bytes().split(b"\0") if word in names}
    return found


NOTES_STARTS = """
import pathlib, sys
with (pathlib.Path(__file__).parent / "starts").open("a") as file:
    file.write(" ".join(sys.orig_argv[1:3]) + "\\n")
"""
"""Every Python that finds this as ``sitecustomize`` on its path notes how it was started."""


def children_of(pid, word):
    """Process numbers of those children that have ``word`` in their command."""
    found, threads = [], Path(f"/proc/{pid}/task").glob("*/children")
    for number in " ".join(thread.read_text() for thread in threads).split():
        if word in Path(f"/proc/{number}/cmdline").read_bytes().split(b"\0"):
            found.append(int(number))
    return found


def wait_until_gone(pid, seconds=30):
    end = time.monotonic() + seconds
    with suppress(OSError):
        while Path(f"/proc/{pid}/cmdline").read_bytes():  # empty when only its number is left
            assert time.monotonic() < end, "it is still at work"
            time.sleep(0.1)


if connection.vendor == "sqlite":  # what `make run` always serves; once is enough

    @pytest.fixture
    def put_tables(django_test_environment, django_db_blocker):
        """A function that puts all tables, countries and terms into a new file."""

        def put(file):
            with django_db_blocker.unblock(), original(connection) as tables:
                shutil.copy(tables, file)

        return put

    @contextmanager
    def made_to_run(folder, port, **environment):
        """What `make run` writes until it is ready; ended by Ctrl-C."""
        with subprocess.Popen(
            ["make", "run", f"PORT={port}"],
            cwd=folder,
            env=without_settings() | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        ) as server:
            try:
                output = ""
                while "Ctrl-C" not in output and (line := server.stdout.readline()):
                    output += line
                yield output
            finally:
                os.killpg(server.pid, signal.SIGINT)
            assert not server.stdout.read()
        assert server.returncode in {0, -signal.SIGINT}

    @pytest.mark.parametrize("begins_with", ["tables", pytest.param("nothing", marks=pytest.mark.whole)])
    def test_a_prepared_portal_starts_without_installing_stops_at_ctrl_c_and_does_nothing_twice(
        prepared_copy, free_port, tmp_path, put_tables, begins_with
    ):
        if begins_with == "tables":
            put_tables(prepared_copy / "var/portal.sqlite3")
        address = f"http://127.0.0.1:{free_port}/"
        leaking = {"DATABASE_URL": "postgres://nobody@nowhere/nothing", "ALLOWED_HOSTS": "portal.example"}
        with made_to_run(prepared_copy, free_port, **leaking) as first:
            assert address in first
            assert not {"python", "npm", "node", ".venv"} & set(re.findall("Setting up: (.+)", first))
            with urllib.request.urlopen(address, timeout=20) as home:
                assert home.status == 200
            assert at_work_in(prepared_copy) == {"server", "worker", "sweeps"}
        assert at_work_in(prepared_copy) == set()
        socket.create_server(("127.0.0.1", free_port)).close()
        assert (prepared_copy / "var/portal.sqlite3").exists()

        (tmp_path / "sitecustomize.py").write_text(NOTES_STARTS)
        with made_to_run(prepared_copy, free_port, PYTHONPATH=str(tmp_path)) as second:
            assert address in second
            assert set(re.findall(r"([0-9]+) added", second)) == {"0"}
            with urllib.request.urlopen(address, timeout=20) as home:
                assert home.status == 200
        starts = (tmp_path / "starts").read_text().splitlines()
        ours = [words for words in starts if words.startswith(("manage.py", "-m gunicorn"))]
        assert sorted(words.split()[1] for words in ours) == ["db_worker", "gunicorn", "prepare_demo", "sweep_all"]

    @pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
    def test_what_works_beside_a_server_is_started_again_and_ends_with_it_however_that_ends(
        tmp_path, free_port, end, put_tables
    ):
        demo = {"WOP_DEMO": "1", "WOP_VAR_DIR": str(tmp_path), "PORT": str(free_port), "WELCOME": "Ready"}
        environment = without_settings() | demo
        put_tables(tmp_path / "portal.sqlite3")
        command = [sys.executable, "-m", "gunicorn", "--config", "scripts/demo_server.py", "wopportal.wsgi"]
        pipe = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        with subprocess.Popen(command, cwd=ROOT, env=environment, **pipe) as server:
            try:
                while server.stdout.readline().strip() != "Ready":
                    pass
                [killed] = children_of(server.pid, b"db_worker")
                os.kill(killed, signal.SIGKILL)
                assert "db_worker had ended unexpectedly and was started again" in server.stdout.readline()
                beside = [*children_of(server.pid, b"db_worker"), *children_of(server.pid, b"sweep_all")]
                assert len(beside) == len({killed, *beside}) - 1 == 2
            finally:
                server.send_signal(end)
            assert "terminating" not in server.stdout.read()  # as who is told twice
        for one in beside:
            wait_until_gone(one)
