"""Documents made anew where something was written, and stamped: docs/decisions/0030-a-place-made-for-reading.md."""

from collections import Counter, defaultdict
from typing import Any
from uuid import uuid4

from django.db import connection, transaction
from django.db.models import Exists

from search.changes import forget_note
from search.documents import KINDS
from search.documents.texts import words_in
from search.fields import FORM
from search.models import Document, Mark, Stamp, Word

LOCK = 20_261_201
"""Any number that nobody else locks on the server."""
TOGETHER = 400
"""Entries in memory at a time."""


def latest_stamp() -> Stamp:
    """The Stamp of all that was published before this moment; documents that wait for it are made first."""
    stamp = _stamp()
    return stamp if _is_settled(stamp) else _settle()


def _stamp():
    return Stamp.objects.annotate(waits=Exists(Mark.objects.all())).order_by("-number").first()


def _is_settled(stamp):
    return bool(stamp and not stamp.waits and stamp.form == FORM)


@transaction.atomic
def _settle():
    """One process after the other: a stamp is only given when all lower ones can be seen."""
    if connection.vendor == "postgresql":  # on SQLite only one writes anyway
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    stamp = _stamp()
    if _is_settled(stamp):
        return stamp
    marks = list(Mark.objects.all())
    number = (stamp.number if stamp else 0) + 1
    heard: Counter[str] = Counter()
    for kind in KINDS:
        whole = not stamp or stamp.form != FORM
        _make(kind, _all_of(kind) if whole else kind.named_by(_by_what(marks)), number, heard)
    _count(heard)
    for some in _batches(marks):
        Mark.objects.filter(pk__in=[mark.pk for mark in some]).delete()
    forget_note()
    return Stamp.objects.create(number=number, token=uuid4().hex, form=FORM)


def remake() -> dict[str, tuple[Any, Any]]:
    """Make all documents anew. {name: (what it said, what it says)} of those that differ: there should be none."""
    latest_stamp()
    before = _said()
    with transaction.atomic():
        Stamp.objects.all().delete()
        Document.objects.all().delete()
        Word.objects.all().delete()
        latest_stamp()
    after = _said()
    differing = (name for name in before | after if before.get(name) != after.get(name))
    return {name: (before.get(name), after.get(name)) for name in differing}


def _said():
    return {document.name: document.data for document in Document.objects.exclude(data=None)}


def _by_what(marks):
    """{what: those that were marked}."""
    found = defaultdict(set)
    for mark in marks:
        found[mark.what].add(mark.which)
    return found


def _all_of(kind):
    """Also what has a document and is not public any more."""
    yield from kind.everything()
    yield from (int(key) for key in Document.objects.filter(kind=kind.KIND).values_list("key", flat=True))


def _make(kind, keys, number, heard):
    """Write the documents of ``keys`` that say something else than before; ``heard``: how many more have each word."""
    for some in _batches(sorted(set(keys))):
        made = kind.made(some)
        known = Document.objects.filter(kind=kind.KIND, key__in=some)
        before = {document.key: document.data for document in known}
        changed = [key for key in some if made.get(key) != before.get(str(key))]
        for key in changed:
            heard.update(words_in(made.get(key)))
            heard.subtract(words_in(before.get(str(key))))
        Document.objects.bulk_create(
            [Document(kind=kind.KIND, key=str(key), stamp=number, data=made.get(key)) for key in changed],
            update_conflicts=True,
            unique_fields=["kind", "key"],
            update_fields=["stamp", "data"],
        )


def _count(heard):
    changed = sorted(word for word, more in heard.items() if more)
    for some in _batches(changed):
        before = dict(Word.objects.filter(word__in=some).values_list("word", "documents"))
        Word.objects.bulk_create(
            [Word(word=word, documents=before.get(word, 0) + heard[word]) for word in some],
            update_conflicts=True,
            unique_fields=["word"],
            update_fields=["documents"],
        )
    Word.objects.filter(documents=0).delete()


def _batches(things):
    return (things[start : start + TOGETHER] for start in range(0, len(things), TOGETHER))
