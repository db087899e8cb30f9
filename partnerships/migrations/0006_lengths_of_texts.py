from django.db import migrations

from vocabularies.clean_text import ProseField, refuse_longer_rows
from vocabularies.web_addresses import LinkField

LIMITS = {
    ("confirmation", "text"): 4000,
    ("involvement", "contribution"): 8000,
    ("milestone", "text"): 8000,
    ("objective", "text"): 8000,
    ("partnershiptranslation", "text"): 20000,
    ("partnershipversion", "approach"): 20000,
    ("partnershipversion", "lifecycle_evidence"): 8000,
    ("partnershipversion", "note"): 20000,
    ("partnershipversion", "summary"): 20000,
    ("phase", "description"): 8000,
    ("quotation", "text"): 8000,
    ("track", "description"): 8000,
    ("trackresult", "text"): 8000,
}


def check(apps, schema_editor):
    refuse_longer_rows(apps, "partnerships", LIMITS)


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0005_plain_names"),
    ]

    operations = [
        migrations.RunPython(check, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="agreement",
            name="url",
            field=LinkField(blank=True, max_length=500, verbose_name="address"),
        ),
        migrations.AlterField(
            model_name="confirmation",
            name="text",
            field=ProseField(blank=True, max_length=4000, verbose_name="where it differs"),
        ),
        migrations.AlterField(
            model_name="involvement",
            name="contribution",
            field=ProseField(blank=True, max_length=8000, verbose_name="contribution"),
        ),
        migrations.AlterField(
            model_name="link",
            name="url",
            field=LinkField(max_length=500, verbose_name="address"),
        ),
        migrations.AlterField(
            model_name="milestone",
            name="text",
            field=ProseField(max_length=8000, verbose_name="what happened"),
        ),
        migrations.AlterField(
            model_name="objective",
            name="text",
            field=ProseField(max_length=8000, verbose_name="objective"),
        ),
        migrations.AlterField(
            model_name="partnershipattachment",
            name="url",
            field=LinkField(blank=True, max_length=500, verbose_name="address"),
        ),
        migrations.AlterField(
            model_name="partnershiptranslation",
            name="text",
            field=ProseField(max_length=20000, verbose_name="text"),
        ),
        migrations.AlterField(
            model_name="partnershipversion",
            name="approach",
            field=ProseField(blank=True, max_length=20000, verbose_name="approach"),
        ),
        migrations.AlterField(
            model_name="partnershipversion",
            name="lifecycle_evidence",
            field=ProseField(blank=True, max_length=8000, verbose_name="what shows it"),
        ),
        migrations.AlterField(
            model_name="partnershipversion",
            name="note",
            field=ProseField(
                blank=True,
                help_text="How sources were read, what in them disagrees.",
                max_length=20000,
                verbose_name="note on the entry",
            ),
        ),
        migrations.AlterField(
            model_name="partnershipversion",
            name="summary",
            field=ProseField(blank=True, max_length=20000, verbose_name="summary"),
        ),
        migrations.AlterField(
            model_name="phase",
            name="description",
            field=ProseField(blank=True, max_length=8000, verbose_name="description"),
        ),
        migrations.AlterField(
            model_name="quotation",
            name="source_url",
            field=LinkField(blank=True, max_length=500, verbose_name="address"),
        ),
        migrations.AlterField(
            model_name="quotation",
            name="text",
            field=ProseField(max_length=8000, verbose_name="words"),
        ),
        migrations.AlterField(
            model_name="source",
            name="url",
            field=LinkField(blank=True, max_length=500, verbose_name="address"),
        ),
        migrations.AlterField(
            model_name="track",
            name="description",
            field=ProseField(blank=True, max_length=8000, verbose_name="description"),
        ),
        migrations.AlterField(
            model_name="trackresult",
            name="text",
            field=ProseField(blank=True, max_length=8000, verbose_name="result"),
        ),
    ]
