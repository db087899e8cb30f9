"""Commands that do once, or again and again, what the tasks of the worker have missed."""

import signal
import threading

from django.core.management import BaseCommand
from django.db import close_old_connections


class SweepCommand(BaseCommand):
    """``sweep(stopping=...)`` of the subclass answers how many it has ``sent``."""

    sweep = None

    def add_arguments(self, parser):
        parser.add_argument("--loop", type=int, metavar="SECONDS", help="sweep again after so many seconds, for ever")

    def handle(self, *, loop, **options):
        """SIGTERM and Ctrl-C wait for what is being handed over."""
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT) if loop else ():
            signal.signal(number, lambda *_: stop.set())
        while not stop.is_set():
            sent = self.sweep(stopping=stop.is_set).sent
            if sent or not loop:
                self.stdout.write(f"{sent} sent")
            if not loop:
                return
            stop.wait(loop)
            close_old_connections()  # one that broke meanwhile, as before every request
