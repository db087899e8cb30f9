"""``manage.py check_files``: to be run after a restore."""

from django.core.management.base import BaseCommand, CommandError

from partnerships.services.files import damaged_files


class Command(BaseCommand):
    help = "Read every uploaded file and compare it with what was noted when it came."

    def handle(self, **options):
        damaged = 0
        for stored, what in damaged_files():
            damaged += 1
            self.stderr.write(f"{stored.file.name} ({stored.name}): {what}")
        if damaged:
            raise CommandError(f"{damaged} files are missing or not as they came. Restore them from the same backup.")
        self.stdout.write("All files are there, as they came.")
