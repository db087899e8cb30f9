import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import exports.models
import vocabularies.clean_text


class Migration(migrations.Migration):
    """The table stays what it was: only the app that owns it is another one."""

    initial = True

    dependencies = [
        ("api", "0004_lengths_of_texts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="ExportJob",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "token",
                            models.CharField(
                                default=exports.models.new_token, editable=False, max_length=40, unique=True
                            ),
                        ),
                        ("kind", models.CharField(max_length=10, verbose_name="format")),
                        (
                            "query",
                            vocabularies.clean_text.ProseField(
                                blank=True,
                                help_text="As a query string.",
                                max_length=8000,
                                verbose_name="what was asked for",
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                choices=[("en", "English"), ("es", "Spanish"), ("fr", "French"), ("pt", "Portuguese")],
                                max_length=2,
                                verbose_name="language of the labels",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waiting"),
                                    ("working", "Being made"),
                                    ("ready", "Ready"),
                                    ("failed", "Could not be made"),
                                ],
                                default="waiting",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("done", models.PositiveIntegerField(default=0, verbose_name="partnerships written")),
                        ("total", models.PositiveIntegerField(default=0, verbose_name="partnerships in all")),
                        ("begun", models.PositiveSmallIntegerField(default=0, verbose_name="how often it was begun")),
                        ("file", models.FileField(blank=True, upload_to="exports/", verbose_name="file")),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="asked for at")),
                        ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="as of")),
                        (
                            "changed_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="last sign of life"),
                        ),
                        (
                            "expires_at",
                            models.DateTimeField(default=exports.models.in_a_week, verbose_name="kept until"),
                        ),
                        (
                            "requested_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "download",
                        "verbose_name_plural": "downloads",
                        "db_table": "api_exportjob",
                        "ordering": ["-created_at", "-pk"],
                        "indexes": [models.Index(fields=["expires_at"], name="export_expiry")],
                    },
                ),
            ],
            database_operations=[],
        ),
    ]
