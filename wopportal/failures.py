"""What operators are told when the portal cannot work: one line in words instead of a traceback."""

import errno

from django.core.exceptions import ImproperlyConfigured
from django.db import InterfaceError, OperationalError

DISK = {
    errno.ENOSPC: "the disk is full. Make room, then run it again",
    errno.EDQUOT: "the space of this user on the disk is used up. Make room, then run it again",
    errno.EROFS: "the disk can only be read. Mount it for writing, or set WOP_VAR_DIR",
    errno.EACCES: "this user may not. Run it as the user of the portal, who owns the folder of WOP_VAR_DIR",
    errno.EPERM: "this user may not. Run it as the user of the portal, who owns the folder of WOP_VAR_DIR",
}
DATABASE = {
    "disk is full": "its disk is full. Make room, then run it again",
    "readonly database": "it can only be read. Run it as the user of the portal, who owns the folder of WOP_VAR_DIR",
    "no such table": "its tables are missing. Run manage.py migrate",
    "does not exist": "the database, table or column is missing. Create the database, then run manage.py migrate",
    "authentication failed": "it does not know that user or password. Look at DATABASE_URL",
    "": "it does not answer. Is it running, and does DATABASE_URL say where",
}


def in_words(error):
    """The line for ``error``, or None when it is nothing that an operator could mend."""
    if isinstance(error, KeyboardInterrupt):
        return "Stopped."
    if isinstance(error, ImproperlyConfigured):
        return str(error)
    if isinstance(error, OSError) and error.errno in DISK:
        return f"{error.filename or 'A file'} could not be written: {DISK[error.errno]}."
    if isinstance(error, OperationalError | InterfaceError):
        said = " ".join(str(error).split())
        meaning = next(words for sign, words in DATABASE.items() if sign in said)
        return f"The database cannot be used: {meaning}. It said: {said}"
    return None
