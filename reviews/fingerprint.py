"""The fingerprint of an entry's words: equal as long as nothing that a reader sees has changed."""

import hashlib
import json

from reviews.cloning import FRESH
from reviews.rows import rows_of


def fingerprint(version):
    """SHA-256 over the content of ``version`` and its rows, hexadecimal.

    Rows count by their keys and not by primary keys, so that a clone without a change keeps it. It is
    of what is stored: in memory 60000 may not have become 60000.00 yet.
    """
    return fingerprints([version])[version.pk]


def fingerprints(versions):
    """{primary key: fingerprint} of ``versions``, all of one model, in two queries."""
    if not versions:
        return {}
    stored = type(versions[0])._base_manager.in_bulk([version.pk for version in versions])
    content = {pk: [_values(version, FRESH)] for pk, version in stored.items()}
    keys = {}
    for kind, rows in rows_of(list(stored.values())).items():
        keys |= {(kind, row.pk): str(row.key) for row in rows}
        for row in sorted(rows, key=lambda row: str(row.key)):
            content[row.version_id].append([kind._meta.label, _values(row, {"id", "version"}, keys)])
    return {pk: _hash_of(values) for pk, values in content.items()}


def _hash_of(content):
    return hashlib.sha256(json.dumps(content, default=str).encode()).hexdigest()


def _values(thing, left_out, keys=None):
    values = {}
    for field in thing._meta.concrete_fields:
        if field.name not in left_out:
            value = getattr(thing, field.attname)
            values[field.name] = (keys or {}).get((field.related_model, value), value)
    return values
