"""Commands that do once, or again and again, what the tasks of the worker have missed."""

import logging
import signal
import threading

from django.core.management import BaseCommand
from django.db import InterfaceError, OperationalError, close_old_connections, connections

UNREACHABLE = (OperationalError, InterfaceError)
"""What a database raises that is being started again."""
PATIENCE = 5
"""Seconds until it is asked again."""
logger = logging.getLogger(__name__)


class SweepCommand(BaseCommand):
    """``sweep(stopping=...)`` of the subclass answers how many it has ``sent``; ``word`` says what that means."""

    sweep = None
    word = "sent"

    def add_arguments(self, parser):
        parser.add_argument("--loop", type=int, metavar="SECONDS", help="sweep again after so many seconds, for ever")

    def handle(self, *, loop, **options):
        """SIGTERM and Ctrl-C wait for what is being handed over."""
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT) if loop else ():
            signal.signal(number, lambda *_: stop.set())
        while not stop.is_set():
            stop.wait(self._once(stop, loop))
            if not loop:
                return
            close_old_connections()  # one that broke meanwhile, as before every request

    def _once(self, stop, loop):
        """Sweep, and answer after how many seconds the next time comes."""
        try:
            sent = self.sweep(stopping=stop.is_set).sent
        except UNREACHABLE as error:
            if not loop:
                raise
            wait_for_database(error)
            return PATIENCE
        if sent or not loop:
            self.stdout.write(f"{sent} {self.word}")
        return loop or 0


def wait_for_database(error):
    """Let go of connections that are broken, so that the next question opens new ones."""
    logger.warning("The database does not answer (%s); it is asked again in %s seconds", error, PATIENCE)
    connections.close_all()
