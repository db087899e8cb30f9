"""What results told of a target becomes a row of its own, in every version and in all that was kept of it.

Snapshots are still whole: this runs before reviews.0006. Whoever has confirmed the words of before has confirmed them as
they stand now.
"""

import uuid
from importlib import import_module

from django.db import migrations

MOVED = {"target": "value", "target_on": "due_on"}
OF_VERSIONS = {"content_type__app_label": "partnerships", "content_type__model": "partnershipversion"}
CAME_OF_IT = ("text", "baseline", "baseline_on", "latest", "latest_on", "evidence")
"""What a result may tell; one that tells none of it says only what is to be reached, and goes with its target."""


fingerprints = import_module("partnerships.migrations.0007_fingerprints_of_content")


def move(apps, schema_editor):
    _renew_fingerprints(apps)
    results, targets = apps.get_model("partnerships", "TrackResult"), apps.get_model("partnerships", "Target")
    known = set(results.objects.values_list("version", "key"))
    whole = _move_rows(results, targets)
    _move_kept(apps.get_model("reviews", "Snapshot").objects.filter(**OF_VERSIONS))
    _move_remarks(apps.get_model("reviews", "Comment").objects.filter(**OF_VERSIONS), known, whole)


def _key_of_target(of_result):
    """The same in every version, as the key of the result is."""
    return uuid.uuid5(uuid.UUID(str(of_result)), "target")


def _has_target(result):
    return any(result.get(name) not in (None, "") for name in MOVED)


def _tells_more(result):
    return any(result.get(name) not in (None, "") for name in CAME_OF_IT)


def _target_of(result, position):
    """An indicator says what is measured; without one the words of the result do."""
    beside = {name: result.get(name) for name in ("language", "indicator", "unit", "track")}
    moved = {new: result.get(old) for old, new in MOVED.items()}
    return {"position": position, "text": "" if result["indicator"] else result["text"]} | beside | moved


def _move_rows(results, targets):
    """Returns {(version, key)} of the results that have become a target and nothing else."""
    places, whole = {}, set()
    for result in list(results.objects.order_by("version", "position", "pk").values()):
        result |= {name: result[f"{name}_id"] for name in ("indicator", "track")}
        version = result["version_id"]
        if not _has_target(result):
            continue
        places[version] = places.get(version, -1) + 1
        values = _target_of(result, places[version])
        values |= {f"{name}_id": values.pop(name) for name in ("indicator", "track")}
        targets.objects.create(version_id=version, key=_key_of_target(result["key"]), **values)
        if not _tells_more(result):
            whole.add((version, result["key"]))
            results.objects.filter(pk=result["id"]).delete()
    return whole


def _move_kept(snapshots):
    """Differences are computed from these: that a target has moved is no change of the entry."""
    for kept in snapshots.iterator(chunk_size=50):
        if "results" in kept.content:
            kept.content = _moved(kept.content)
            kept.save(update_fields=["content"])


def _moved(content):
    """The same {kind: {key: {field: value}}} with its targets in rows of their own."""
    old = content["results"]
    moving = [key for key in sorted(old, key=lambda key: (old[key]["position"], key)) if _has_target(old[key])]
    targets = {str(_key_of_target(key)): _target_of(old[key], place) for place, key in enumerate(moving)}
    results = {
        key: {name: value for name, value in result.items() if name not in MOVED}
        for key, result in old.items()
        if key not in moving or _tells_more(result)
    }
    return content | {"results": results, "targets": targets}


def _renew_fingerprints(apps):
    """Of what the entries say, and of what they said at each snapshot."""
    kind = "partnershipversion"
    answers = apps.get_model("partnerships", "Confirmation")._base_manager.filter(content_type__model=kind)
    for pk in set(answers.values_list("object_id", flat=True)):
        for content in fingerprints._contents(apps, kind, fingerprints.KINDS[kind], pk):
            if any(_has_target(result) for result in content.get("results", {}).values()):
                before, after = fingerprints._now(content), fingerprints._now(_moved(content))
                answers.filter(object_id=pk, fingerprint=before).update(fingerprint=after)


def _move_remarks(remarks, known, whole):
    """A remark on the target of a result is one on the row that the target has become."""
    for remark in remarks.filter(row_key__isnull=False):
        place = (remark.object_id, remark.row_key)
        if place in whole or (place in known and remark.field in MOVED):
            remark.row_key, remark.field = _key_of_target(remark.row_key), MOVED.get(remark.field, remark.field)
            remark.save(update_fields=["row_key", "field"])


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0013_targets"),
        ("reviews", "0005_lengths_of_texts"),
    ]
    run_before = [("reviews", "0006_snapshots_as_differences")]

    operations = [migrations.RunPython(move)]
