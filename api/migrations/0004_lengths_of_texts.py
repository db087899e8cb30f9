from django.db import migrations

from vocabularies.clean_text import ProseField, refuse_longer_rows

LIMITS = {
    ("exportjob", "query"): 8000,
}


def check(apps, schema_editor):
    refuse_longer_rows(apps, "api", LIMITS)


class Migration(migrations.Migration):
    dependencies = [
        ("api", "0003_begun"),
    ]

    operations = [
        migrations.RunPython(check, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="exportjob",
            name="query",
            field=ProseField(
                blank=True, help_text="As a query string.", max_length=8000, verbose_name="what was asked for"
            ),
        ),
    ]
