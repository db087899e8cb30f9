"""The settings of a portal in which people sign in all the time: the real hasher takes half a second, on purpose.

It still reads the passwords that it wrote (tests/browser/cast.py), so everybody meets it once. In a portal without
these settings (``guarded``) there is no other.
"""

from wopportal.settings import *  # noqa: F403

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
