"""WOPs that came from the register's files are known by the reference that they have there."""

from django.db import migrations
from django.db.models import F


def know(apps, schema_editor):
    events = apps.get_model("reviews", "ReviewEvent").objects.filter(
        content_type__app_label="partnerships", content_type__model="partnershipversion", action="load"
    )
    versions = apps.get_model("partnerships", "PartnershipVersion").objects
    loaded = versions.filter(pk__in=events.values("object_id")).values("partnership")
    apps.get_model("partnerships", "Partnership").objects.filter(pk__in=loaded).update(loaded_as=F("reference"))


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0021_loaded_as"),
        ("reviews", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(know, migrations.RunPython.noop)]
