from django.db import migrations

from vocabularies.clean_text import ProseField, refuse_longer_rows

LIMITS = {
    ("errorreport", "answer"): 4000,
    ("errorreport", "text"): 4000,
}


def check(apps, schema_editor):
    refuse_longer_rows(apps, "desk", LIMITS)


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(check, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="errorreport",
            name="answer",
            field=ProseField(blank=True, max_length=4000, verbose_name="what was done"),
        ),
        migrations.AlterField(
            model_name="errorreport",
            name="text",
            field=ProseField(max_length=4000, verbose_name="what is wrong"),
        ),
    ]
