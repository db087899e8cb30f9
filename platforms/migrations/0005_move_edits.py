"""Edits of pages move to the table that all pages share, their hosts named as in snapshots: by primary key."""

from django.db import migrations

from reviews.migrations._move_edits import content, move_edits


def move(apps, schema_editor):
    known = dict(apps.get_model("operators", "Organisation")._base_manager.values_list("key", "pk"))

    def content_of(side):
        rows = {name: side[name] for name in ("hosts", "milestones") if name in side}
        if "hosts" in rows:
            rows["hosts"] = [row | {"organisation": known.get(row["organisation"])} for row in rows["hosts"]]
        return content({name: text for name, text in side.items() if name not in rows}, rows)

    move_edits(apps, "platforms.PlatformEdit", "platform", content_of)


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("operators", "0005_more_kinds"),
        ("platforms", "0004_lengths_of_texts"),
        ("reviews", "0008_edits_of_pages"),
    ]

    operations = [
        migrations.RunPython(move, migrations.RunPython.noop),
    ]
