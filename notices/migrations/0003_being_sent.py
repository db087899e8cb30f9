"""Mails that were being sent when the field came may have been handed over: none of them is sent again."""

from django.db import migrations
from django.db.models import F


def note_hand_over(apps, schema_editor):
    mails = apps.get_model("notices", "OutgoingMail").objects.filter(state="sending", handed_at=None)
    mails.update(handed_at=F("next_try_at"))


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_handed_at")]

    operations = [migrations.RunPython(note_hand_over, migrations.RunPython.noop, elidable=True)]
