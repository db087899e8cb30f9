from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("platforms", "0005_move_edits"),
    ]

    operations = [
        migrations.DeleteModel(name="PlatformEdit"),
    ]
