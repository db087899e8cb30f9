"""What an entry says, as plain data: kept at every revision, compared by ``reviews.diffs``, fingerprinted.

What is kept is the difference to the snapshot before, and now and then all of it (docs/decisions/0010-snapshots.md).
"""

import hashlib
import json

from django.contrib.contenttypes.models import ContentType

from reviews.cloning import FRESH
from reviews.models import Snapshot
from reviews.rows import relation_to, rows_of

ITSELF = ""
"""The kind under which the fields of the entry itself stand."""

WHOLE_EVERY = 25
"""Snapshots: so many are put together at most to read one."""


def content_of(entry):
    """{kind: {key: {field: value}}} of ``entry`` as it is stored.

    Kinds are the names of the relations ("tracks"); the fields of the entry itself stand under kind and key "".
    Values are JSON: dates and decimals as text, foreign keys as primary keys, links to other rows as their keys.
    """
    return contents_of([entry])[entry.pk]


def contents_of(entries):
    """{primary key: ``content_of`` it} of ``entries``, all of one model, in as many queries as for one."""
    if not entries:
        return {}
    stored = type(entries[0])._base_manager.in_bulk([entry.pk for entry in entries])
    contents = {pk: {ITSELF: {ITSELF: _values(one, FRESH)}} for pk, one in stored.items()}
    keys = {}
    for kind, rows in rows_of(list(stored.values())).items():
        name = relation_to(kind)
        keys |= {(kind, row.pk): str(row.key) for row in rows}
        for content in contents.values():
            content[name] = {}
        for row in rows:
            contents[row.version_id][name][str(row.key)] = _values(row, {"id", "version", "key"}, keys)
    return contents


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


# --- fingerprints ---------------------------------------------------------------------------------------


def fingerprint(entry):
    """SHA-256 over what ``entry`` says, hexadecimal: equal as long as nothing that a reader sees has changed."""
    return fingerprint_of(content_of(entry))


def fingerprints(entries):
    """{primary key: fingerprint} of ``entries``, all of one model, in as many queries as for one."""
    return {pk: fingerprint_of(content) for pk, content in contents_of(entries).items()}


def fingerprint_of(content):
    """The same of a ``content_of``.

    Rows count by their keys, so that a clone without a change keeps it. What says nothing does not count: a question
    that a later release asks changes no fingerprint while nobody has answered it.
    """
    said = {kind: {key: _said(row) for key, row in rows.items()} for kind, rows in content.items() if rows}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _said(row):
    return {name: value for name, value in row.items() if value is not None and value != ""}


# --- what is kept ---------------------------------------------------------------------------------------


def remember(entry, *, by):
    """Keep what ``entry`` says at its present revision; the same revision is kept once."""
    place = {"content_type": ContentType.objects.get_for_model(entry), "object_id": entry.pk}
    kept = Snapshot.objects.filter(**place, revision=entry.revision).first()
    if kept:
        return kept
    since, data = _as_difference(_chain(entry, entry.revision), content_of(entry))
    kept, _made = Snapshot.objects.get_or_create(
        **place, revision=entry.revision, defaults={"since": since, "data": data, "by": by}
    )
    return kept


def at_revision(entry, revision):
    """What ``entry`` said at ``revision``: the last snapshot up to it; None when nothing was kept then."""
    return put_together(_chain(entry, revision))


def _chain(entry, revision):
    """The snapshots that make up the last one up to ``revision``, a whole one first; [] when nothing was kept then."""
    chain = []
    for kept in entry.snapshots.filter(revision__lte=revision).order_by("-revision").iterator(WHOLE_EVERY):
        if not chain or kept.revision == chain[-1].since:
            chain.append(kept)
        if chain[-1].since is None:
            return chain[::-1]
    return []


def put_together(chain):
    """The content that a whole snapshot and the differences after it make up; None for []."""
    content = None
    for kept in chain:
        content = kept.data if kept.since is None else with_difference(content, kept.data)
    return content


def _as_difference(chain, content):
    """(since, data) of a Snapshot of ``content`` after those in ``chain``."""
    if not chain or len(chain) >= WHOLE_EVERY:
        return None, content
    before = put_together(chain)
    difference = difference_between(before, content)
    if with_difference(before, difference) != content:  # it has lost a column, which a difference does not tell
        return None, content
    return chain[-1].revision, difference


def difference_between(before, after):
    """{kind: {key: {field: value}, or None for a row that went}} of what ``after`` says otherwise."""
    difference = {}
    for kind in before.keys() | after.keys():
        old, new = before.get(kind, {}), after.get(kind, {})
        rows = {key: _differing(old.get(key, {}), row) for key, row in new.items() if row != old.get(key)}
        rows |= dict.fromkeys(old.keys() - new.keys())
        if rows or kind not in before:
            difference[kind] = rows
    return difference


def _differing(old, new):
    return {name: value for name, value in new.items() if name not in old or old[name] != value}


def with_difference(before, difference):
    """What ``difference_between`` leads to from ``before``, which stays as it is."""
    after = {kind: dict(rows) for kind, rows in before.items()}
    for kind, rows in difference.items():
        own = after.setdefault(kind, {})
        for key, row in rows.items():
            if row is None:
                own.pop(key, None)
            else:
                own[key] = own.get(key, {}) | row
    return after
