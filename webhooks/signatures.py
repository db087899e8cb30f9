"""Signatures of deliveries, and how secrets are kept.

Names and form follow the open specification Standard Webhooks (standardwebhooks.com), so that its ready-made libraries
verify them: HMAC-SHA256 over ``id.timestamp.body``.
"""

import base64
import hashlib
import hmac
import secrets

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

from webhooks.delivery_errors import Problem, UndeliveredError

PREFIX = "whsec_"
SIZE = 32  # bytes
SALT = "webhooks.secret"


def new_secret():
    """As it is handed to the receiver, once."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SIZE)).decode()


def signature(secret, message_id, timestamp, body):
    """``v1,…`` of ``body`` (bytes) sent at ``timestamp`` (seconds since 1970)."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    key = base64.b64decode(secret.removeprefix(PREFIX))
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()


def headers(message_id, timestamp, body, usable):
    """What tells the receiver that ``body`` is ours, signed by each of the secrets ``usable``."""
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signature(secret, message_id, timestamp, body) for secret in usable),
    }


def sealed(secret):
    """``secret`` as it is stored: of no use to who has the database without ``SECRET_KEY``."""
    return _box().encrypt(secret.encode()).decode()


def opened(stored):
    """The secret again; UndeliveredError when ``SECRET_KEY`` has changed since."""
    try:
        return _box().decrypt(stored.encode()).decode()
    except InvalidToken as error:
        raise UndeliveredError(Problem.NO_SECRET) from error


def _box():
    return MultiFernet([Fernet(_key(secret)) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret):
    return base64.urlsafe_b64encode(salted_hmac(SALT, "", secret=secret, algorithm="sha256").digest())
