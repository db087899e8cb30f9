from django.db import migrations

from vocabularies.clean_text import ProseField, refuse_longer_rows

LIMITS = {
    ("comment", "text"): 4000,
    ("reviewevent", "comment"): 4000,
}


def check(apps, schema_editor):
    refuse_longer_rows(apps, "reviews", LIMITS)


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0004_fix_conflicts_of_waiting"),
    ]

    operations = [
        migrations.RunPython(check, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="comment",
            name="text",
            field=ProseField(max_length=4000, verbose_name="text"),
        ),
        migrations.AlterField(
            model_name="reviewevent",
            name="comment",
            field=ProseField(blank=True, max_length=4000, verbose_name="comment"),
        ),
    ]
