from django.db import migrations

from vocabularies.clean_text import ProseField, refuse_longer_rows

LIMITS = {
    ("savedfilter", "query"): 8000,
}


def check(apps, schema_editor):
    refuse_longer_rows(apps, "directory", LIMITS)


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0001_saved_filters"),
    ]

    operations = [
        migrations.RunPython(check, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="savedfilter",
            name="query",
            field=ProseField(
                blank=True, help_text="As in the address of the directory.", max_length=8000, verbose_name="filters"
            ),
        ),
    ]
