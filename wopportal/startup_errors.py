"""What operators are told when the portal cannot work: one line in words instead of a traceback."""

import errno

from botocore.exceptions import BotoCoreError, ClientError
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, InterfaceError, OperationalError

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
    "unable to open": "its file cannot be opened. Run it as the user of the portal, who owns the folder of WOP_VAR_DIR",
    "no such table": "its tables are missing. Run manage.py migrate",
    "FATAL: role": "it does not know that user or password. Look at DATABASE_URL",
    "does not exist": "the database, table or column is missing. Create the database, then run manage.py migrate",
    "authentication failed": "it does not know that user or password. Look at DATABASE_URL",
    "": "it does not answer. Is it running, and does DATABASE_URL say where",
}
DAMAGED = {
    "permission denied": "its user may not do this. Make the user that DATABASE_URL names the owner of the database",
    "not a database": "its file holds something else. Look at DATABASE_URL, or restore a backup",
    "malformed": "its file is damaged. Restore a backup",
}
"""What a database says that answers and still is of no use, in whatever kind of error."""


def in_words(error):
    """The line for ``error``, or None when it is nothing that an operator could mend."""
    if isinstance(error, KeyboardInterrupt):
        return "Stopped."
    if isinstance(error, ImproperlyConfigured):
        return str(error)
    if isinstance(error, OSError) and error.errno in DISK:
        return f"{error.filename or 'A file'} could not be written: {DISK[error.errno]}."
    if isinstance(error, BotoCoreError | ClientError):
        keys = "S3_BUCKET, S3_ENDPOINT_URL, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
        return f"The place of files cannot be used. Look at {keys}. It said: {_in_one_line(error)}"
    return _of_database(error) if isinstance(error, DatabaseError | InterfaceError) else None


def _of_database(error):
    said, meanings = _in_one_line(error), dict(DAMAGED)
    if isinstance(error, OperationalError | InterfaceError):
        meanings |= DATABASE
    meaning = next((words for sign, words in meanings.items() if sign in said), None)
    return meaning and f"The database cannot be used: {meaning}. It said: {said}"


def _in_one_line(error):
    return " ".join(str(error).split())
