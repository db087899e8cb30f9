from django.db import migrations

from vocabularies.clean_text import ProseField, refuse_longer_rows
from vocabularies.web_addresses import LinkField

LIMITS = {
    ("reportchoice", "explanation"): 8000,
    ("reportobjective", "text"): 8000,
    ("reportresult", "text"): 8000,
    ("reporttranslation", "text"): 20000,
    ("reportversion", "activities_description"): 20000,
    ("reportversion", "note"): 20000,
    ("reportversion", "other_themes"): 20000,
    ("reportversion", "overall_results"): 20000,
}


def check(apps, schema_editor):
    refuse_longer_rows(apps, "reports", LIMITS)


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0003_a_question_left_open"),
    ]

    operations = [
        migrations.RunPython(check, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="reportattachment",
            name="url",
            field=LinkField(blank=True, max_length=500, verbose_name="address"),
        ),
        migrations.AlterField(
            model_name="reportchoice",
            name="explanation",
            field=ProseField(blank=True, max_length=8000, verbose_name="in own words"),
        ),
        migrations.AlterField(
            model_name="reportobjective",
            name="text",
            field=ProseField(max_length=8000, verbose_name="objective"),
        ),
        migrations.AlterField(
            model_name="reportresult",
            name="text",
            field=ProseField(blank=True, max_length=8000, verbose_name="result"),
        ),
        migrations.AlterField(
            model_name="reportsource",
            name="url",
            field=LinkField(blank=True, max_length=500, verbose_name="address"),
        ),
        migrations.AlterField(
            model_name="reporttranslation",
            name="text",
            field=ProseField(max_length=20000, verbose_name="text"),
        ),
        migrations.AlterField(
            model_name="reportversion",
            name="activities_description",
            field=ProseField(blank=True, max_length=20000, verbose_name="activities in words"),
        ),
        migrations.AlterField(
            model_name="reportversion",
            name="code_of_conduct_url",
            field=LinkField(blank=True, max_length=500, verbose_name="link to the code of conduct"),
        ),
        migrations.AlterField(
            model_name="reportversion",
            name="note",
            field=ProseField(
                blank=True,
                help_text="How sources were read, what in them disagrees.",
                max_length=20000,
                verbose_name="note on the entry",
            ),
        ),
        migrations.AlterField(
            model_name="reportversion",
            name="other_themes",
            field=ProseField(blank=True, max_length=20000, verbose_name="other themes"),
        ),
        migrations.AlterField(
            model_name="reportversion",
            name="overall_results",
            field=ProseField(blank=True, max_length=20000, verbose_name="overall results"),
        ),
    ]
