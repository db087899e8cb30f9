"""Programs that are killed at the worst moments: nothing stays behind, nothing is done twice, and people are told.

Each runs on a database and in a folder of its own, is ended by SIGKILL, and somebody else goes on a minute later.
"""

import json
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing

import pytest
from aiosmtpd.controller import Controller
from django.db import connection

from tests.copies import ROOT, without_settings
from tests.notices.conftest import Catcher, free_port
from tests.webhooks.conftest import Receiver

BEGIN = "import json, os, signal, sys\n"
GIVES_BIRTH = """
import json, os, sys, django
django.setup()
from django.urls import get_resolver
from tests import factories
get_resolver().url_patterns
for line in sys.stdin:
    program, words, written = json.loads(line)
    if not (child := os.fork()):
        for stream in (1, 2):
            os.dup2(os.open(f"{written}.{stream}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC), stream)
        sys.argv[1:] = words
        exec(program, {})
        sys.exit()
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
DIE = "def die(*_words, **_more): os.kill(os.getpid(), signal.SIGKILL)\n"
A_MINUTE_LATER = (
    BEGIN
    + """
from datetime import timedelta
from django.db.models import F
from notices.models import OutgoingMail
from exports.models import ExportJob
from webhooks.models import Delivery
minute = timedelta(seconds=61)
OutgoingMail.objects.update(next_try_at=F("next_try_at") - minute)
Delivery.objects.update(next_try_at=F("next_try_at") - minute)
ExportJob.objects.update(changed_at=F("changed_at") - minute)
"""
)
TOLD = (
    BEGIN
    + """
from notices.services import notify
from tests import factories
factories.UserFactory(email="support@portal.example", is_superuser=True, is_staff=True)
people = factories.UserFactory.create_batch(3)
notify("withdrawn", about=factories.PlatformFactory(), key="event", users=people)
"""
)
SENDS = (
    BEGIN
    + DIE
    + """
from django.core.mail.backends.smtp import EmailBackend
from django.core.management import call_command
from notices import sending
send = EmailBackend.send_messages
def send_and_die(backend, messages):
    send(backend, messages)
    die()
where = sys.argv[1]
if where == "claimed": sending.letter = die
if where == "connected": sending._note_hand_over = die
if where == "handed over": EmailBackend.send_messages = die
if where == "taken": EmailBackend.send_messages = send_and_die
call_command("send_mails")
"""
)
ORDERED = (
    BEGIN
    + """
from django.conf import settings
from django.test import Client
from tests import factories
settings.EXPORT_AT_ONCE = 0
for _time in range(3): factories.published_version()
client = Client()
client.force_login(factories.UserFactory(email="asks@utility.example"))
print(json.dumps(client.get("/api/v1/partnerships.xlsx").json()))
"""
)
WORKS = (
    BEGIN
    + DIE
    + """
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from exports import build
note = build._note
def note_and_die(job, **fields):
    note(job, **fields)
    if fields.get("done"): die()
where = sys.argv[1]
if where == "begun": build._make_file = die
if where == "half written": build._note = note_and_die
if where == "written": FileSystemStorage.save = die
if where == "stored": build._hand_over = die
call_command("db_worker", batch=True, startup_delay=False, verbosity=0, reload=False)
"""
)
PUBLISHED = (
    BEGIN
    + """
from tests import factories
from webhooks.services import make_webhook
platform = factories.global_platform()
by = factories.SecretariatMemberFactory(platform=platform, role="coordinator").user
make_webhook(platform, by=by, url=sys.argv[1], events=["published"])
factories.published_version(title="Less water lost")
"""
)
DELIVERS = (
    BEGIN
    + DIE
    + """
from django.core.management import call_command
from webhooks import posting, sending
post = sending.post
def post_and_die(*words, **more):
    post(*words, **more)
    die()
where = sys.argv[1]
if where == "claimed": sending.payload_of = die
if where == "connected": posting._Connection.request = die
if where == "handed over": posting._Connection.getresponse = die
if where == "taken": sending.post = post_and_die
call_command("db_worker", batch=True, startup_delay=False, verbosity=0, reload=False)
"""
)
SWEEPS = "from django.core.management import call_command; call_command(sys.argv[1])\n"
STATE = (
    BEGIN
    + """
