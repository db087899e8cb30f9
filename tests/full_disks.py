"""A disk that is full, for everybody who runs the tests."""

import resource
from contextlib import contextmanager


@contextmanager
def full_after(number):
    """No file may grow beyond so many bytes, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (number, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def left_in(folder):
    return [path for path in folder.rglob("*") if path.is_file()]
