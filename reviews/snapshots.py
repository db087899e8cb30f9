"""What an entry says, as plain data: kept at every revision, compared by ``reviews.diffs``."""

from django.contrib.contenttypes.models import ContentType

from reviews.cloning import FRESH
from reviews.models import Snapshot
from reviews.rows import rows_of

ITSELF = ""
"""The kind under which the fields of the entry itself stand."""


def content_of(entry):
    """{kind: {key: {field: value}}} of ``entry`` as it is stored.

    Kinds are the names of the relations ("tracks"); the fields of the entry itself stand under kind and key "".
    Values are JSON: dates and decimals as text, foreign keys as primary keys, links to other rows as their keys.
    """
    stored = type(entry)._base_manager.get(pk=entry.pk)
    content = {ITSELF: {ITSELF: _values(stored, FRESH)}}
    keys = {}
    for kind, rows in rows_of([stored]).items():
        keys |= {(kind, row.pk): str(row.key) for row in rows}
        name = kind._meta.get_field("version").remote_field.get_accessor_name()
        content[name] = {str(row.key): _values(row, {"id", "version", "key"}, keys) for row in rows}
    return content


def _values(thing, left_out, keys=None):
    values = {}
    for field in thing._meta.concrete_fields:
        if field.name in left_out:
            continue
        value = (keys or {}).get((field.related_model, getattr(thing, field.attname)))
        values[field.name] = value if value is not None else _plain(getattr(thing, field.attname))
    return values


def _plain(value):
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def remember(entry, *, by):
    """Keep what ``entry`` says at its present revision; the same revision is kept once."""
    kept, _made = Snapshot.objects.get_or_create(
        content_type=ContentType.objects.get_for_model(entry),
        object_id=entry.pk,
        revision=entry.revision,
        defaults={"content": content_of(entry), "by": by},
    )
    return kept


def at_revision(entry, revision):
    """What ``entry`` said at ``revision``: the last snapshot up to it; None when nothing was kept then."""
    kept = entry.snapshots.filter(revision__lte=revision).order_by("-revision").first()
    return kept.content if kept else None
