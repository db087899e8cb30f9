"""The index of this machine: a folder made from the documents, brought up to date before anybody is answered from it.

It holds nothing that the documents do not say. A folder that is missing, broken, of another form or of another
database is made anew, so that a process may die at any moment.
"""

import fcntl
import os
import shutil
import threading
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from tantivy import Document, Index, Query

from search.fields import AMOUNTS, FORM, NUMBERS, SCHEMA, SORTED, TERMS, TIERS, stems_in, words_in
from search.models import Document as Written
from search.models import Stamp
from search.services import latest_stamp
from search.words import stem

STATE = "state"
"""The id of the one document that says up to which stamp the index has read."""
MEMORY = 15_000_000
"""Bytes for the writer: the least that it takes."""
READ_AT_ONCE = 1_000


def searcher():
    """A reader of all that was published before this moment."""
    return read()[0]


def read():
    """The same, with the stamp of what it knows."""
    stamp = latest_stamp()
    return _here().up_to(stamp), str(stamp)


def start_anew():
    """Make the index of this machine from the documents as if there were none."""
    _here().start_anew(latest_stamp())


class LocalIndex:
    """The index as one process has it open."""

    def __init__(self, folder):
        self.folder = folder
        self.lock = threading.Lock()
        self.index = self.state = None

    def up_to(self, stamp):
        """A searcher that knows everything up to ``stamp``."""
        if self.state != str(stamp):
            with self.lock, self._alone_on_this_machine():
                self._catch_up(stamp)
        return self.index.searcher()

    def start_anew(self, stamp):
        with self.lock, self._alone_on_this_machine():
            self._open()
            self._write(None, stamp)
            self.state = str(stamp)

    def _catch_up(self, stamp):
        self.state = self._open()
        known = _known(self.state)
        if known < stamp.number:  # else another thread or process was faster
            self._write(Written.objects.filter(stamp__gt=known) if known else None, stamp)
            self.state = str(stamp)

    def _open(self):
        """What the index says that it has read, as others may have written it since; "" for one that is empty."""
        try:
            if self.index is None:
                self.index = Index(SCHEMA, str(self.folder) if self.folder else None)
                self.index.config_reader("manual")
            self.index.reload()
            return _state_of(self.index.searcher())
        except (ValueError, OSError):  # nothing in it is of any worth that cannot be made anew
            self.index = None
            shutil.rmtree(self.folder)
            self.folder.mkdir()
            return self._open()

    def _write(self, documents, stamp):
        """``documents``: those that changed, None for all of them."""
        writer = self.index.writer(MEMORY, 1)
        if documents is None:
            writer.delete_all_documents()
            documents = Written.objects.exclude(data=None)
        for document in documents.order_by("pk").iterator(chunk_size=READ_AT_ONCE):
            writer.delete_documents_by_term("id", document.name)
            if document.data:
                writer.add_document(_entered(document))
        writer.delete_documents_by_term("id", STATE)
        writer.add_document(Document(id=STATE, state=str(stamp)))
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()

    @contextmanager
    def _alone_on_this_machine(self):
        """The writer of tantivy never waits: whoever comes second does it here."""
        if not self.folder:
            yield
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder.parent / f"{self.folder.name}.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


_indexes = {}


def _here():
    """That of this process: none may use what was opened before it forked."""
    opened = os.getpid(), settings.SEARCH_FOLDER
    if opened not in _indexes:
        _indexes[opened] = LocalIndex(Path(settings.SEARCH_FOLDER) / FORM if settings.SEARCH_FOLDER else None)
    return _indexes[opened]


def _state_of(reader):
    hits = reader.search(Query.term_query(SCHEMA, "id", STATE), 1).hits
    return reader.doc(hits[0][1]).get_first("state") if hits else ""


def _known(state):
    """The number of a state that this database has had; 0 for any other."""
    number, _, token = state.partition(" ")
    return int(number) if token and Stamp.objects.filter(number=number, token=token).exists() else 0


def _entered(written):
    """The document of tantivy for one of ours."""
    data = written.data
    document = Document(id=written.name, kind=written.kind, key=written.key)
    for name in TERMS:
        for term in data["terms"].get(name, ()):
            document.add_text(name, term)
    for name in NUMBERS:
        if name in data["numbers"]:
            document.add_integer(name, data["numbers"][name])
    for name in AMOUNTS:
        if name in data["amounts"]:
            document.add_float(name, data["amounts"][name])
    for name in SORTED:
        document.add_text(name, data["sorted"].get(name, ""))
    for tier in TIERS:
        words = data["words"].get(str(tier), "")
        document.add_text(words_in(tier), words)
        document.add_text(stems_in(tier), " ".join(map(stem, words.split())))
    return document
