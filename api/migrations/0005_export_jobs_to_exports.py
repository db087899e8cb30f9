from django.db import migrations


class Migration(migrations.Migration):
    """Downloads belong to the app ``exports`` now; their table is not touched."""

    dependencies = [
        ("api", "0004_lengths_of_texts"),
        ("exports", "0001_initial"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.DeleteModel(name="ExportJob")], database_operations=[]
        ),
    ]
