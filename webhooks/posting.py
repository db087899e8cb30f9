"""One POST to one receiver: to addresses that were checked, within a time that holds for all of it, redirected nowhere.

The standard library does it: no proxy of the environment, no second attempt, no cookie, nothing that follows a link.
"""

import http.client
import socket
import ssl
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from webhooks.allowed_addresses import PORTS, sockets_of
from webhooks.delivery_errors import Problem, UndeliveredError

SECONDS = 10
"""For everything together: looking the name up, connecting, sending and the answer."""
MOST = 64 * 1024
"""Bytes of an answer that are read."""
KEPT = 500
"""Characters of an answer that are kept."""


@dataclass(frozen=True)
class Answer:
    code: int
    text: str


def post(target, *, body, headers, seconds=SECONDS):
    """The Answer of ``target`` (a Target) to ``body`` (bytes), whatever its code; else UndeliveredError."""
    connection = _Connection(target, seconds)
    try:
        with connection.at_most():
            connection.request("POST", target.path, body=body, headers=headers)
            with connection.getresponse() as response:
                if connection.is_late:  # cut off in the middle of the headers, which looks like their end
                    raise UndeliveredError(Problem.SLOW)
                return Answer(response.status, _beginning_of(response))
    except (OSError, http.client.HTTPException) as error:
        raise _undelivered(error, connection.is_late) from error
    finally:
        connection.close()


def _beginning_of(response):
    """The code has said whether it was taken: a text that breaks off or does not end is no failure."""
    try:
        text = response.read(MOST)
    except (OSError, http.client.HTTPException):
        return ""
    return text.decode(errors="replace").replace("\0", "")[:KEPT]


def _undelivered(error, is_late):
    if is_late or isinstance(error, TimeoutError):
        return UndeliveredError(Problem.SLOW)
    if isinstance(error, ssl.SSLCertVerificationError):
        return UndeliveredError(Problem.UNTRUSTED, error.verify_message)
    if isinstance(error, http.client.HTTPException):
        return UndeliveredError(Problem.UNREADABLE, type(error).__name__)
    return UndeliveredError(Problem.UNREACHABLE, error.strerror or type(error).__name__)


class _Connection(http.client.HTTPConnection):
    """Looks the name up itself and connects to nothing but the IP addresses that were found to be allowed."""

    def __init__(self, target, seconds):
        super().__init__(target.host, target.port, timeout=seconds)
        self.default_port = PORTS[target.scheme]
        self.is_late = False
        self._target = target
        self._ends = time.monotonic() + seconds
        self._handle = None

    def connect(self):
        self.sock = self._reach(sockets_of(self._target, seconds=self._left()))
        # A timeout of a socket holds for each step alone; a receiver that sends byte after byte would never end.
        self._handle = self.sock.dup()
        if self._target.scheme == "https":
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)

    def _reach(self, places):
        """A socket that is connected to the first of ``places`` that answers in its share of the time."""
        for number, (family, place) in enumerate(places):
            found = socket.socket(family, socket.SOCK_STREAM)
            found.settimeout(self._left() / (len(places) - number))
            try:
                found.connect(place)
            except OSError:
                found.close()
                if number + 1 == len(places):
                    raise
            else:
                found.settimeout(self._left())
                return found

    def _left(self):
        """Seconds; never 0, which would mean no limit."""
        return max(self._ends - time.monotonic(), 0.001)

    @contextmanager
    def at_most(self):
        """Whatever happens inside ends in time: then the connection is cut under it."""
        timer = threading.Timer(self._left(), self._cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            if self._handle:
                self._handle.close()

    def _cut(self):
        self.is_late = True
        if self._handle:
            with suppress(OSError):
                self._handle.shutdown(socket.SHUT_RDWR)
