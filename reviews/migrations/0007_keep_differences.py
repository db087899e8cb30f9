"""Of snapshots that hold all of an entry, keep what differs from the one before (docs/decisions/0010-snapshots.md)."""

from itertools import groupby

from django.db import migrations

WHOLE_EVERY = 25


def keep_differences(apps, schema_editor):
    for place, (kept, before) in _with_the_one_before(apps):
        if place % WHOLE_EVERY:
            whole, kept.data = kept.data, _difference(before.data, kept.data)
            if _with_difference(before.data, kept.data) == whole:
                kept.since = before.revision
                type(kept).objects.filter(pk=kept.pk).update(data=kept.data, since=kept.since)
            kept.data = whole


def keep_all(apps, schema_editor):
    for _place, (kept, before) in _with_the_one_before(apps):
        if kept.since is not None:
            kept.data = _with_difference(before.data, kept.data)
            type(kept).objects.filter(pk=kept.pk).update(data=kept.data, since=None)


def _with_the_one_before(apps):
    """(place among the snapshots of its entry, (Snapshot, the one before or None)) of every snapshot."""
    snapshots = apps.get_model("reviews", "Snapshot").objects
    ordered = snapshots.order_by("content_type", "object_id", "revision").iterator(chunk_size=100)
    for _entry, kept in groupby(ordered, key=lambda one: (one.content_type_id, one.object_id)):
        before = None
        for place, one in enumerate(kept):
            yield place, (one, before)
            before = one


def _difference(before, after):
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


def _with_difference(before, difference):
    after = {kind: dict(rows) for kind, rows in before.items()}
    for kind, rows in difference.items():
        own = after.setdefault(kind, {})
        for key, row in rows.items():
            if row is None:
                own.pop(key, None)
            else:
                own[key] = own.get(key, {}) | row
    return after


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0006_snapshots_as_differences"),
    ]

    operations = [
        migrations.RunPython(keep_differences, keep_all),
    ]