from notices.models import OutgoingMail
from exports.models import ExportJob
from webhooks.models import Delivery
mails = list(OutgoingMail.objects.order_by("pk").values_list("kind", "state"))
deliveries = [[str(one.pk), one.state, one.attempts, one.problem] for one in Delivery.objects.all()]
print(json.dumps([mails, list(ExportJob.objects.values_list("state", "done")), deliveries]))
"""
)


@pytest.fixture
def post():
    """A mail server on this machine."""
    catcher = Catcher()
    controller = Controller(catcher, hostname="127.0.0.1", port=free_port())
    controller.start()
    catcher.port = controller.port
    yield catcher
    controller.stop()


@pytest.fixture
def portal(tmp_path, django_db_setup, django_db_blocker, post):
    """Runs a program as part of a new portal; gives what it wrote, and None when it was killed."""
    file, written = tmp_path / "portal.sqlite3", tmp_path / "written"
    environment = without_settings() | {
        "DJANGO_SETTINGS_MODULE": "wopportal.settings",
        "DATABASE_URL": f"sqlite:///{file}",
        "WOP_VAR_DIR": str(tmp_path / "var"),
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(post.port),
        "HTTPS": "off",
        "ALLOWED_HOSTS": "testserver",
    }
    mothers = {}

    def run(program, *words, **more):
        settings = tuple(more.items())
        mother = mothers[settings] = mothers.get(settings) or _mother(environment | more)
        print(json.dumps([program, words, str(written)]), file=mother.stdin, flush=True)
        code = int(mother.stdout.readline())
        assert code in {0, -signal.SIGKILL}, written.with_suffix(".2").read_text()
        return written.with_suffix(".1").read_text() if code == 0 else None

    if connection.vendor == "sqlite":
        with django_db_blocker.unblock(), closing(sqlite3.connect(file)) as target:
            connection.ensure_connection()
            connection.connection.backup(target)
    else:
        run(BEGIN + "from django.core.management import call_command as c; c('migrate', verbosity=0); c('load_terms');"
            "c('load_countries')")  # fmt: skip
    yield run
    for mother in mothers.values():
        mother.communicate()


def _mother(environment):
    """A process that has imported the portal; for each line it gives birth to one that carries a program out."""
    command, pipe = [sys.executable, "-c", GIVES_BIRTH], subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, text=True)


@pytest.mark.parametrize("where", [pytest.param("claimed", marks=pytest.mark.whole), "connected"])
def test_a_mail_whose_sender_is_killed_before_it_is_handed_over_arrives(portal, post, where):
    portal(TOLD)
    assert portal(SENDS, where) is None
    assert post.mails == []
    portal(SENDS, "")
    assert len(post.mails) == 2
    portal(A_MINUTE_LATER)
    portal(SENDS, "")
    assert sorted(mail["To"] for mail in post.mails) == sorted({mail["To"] for mail in post.mails})
    assert len(post.mails) == 3
    assert json.loads(portal(STATE))[0] == [["withdrawn", "sent"]] * 3


@pytest.mark.parametrize(("where", "arrived"), [pytest.param("handed over", 0, marks=pytest.mark.whole), ("taken", 1)])
def test_a_mail_whose_sender_is_killed_while_it_is_handed_over_is_told_to_support(portal, post, where, arrived):
    portal(TOLD)
    assert portal(SENDS, where) is None
    assert len(post.mails) == arrived
    portal(A_MINUTE_LATER)
    portal(SENDS, "")
    states = json.loads(portal(STATE))[0]
    assert sorted(states) == [["mail-unconfirmed", "sent"], ["withdrawn", "failed"], *[["withdrawn", "sent"]] * 2]
    assert len(post.mails) == arrived + 3
    assert [mail["To"] for mail in post.mails].count("support@portal.example") == 1


@pytest.mark.parametrize(
    "where",
    ["half written", *(pytest.param(where, marks=pytest.mark.whole) for where in ("begun", "written", "stored"))],
)
def test_a_download_whose_worker_is_killed_is_made_by_the_next(portal, post, where):
    order = json.loads(portal(ORDERED))
    assert order["state"] == "waiting"
    assert portal(WORKS, where) is None
    assert json.loads(portal(STATE))[1][0][0] == "working"
    portal(A_MINUTE_LATER + SWEEPS, "resume_exports")
    portal(WORKS, "")
    assert json.loads(portal(STATE))[1] == [["ready", 3]]
    assert [mail["To"] for mail in post.mails] == ["asks@utility.example"]


@pytest.mark.whole
def test_a_download_that_kills_every_worker_is_given_up_and_told(portal, post):
    portal(ORDERED)
    for _time in range(3):
        assert portal(WORKS, "begun") is None
        portal(A_MINUTE_LATER + SWEEPS, "resume_exports")
    portal(WORKS, "")
    assert json.loads(portal(STATE))[1][0][0] == "failed"
    [letter] = post.mails
    assert (letter["To"], "could not be made" in letter["Subject"]) == ("asks@utility.example", True)


@pytest.fixture
def receiver():
    """A server that is told what is published: a demonstration tells this machine, and without TLS."""
    with Receiver("127.0.0.1") as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield server
        server.shutdown()


def ids_at(receiver):
    return [headers["webhook-id"] for _path, headers, _body in receiver.requests]


@pytest.mark.parametrize(
    ("where", "arrived"),
    [
        ("claimed", 0),
        pytest.param("connected", 0, marks=pytest.mark.whole),
        pytest.param("handed over", 1, marks=pytest.mark.whole),
        ("taken", 1),
    ],
)
def test_a_delivery_whose_worker_is_killed_is_made_by_the_next_under_the_same_id(portal, receiver, where, arrived):
    """At least once: nobody knows what became of one that was handed over, and its id lets the receiver drop it."""
    demo = {"WOP_DEMO": "1", "ALLOWED_HOSTS": ""}
    portal(PUBLISHED, f"http://127.0.0.1:{receiver.port}/wops", **demo)
    assert portal(DELIVERS, where, **demo) is None
    portal(BEGIN + SWEEPS, "send_webhooks", **demo)
    assert len(receiver.requests) == arrived
    portal(A_MINUTE_LATER + SWEEPS, "send_webhooks", **demo)
    portal(DELIVERS, "", **demo)
    [[number, *state]] = json.loads(portal(STATE, **demo))[2]
    assert ids_at(receiver) == [number] * (arrived + 1)
    assert state == ["sent", 2, ""]
