import signal
import threading

from django.core.management import BaseCommand
from django.db import close_old_connections

from notices.sending import sweep


class Command(BaseCommand):
    help = "Sends the mails that are due, once or again and again: what the tasks of the worker have missed."

    def add_arguments(self, parser):
        parser.add_argument("--loop", type=int, metavar="SECONDS", help="sweep again after so many seconds, for ever")

    def handle(self, *, loop, **options):
        """SIGTERM and Ctrl-C wait for the mail that is being handed over."""
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT) if loop else ():
            signal.signal(number, lambda *_: stop.set())
        while not stop.is_set():
            sent = sweep(stopping=stop.is_set).sent
            if sent or not loop:
                self.stdout.write(f"{sent} sent")
            if not loop:
                return
            stop.wait(loop)
            close_old_connections()  # one that broke meanwhile, as before every request
