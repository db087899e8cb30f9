"""How gunicorn serves a real portal: ``gunicorn --config wopportal/serving.py wopportal.wsgi`` (docs/deploy.md).

Options of the command line come before these. On HUP the workers are replaced one by one, with new code and settings,
while the door stays open: so nothing here may read the settings into the main process.
"""

import os
import signal
import socket
import subprocess
import sys

bind = "127.0.0.1:8000"
workers = os.cpu_count() or 1
threads = 4
control_socket_disable = True
graceful_timeout = 30
loglevel = "warning"


def on_starting(server):
    """Say in words why it cannot start, before a worker tries."""
    handed_over = "LISTEN_FDS" in os.environ  # by systemd, which has opened the door itself
    for address in () if handed_over else server.cfg.address:
        if isinstance(address, tuple) and (reason := reason_against(*address)):
            say_and_end("{}:{} cannot be used: {}".format(*address, reason))
    check = [sys.executable, "manage.py", "check", "--tag", "security"]
    if subprocess.run(check, stdout=subprocess.DEVNULL, check=False).returncode:  # noqa: S603
        sys.exit(1)


def reason_against(host, port):
    """Why nobody can listen there, "" when one can."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return error.strerror
    return ""


def say_and_end(reason):
    print(f"{reason}. Is the portal running already? Stop it, or choose another door with --bind.", file=sys.stderr)
    sys.exit(1)


def post_worker_init(worker):
    """Leave Ctrl-C to the main process: a worker told twice to stop can hang until it is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
