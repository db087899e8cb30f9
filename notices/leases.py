"""Work that somebody has taken is theirs while they give signs of life: who died loses it within a minute."""

import logging
import threading
from contextlib import contextmanager
from datetime import timedelta

from django.db import DatabaseError, connections
from django.utils import timezone

LEASE = timedelta(seconds=60)
BEAT = 10
"""Seconds between two signs of life."""
logger = logging.getLogger(__name__)


def lost_before():
    """Who gave no sign of life since then has died."""
    return timezone.now() - LEASE


@contextmanager
def signs_of_life(renew):
    """Call ``renew()`` every few seconds, in a thread of its own, while the work inside goes on."""
    over = threading.Event()
    thread = threading.Thread(target=_beat, args=(renew, over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _beat(renew, over):
    while not over.wait(BEAT):
        try:
            renew()
        except DatabaseError as error:  # the next one may reach it again
            logger.warning("A sign of life could not be given: %r", error)
        finally:
            connections.close_all()
