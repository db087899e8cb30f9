from django.db import migrations


def follow(apps, schema_editor):
    """What points to a download (messages, rights) goes on pointing to it: its content type takes the new app's name."""
    types = apps.get_model("contenttypes", "ContentType").objects.using(schema_editor.connection.alias)
    if not types.filter(app_label="exports", model="exportjob").exists():
        types.filter(app_label="api", model="exportjob").update(app_label="exports")


def go_back(apps, schema_editor):
    types = apps.get_model("contenttypes", "ContentType").objects.using(schema_editor.connection.alias)
    if not types.filter(app_label="api", model="exportjob").exists():
        types.filter(app_label="exports", model="exportjob").update(app_label="api")


class Migration(migrations.Migration):
    dependencies = [
        ("exports", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(follow, go_back)]
