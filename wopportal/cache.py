"""Redis, and what holds while it cannot be reached: the portal goes on, as if nothing had ever been kept.

Limits are counted in it, so nobody is slowed down meanwhile; what must never be lost lies in the database.
"""

import logging

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import ConnectionError, TimeoutError

logger = logging.getLogger(__name__)
TIMEOUTS = {"socket_connect_timeout": 1, "socket_timeout": 1}
"""Seconds."""


class PatientClient(RedisCacheClient):
    def add(self, key, value, timeout):
        return _unless_away(True, super().add, key, value, timeout)

    def get(self, key, default):
        return _unless_away(default, super().get, key, default)

    def set(self, key, value, timeout):
        return _unless_away(None, super().set, key, value, timeout)

    def touch(self, key, timeout):
        return _unless_away(False, super().touch, key, timeout)

    def delete(self, key):
        return _unless_away(False, super().delete, key)

    def get_many(self, keys):
        return _unless_away({}, super().get_many, keys)

    def has_key(self, key):
        return _unless_away(False, super().has_key, key)

    def incr(self, key, delta):
        """Raises ValueError for a key that is not there, as every cache does."""
        if (number := _unless_away(None, super().incr, key, delta)) is None:
            raise ValueError(f"Key {key!r} not found.")
        return number

    def set_many(self, data, timeout):
        return _unless_away(None, super().set_many, data, timeout)

    def delete_many(self, keys):
        return _unless_away(None, super().delete_many, keys)

    def clear(self):
        return _unless_away(False, super().clear)


def _unless_away(nothing, ask, *args):
    """``ask(*args)``, or ``nothing`` while the server cannot be reached."""
    try:
        return ask(*args)
    except (ConnectionError, TimeoutError) as error:
        logger.error("The cache cannot be reached: %s", error)
        return nothing


class PatientRedisCache(RedisCache):
    def __init__(self, server, params):
        super().__init__(server, params)
        self._class, self._options = PatientClient, TIMEOUTS | self._options


class PatientFileCache(FileBasedCache):
    """On a disk that is full nothing is kept, and the portal goes on."""

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        try:
            super().set(key, value, timeout, version)
        except OSError as error:
            logger.error("The cache on disk cannot be written to: %s", error)
