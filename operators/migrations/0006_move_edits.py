"""Edits of pages move to the table that all pages share, their rows named as in snapshots: terms by primary key."""

from django.db import migrations

from reviews.migrations._move_edits import content, move_edits

LISTS = {"figures": ("indicator", "indicator"), "needs": ("area", "improvement_area")}
LISTS["strengths"] = LISTS["needs"]
"""{part: (field of its rows that names a term, list of the term)}."""


def move(apps, schema_editor):
    terms = apps.get_model("vocabularies", "Term").objects.values_list("list", "code", "pk")
    known = {(name, code): pk for name, code, pk in terms}

    def content_of(side):
        rows = {name: [_row(row, *LISTS[name]) for row in side[name]] for name in LISTS if name in side}
        if "services" in side:
            rows["services"] = [{"service": code} for code in side["services"]]
        return content({name: text for name, text in side.items() if name not in rows}, rows)

    def _row(row, field, name):
        return row | {field: known.get((name, row[field]))}

    move_edits(apps, "operators.PageEdit", "organisation", content_of)


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("operators", "0005_more_kinds"),
        ("reviews", "0008_edits_of_pages"),
        ("vocabularies", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(move, migrations.RunPython.noop),
    ]
