"""The portal as operators run it: told in a line what is wrong, restarted without a visitor who is refused."""

import errno
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from datetime import timedelta

import pytest
from botocore.exceptions import EndpointConnectionError, NoCredentialsError
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command, get_commands, load_command_class
from django.db import DatabaseError, OperationalError, ProgrammingError
from django.utils import timezone

from exports.models import ExportJob
from notices.leases import LEASE
from notices.models import OutgoingMail
from notices.services import notify
from notices.sweeps import SweepCommand
from operators.logos import store_logo
from partnerships.models import StoredFile
from partnerships.services.files import store_file
from platforms.models import SecretariatInvitation
from tests import factories, sample_files
from tests.copies import ROOT, without_settings
from tests.full_disks import full_after, left_in
from wopportal.management.commands import sweep_all
from wopportal.startup_errors import in_words

SERVE = [sys.executable, "-m", "gunicorn", "--config", "wopportal/serving.py", "wopportal.wsgi", "--workers", "1"]


@contextmanager
def started(*words, **environment):
    """gunicorn as docs/deploy.md starts it."""
    environment = without_settings() | environment
    command = [*SERVE, *words]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_words):
        return None


def answer_of(port):
    """The status of an answer; raises when the door is closed."""
    try:
        return urllib.request.build_opener(NoRedirect).open(f"http://127.0.0.1:{port}/", timeout=30).status
    except urllib.error.HTTPError as error:
        return error.code


def wait_for(port):
    for _time in range(600):
        try:
            return answer_of(port)
        except OSError:
            time.sleep(0.1)
    raise TimeoutError


def test_a_second_start_at_the_same_door_is_told_in_words():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with started("--bind", f"127.0.0.1:{port}") as process:
            said = process.communicate(timeout=60)[1]
    assert process.returncode == 1
    assert said == (
        f"127.0.0.1:{port} cannot be used: Address already in use. Is the portal running already? "
        "Stop it, or choose another door with --bind.\n"
    )


def test_a_wrong_setting_is_told_in_one_line():
    with started("--bind", f"127.0.0.1:{free_port()}", EMAIL_PORT="smtp") as process:
        said = process.communicate(timeout=60)[1]
    assert process.returncode == 1
    assert said == "EMAIL_PORT=smtp is no number that it can be. Write a whole number from 1 to 65535.\n"


def test_a_reload_refuses_nobody_and_ctrl_c_ends_without_a_traceback():
    port = free_port()
    with started("--bind", f"127.0.0.1:{port}", HTTPS="off") as process:
        assert wait_for(port) == 302
        answers, over = [], threading.Event()

        def ask():
            while not over.is_set():
                answers.append(answer_of(port))

        visitor = threading.Thread(target=ask)
        visitor.start()
        workers = children_of(process.pid)
        process.send_signal(signal.SIGHUP)
        while children_of(process.pid) & workers or len(answers) < 6:
            time.sleep(0.1)
        over.set()
        visitor.join()
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=60)[1]
    assert set(answers) == {302}
    assert "Traceback" not in said


def children_of(pid):
    told = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False).stdout
    return set(told.split())


def test_ctrl_c_ends_a_command_without_a_traceback():
    code = (
        "import manage\n"
        "def stopped(argv): raise KeyboardInterrupt\n"
        "manage.execute_from_command_line = stopped\n"
        "manage.main()"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (130, "Stopped.\n")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left", "/srv/x"), "/srv/x could not be written: the disk is full"),
        (OSError(errno.EROFS, "Read-only", "/srv/x"), "can only be read"),
        (PermissionError(errno.EACCES, "Permission denied", "/srv/x"), "user of the portal"),
        (OperationalError("database or disk is full"), "its disk is full"),
        (OperationalError("attempt to write a readonly database"), "can only be read"),
        (OperationalError('no such table: "x"'), "Run manage.py migrate"),
        (OperationalError('FATAL: password authentication failed for user "x"'), "DATABASE_URL"),
        (OperationalError("could not connect:\n  is it running?"), "it does not answer"),
        (OperationalError('FATAL: role "x" does not exist'), "DATABASE_URL"),
        (OperationalError("unable to open database file"), "user of the portal"),
        (DatabaseError("file is not a database"), "restore a backup"),
        (DatabaseError("database disk image is malformed"), "Restore a backup"),
        (ProgrammingError("permission denied for schema public\nLINE 1: CREATE"), "owner of the database"),
        (EndpointConnectionError(endpoint_url="http://s3.example"), "S3_BUCKET"),
        (NoCredentialsError(), "AWS_ACCESS_KEY_ID"),
        (ImproperlyConfigured("HTTPS=x is neither on nor off."), "HTTPS=x"),
    ],
)
def test_what_an_operator_can_mend_is_told_in_one_line(error, words):
    line = in_words(error)
    assert words in line
    assert "\n" not in line


