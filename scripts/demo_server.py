"""How gunicorn serves `make run`; docs/deploy.md has the command for a real installation."""

import os
import signal

bind = f"127.0.0.1:{os.environ['PORT']}"
workers = 2
threads = 4
loglevel = "error"
control_socket_disable = True


def when_ready(server):
    """Say the address once it can be opened."""
    print(f"\n{os.environ['WELCOME']}", flush=True)


def post_worker_init(worker):
    """Leave Ctrl-C to the main process: a worker told twice to stop can hang until it is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
