import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """The table keeps its name: nothing is moved."""

    dependencies = [
        ("accounts", "0004_forms_that_were_sent"),
    ]

    operations = [
        migrations.AlterModelTable(name="keptinput", table="accounts_keptinput"),
        migrations.RenameModel(old_name="KeptInput", new_name="AutosavedForm"),
        migrations.AlterField(
            model_name="autosavedform",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="autosaved_forms",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