@pytest.mark.parametrize(
    "error", [ValueError("ours"), FileNotFoundError(errno.ENOENT, "gone", "x"), ProgrammingError("no x")]
)
def test_a_fault_of_ours_keeps_its_traceback(error):
    assert in_words(error) is None


def test_a_folder_that_can_only_be_read_is_told_in_one_line():
    environment = without_settings() | {"WOP_VAR_DIR": "/proc/portal"}
    command = [sys.executable, "manage.py", "check"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("WOP_VAR_DIR=/proc/portal (/proc/portal) cannot be written to")
    assert len(done.stderr.splitlines()) == 1


# --- a full disk ----------------------------------------------------------------------------------------


@pytest.fixture
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    return settings.MEDIA_ROOT


def test_nothing_is_left_of_a_file_that_did_not_fit(folder):
    with full_after(1000), pytest.raises(OSError, match="too large"):
        default_storage.save("x/large.bin", ContentFile(bytes(100_000)))
    assert left_in(folder) == []


def test_nothing_is_left_of_an_upload_that_did_not_fit(folder, stranger):
    with pytest.raises(ValidationError, match="could not be kept just now"), full_after(100):
        store_file(sample_files.upload("report.pdf", sample_files.pdf()), by=stranger)
    assert left_in(folder) == []


def test_nothing_is_left_of_a_logo_that_did_not_fit(folder):
    with pytest.raises(ValidationError, match="could not be kept just now"), full_after(50):
        store_logo(sample_files.upload("logo.png", sample_files.of_kind("png")))
    assert left_in(folder) == []


def test_nothing_is_left_of_an_upload_whose_row_did_not_fit(folder, stranger, monkeypatch):
    def full(*_words, **_more):
        raise DatabaseError("disk is full")

    monkeypatch.setattr(StoredFile, "save", full)
    with pytest.raises(DatabaseError):
        store_file(sample_files.upload("report.pdf", sample_files.pdf()), by=stranger)
    assert left_in(folder) == []


# --- what operators call --------------------------------------------------------------------------------


def test_files_are_compared_after_a_restore(folder, stranger, capsys):
    kept = [store_file(sample_files.upload("report.pdf", sample_files.pdf()), by=stranger) for _time in range(3)]
    call_command("check_files")
    assert capsys.readouterr().out == "All files are there, as they came.\n"
    os.remove(kept[0].file.path)
    (folder / kept[1].file.name).write_bytes(b"cut off")
    with pytest.raises(CommandError, match="2 files are missing"):
        call_command("check_files")
    said = capsys.readouterr().err
    assert f"{kept[0].file.name} (report.pdf): cannot be read: No such file" in said
    assert f"{kept[1].file.name} (report.pdf): is not as it came" in said


def test_the_first_coordinator_is_invited_by_a_command(db, capsys):
    platform = factories.global_platform()
    call_command("invite_coordinator", "first@portal.example")
    invitation = SecretariatInvitation.objects.get()
    assert (invitation.platform, invitation.role, invitation.invited_by) == (platform, "coordinator", None)
    assert OutgoingMail.objects.get().address == "first@portal.example"
    with pytest.raises(CommandError, match="still open"):
        call_command("invite_coordinator", "first@portal.example")
    with pytest.raises(CommandError, match="valid"):
        call_command("invite_coordinator", "first")
    with pytest.raises(CommandError, match="no platform nowhere"):
        call_command("invite_coordinator", "first@portal.example", platform="nowhere")


DEPLOY = (ROOT / "docs/deploy.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(set(re.findall(r"manage\.py ([a-z_]+)", DEPLOY))))
def test_every_command_of_the_guide_is_there(name):
    assert name in get_commands()


SWEEPS = sorted(set(re.findall(r"wop-sweep@([a-z_]+)", DEPLOY)))


@pytest.mark.parametrize("name", SWEEPS)
def test_every_sweep_of_the_guide_can_run_for_ever(name):
    assert isinstance(load_command_class(get_commands()[name], name), SweepCommand)


def test_all_sweeps_of_the_guide_are_made_by_one_process():
    assert set(sweep_all.SWEEPS) == {load_command_class(get_commands()[name], name).sweep for name in SWEEPS}


def test_one_process_takes_up_what_a_killed_worker_left(db, stranger, capsys):
    dead_since = timezone.now() - LEASE - timedelta(seconds=1)
    lost = ExportJob.objects.create(kind="csv", language="en", state="working", begun=1, changed_at=dead_since)
    notify("withdrawn", about=factories.global_platform(), key="event", users=[stranger])
    OutgoingMail.objects.update(state="sending", attempts=1, next_try_at=dead_since)
    call_command("sweep_all")
    assert "2 taken up" in capsys.readouterr().out
    assert ExportJob.objects.get(pk=lost.pk).state == "waiting"
    assert OutgoingMail.objects.get().state in {"sent", "obsolete"}
