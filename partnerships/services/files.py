"""Files of an entry: stored once, attached to drafts, removed when no version points to them any more.

Bytes come before their row and go after it, so that a row without its file cannot be; what a crash leaves
between the two is found by ``remove_strays``.
"""

import hashlib
import logging
import secrets
from collections.abc import Iterator
from datetime import timedelta
from pathlib import PurePath
from typing import TypeVar
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from accounts.models import User
from operators.storage_failures import STORAGE_FAILURES, kept_whole
from partnerships.models import StoredFile
from partnerships.models.base import Version
from partnerships.services.drafting import save_draft
from partnerships.uploads import Checked, check_upload
from vocabularies.clean_text import cleaned

AnyVersion = TypeVar("AnyVersion", bound=Version)

KEPT_FOR = timedelta(days=1)
"""How long an upload waits for its form to be sent again."""
FOLDER = "attachments"
STATED = ("stated_type", "stated_size")

log = logging.getLogger(__name__)
signer = TimestampSigner(salt="kept upload")


def store_file(upload: UploadedFile | Checked, *, by: User) -> StoredFile:
    """Check ``upload`` (an UploadedFile, or what ``check_upload`` made of it) and keep it; returns the StoredFile.

    It belongs to no entry yet. Its place in the storage is a random name that says nothing.
    Raises ValidationError as ``check_upload`` does, and with code ``storage`` when nothing can be kept now.
    """
    checked = upload if isinstance(upload, Checked) else check_upload(upload)
    stored = StoredFile(
        name=cleaned(checked.name),
        size=len(checked.content),
        media_type=checked.media_type,
        sha256=hashlib.sha256(checked.content).hexdigest(),
        uploaded_by=by,
    )
    place = secrets.token_urlsafe(24) + PurePath(checked.name).suffix.lower()
    with kept_whole():
        stored.file.save(place, ContentFile(checked.content), save=False)
    try:
        stored.save()
    except Exception:
        _delete_bytes(stored.file.name)
        raise
    return stored


def ticket_of(stored: StoredFile, *, by: User) -> str:
    """A signed word for a hidden field: ``by`` has uploaded this file and not yet saved the form."""
    return signer.sign_object([stored.pk, by.pk])


def kept_upload(ticket: str | None, *, by: User) -> StoredFile | None:
    """The StoredFile of ``ticket_of``; None when the ticket is another person's, too old or none at all."""
    try:
        pk, owner = signer.unsign_object(ticket or "", max_age=KEPT_FOR)
    except (BadSignature, ValueError, TypeError):
        return None
    return StoredFile.objects.filter(pk=pk, uploaded_by=by.pk).first() if owner == by.pk else None


def attach(
    version: AnyVersion, *, by: User, revision: int, stored: StoredFile | None = None, **words: str
) -> AnyVersion:
    """Add ``stored``, or without it a reference to a file that is not held here, to a draft; returns the draft.

    ``words``: description, language, and of a reference stated_type, stated_size and url.
    """
    return _save(version, [*_rows(version), {"stored_file": stored, **_fitting(words, stored)}], by, revision)


def change_attachment(version: AnyVersion, key: UUID | str, *, by: User, revision: int, **values: object) -> AnyVersion:
    """Change the words of one attachment or replace its file (``stored_file``); returns the draft.

    The file that was there stays for the versions that show it.
    """
    values = _fitting(values, values.get("stored_file"))
    rows = [row | (values if row["key"] == str(key) else {}) for row in _rows(version)]
    return _save(version, rows, by, revision)


def _fitting(words, stored):
    """A file that is held tells its type and size itself."""
    return words | dict.fromkeys(STATED, "") if stored else words


def remove_attachment(version: AnyVersion, key: UUID | str, *, by: User, revision: int) -> AnyVersion:
    """Take one attachment out of a draft; returns the draft."""
    saved = _save(version, [row for row in _rows(version) if row["key"] != str(key)], by, revision)
    remove_orphans()
    return saved


def _rows(version):
    """All attachments of a draft as ``save_draft`` takes them, unchanged."""
    return [{"key": str(key)} for key in version.attachments.values_list("key", flat=True)]


def _save(version, rows, by, revision):
    return save_draft(version, by=by, revision=revision, rows={"attachments": rows})


def remove_orphans() -> int:
    """Delete the files to which no row of any version points; returns how many.

    Uploads younger than KEPT_FOR stay: a form that was not complete may still be sent again.
    """
    rows = {f"{relation.get_accessor_name()}": None for relation in StoredFile._meta.related_objects}
    old = StoredFile.objects.filter(uploaded_at__lt=timezone.now() - KEPT_FOR, **rows)
    return sum(_remove(stored) for stored in old)


def _remove(stored):
    """True when it is gone. A row that came to point to it meanwhile keeps it: the database sees to that."""
    place = stored.file.name
    try:
        stored.delete()
    except ProtectedError:
        return False
    transaction.on_commit(lambda: _delete_bytes(place))
    return True


def _delete_bytes(place):
    try:
        default_storage.delete(place)
    except STORAGE_FAILURES:
        # The row is gone already, so nobody can reach the bytes; the next sweep tries again.
        log.exception("%s could not be deleted", place)


def remove_strays() -> int:
    """Delete stored bytes older than KEPT_FOR that no StoredFile knows; returns how many."""
    known = set(StoredFile.objects.values_list("file", flat=True))
    strays = [place for place in _places() if place not in known and _is_old(place)]
    for place in strays:
        default_storage.delete(place)
    return len(strays)


def damaged_files() -> Iterator[tuple[StoredFile, str]]:
    """(StoredFile, what is wrong) of every upload whose bytes are missing or not those that came."""
    for stored in StoredFile.objects.order_by("pk").iterator():
        try:
            with stored.file.open() as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != stored.sha256:
                    yield stored, "is not as it came"
        except STORAGE_FAILURES as error:
            yield stored, f"cannot be read: {getattr(error, 'strerror', None) or error}"


def _places():
    """The names of everything stored, over the folders of all years."""
    try:
        years, _files = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return
    for year in years:
        for name in default_storage.listdir(f"{FOLDER}/{year}")[1]:
            yield f"{FOLDER}/{year}/{name}"


def _is_old(place):
    return default_storage.get_modified_time(place) < timezone.now() - KEPT_FOR
