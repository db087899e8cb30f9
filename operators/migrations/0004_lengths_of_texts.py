from django.db import migrations

from vocabularies.clean_text import ProseField, refuse_longer_rows
from vocabularies.web_addresses import LinkField

LIMITS = {
    ("joinrequest", "message"): 4000,
    ("need", "description"): 8000,
    ("organisation", "about"): 20000,
    ("organisationchange", "reason"): 4000,
    ("strength", "description"): 8000,
}


def check(apps, schema_editor):
    refuse_longer_rows(apps, "operators", LIMITS)


class Migration(migrations.Migration):
    dependencies = [
        ("operators", "0003_plain_names"),
    ]

    operations = [
        migrations.RunPython(check, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="joinrequest",
            name="message",
            field=ProseField(blank=True, max_length=4000, verbose_name="message"),
        ),
        migrations.AlterField(
            model_name="need",
            name="description",
            field=ProseField(blank=True, max_length=8000, verbose_name="description"),
        ),
        migrations.AlterField(
            model_name="organisation",
            name="about",
            field=ProseField(blank=True, max_length=20000, verbose_name="about"),
        ),
        migrations.AlterField(
            model_name="organisation",
            name="website",
            field=LinkField(blank=True, verbose_name="website"),
        ),
        migrations.AlterField(
            model_name="organisationchange",
            name="reason",
            field=ProseField(blank=True, max_length=4000, verbose_name="reason"),
        ),
        migrations.AlterField(
            model_name="strength",
            name="description",
            field=ProseField(blank=True, max_length=8000, verbose_name="description"),
        ),
    ]
