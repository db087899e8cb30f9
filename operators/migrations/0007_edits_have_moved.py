from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("operators", "0006_move_edits"),
    ]

    operations = [
        migrations.DeleteModel(name="PageEdit"),
    ]
