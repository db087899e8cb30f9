"""A Redis of its own for the tests that need one, on a socket in a folder of theirs."""

import subprocess
import time
from contextlib import contextmanager

from redis import Redis
from redis.exceptions import ConnectionError


@contextmanager
def redis_server(folder):
    """Runs within the block and answers from its beginning; gives its address."""
    socket = folder / "redis.sock"
    command = ["redis-server", "--port", "0", "--unixsocket", socket, "--save", "", "--dir", folder]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            while process.poll() is None and not _answers(socket):
                time.sleep(0.01)
            yield f"unix://{socket}"
        finally:
            process.terminate()


def _answers(socket):
    """The socket is there a moment before anybody listens at it."""
    with Redis(unix_socket_path=str(socket)) as client:
        try:
            return client.ping()
        except ConnectionError:
            return False
