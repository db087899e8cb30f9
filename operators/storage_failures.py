"""Files that are sent: where there is no room for one, its person is told, and the other words of the form go on."""

import logging
from contextlib import contextmanager, suppress

from botocore.exceptions import BotoCoreError, ClientError
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.utils.translation import gettext as _

STORAGE_FAILURES = (OSError, BotoCoreError, ClientError)
NO_ROOM = "storage"
"""The code of what is said then: 503 for programs and pages alike."""
log = logging.getLogger(__name__)


def not_kept():
    """The ValidationError for whoever sent a file for which there is no room now."""
    return ValidationError(
        _("The file could not be kept just now; what you typed is still here. Try again in a few minutes."),
        code=NO_ROOM,
    )


@contextmanager
def kept_whole():
    """What is stored inside is stored whole; else a line for the operator, and a ValidationError for the person."""
    try:
        yield
    except STORAGE_FAILURES as error:
        log.error("An upload could not be stored: %s. Look at the place of files (manage.py check_services).", error)
        raise not_kept() from error


class UnkeptFile(UploadedFile):
    """Has the name and size of a file that could not be received; who wants to read it is told so."""

    def read(self, *_words):
        raise not_kept()

    seek = chunks = read


class PatientHandler(TemporaryFileUploadHandler):
    """As Django's own, but a disk that is full costs the file alone and not the form around it."""

    def new_file(self, *words, **more):
        self.__dict__.pop("file", None)  # the one before, which belongs to its request by now
        with self._room():
            super().new_file(*words, **more)

    def receive_data_chunk(self, raw_data, start):
        if hasattr(self, "file"):
            with self._room():
                super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size):
        if hasattr(self, "file"):
            with self._room():
                return super().file_complete(file_size)
        return UnkeptFile(ContentFile(b""), self.file_name, self.content_type, file_size)

    @contextmanager
    def _room(self):
        try:
            yield
        except OSError as error:
            log.error("An upload could not be received: %s. Make room in the folder of TMPDIR.", error)
            with suppress(OSError, AttributeError):  # it was not even made
                self.__dict__.pop("file", None).close()
