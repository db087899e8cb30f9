"""For migrations: edits of pages from a table of their own to ``reviews.Edit``."""

import hashlib
import json


def move_edits(apps, old, thing, content_of):
    """The edits of the model ``old`` ("app.Model") become Edits of what its foreign key ``thing`` leads to.

    ``content_of(side)``: {part: value} as it was kept until now, in the shape of today.
    """
    model, edits = apps.get_model(old), apps.get_model("reviews", "Edit").objects
    if not model.objects.exists():
        return
    of = model._meta.get_field(thing).related_model._meta
    types = apps.get_model("contenttypes", "ContentType").objects
    kind, _made = types.get_or_create(app_label=of.app_label, model=of.model_name)
    moved = {}
    for one in model.objects.order_by("pk"):
        edit = edits.create(
            content_type=kind,
            object_id=getattr(one, f"{thing}_id"),
            by_id=one.by_id,
            revision=one.revision,
            before=content_of(one.before),
            after=content_of(one.after),
            reverts=moved.get(one.reverts_id),
        )
        edits.filter(pk=edit.pk).update(created_at=one.created_at)
        moved[one.pk] = edit


def content(fields, rows):
    """The fields of a page and its rows, {kind: [row]}, as an Edit keeps them."""
    return ({"": {"": fields}} if fields else {}) | {kind: _keyed(some) for kind, some in rows.items()}


def _keyed(rows):
    """As ``reviews.edits`` names the rows of a page: by what they say."""
    found = {}
    for row in rows:
        key = hashlib.sha256(json.dumps(row, sort_keys=True).encode()).hexdigest()[:16]
        again = sum(one == row for one in found.values())
        found[f"{key}-{again + 1}" if again else key] = row
    return found
