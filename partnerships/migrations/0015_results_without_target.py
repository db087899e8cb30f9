from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0014_move_targets"),
    ]

    operations = [
        migrations.RemoveField(model_name="trackresult", name="target"),
        migrations.RemoveField(model_name="trackresult", name="target_on"),
    ]
