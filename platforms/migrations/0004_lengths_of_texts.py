from django.db import migrations

from vocabularies.clean_text import ProseField, refuse_longer_rows
from vocabularies.web_addresses import LinkField

LIMITS = {
    ("platform", "about"): 20000,
    ("platformmilestone", "text"): 8000,
    ("programme", "about"): 20000,
}


def check(apps, schema_editor):
    refuse_longer_rows(apps, "platforms", LIMITS)


class Migration(migrations.Migration):
    dependencies = [
        ("platforms", "0003_plain_names"),
    ]

    operations = [
        migrations.RunPython(check, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="platform",
            name="about",
            field=ProseField(blank=True, max_length=20000, verbose_name="about"),
        ),
        migrations.AlterField(
            model_name="platform",
            name="website",
            field=LinkField(blank=True, verbose_name="website"),
        ),
        migrations.AlterField(
            model_name="platformmilestone",
            name="text",
            field=ProseField(max_length=8000, verbose_name="what happened"),
        ),
        migrations.AlterField(
            model_name="programme",
            name="about",
            field=ProseField(blank=True, max_length=20000, verbose_name="about"),
        ),
        migrations.AlterField(
            model_name="programme",
            name="website",
            field=LinkField(blank=True, verbose_name="website"),
        ),
    ]
