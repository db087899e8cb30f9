"""How gunicorn serves `make run`, with the worker beside it; docs/deploy.md has the commands for a real portal."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time

from django.urls import get_resolver

from wopportal import serving

post_worker_init = serving.post_worker_init
bind = f"127.0.0.1:{os.environ['PORT']}"
workers = 2
threads = 4
preload_app = True  # imported once for both workers
loglevel = "error"
control_socket_disable = True
PR_SET_PDEATHSIG = 1
BACKGROUND = (
    ("db_worker", "--verbosity", "0", "--skip-checks", "--no-reload"),
    ("sweep_all", "--verbosity", "0", "--skip-checks", "--loop", "20"),
)
"""What works beside the server, as words for manage.py."""
PAUSE = 2
"""Seconds between two looks whether they are still there."""


def on_starting(server):
    """The pages too: Django leaves them to the first request of each worker."""
    get_resolver().url_patterns  # noqa: B018 (read to be imported)


def when_ready(server):
    """Say the address once it can be opened; from then on there may be mails to send."""
    server.background, server.changing = [_started(words) for words in BACKGROUND], threading.Lock()
    threading.Thread(target=_watch_over, args=(server,), daemon=True).start()
    print(f"\n{os.environ['WELCOME']}", flush=True)


def _watch_over(server):
    """Start again what ended by itself or was killed; what it had begun is taken up a minute later.

    This thread never ends: to the system it is the parent of what it has started, which would be told to stop with it.
    """
    while True:
        time.sleep(PAUSE)
        with server.changing:
            for place, process in enumerate(server.background):
                if process.poll() is not None:
                    server.background[place] = _started(BACKGROUND[place])
                    server.log.error("%s had ended unexpectedly and was started again", BACKGROUND[place][0])


def _started(words):
    """In a session of its own: it is told to stop once, by on_exit, and not by Ctrl-C as well."""
    command = [sys.executable, "manage.py", *words]
    return subprocess.Popen(command, start_new_session=True, preexec_fn=_die_with_parent)  # noqa: S603


def _die_with_parent():
    """Where the system can: not even a server that was killed leaves its worker behind."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def on_exit(server):
    """The worker ends the mail that it is handing over, then goes."""
    server.changing.acquire()  # and never released: nothing is started any more
    for process in server.background:
        process.terminate()
    for process in server.background:
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
