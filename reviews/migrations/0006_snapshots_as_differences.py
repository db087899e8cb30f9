from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0005_lengths_of_texts"),
    ]

    operations = [
        migrations.RenameField(model_name="snapshot", old_name="content", new_name="data"),
        migrations.AddField(
            model_name="snapshot",
            name="since",
            field=models.PositiveIntegerField(null=True),
        ),
    ]
