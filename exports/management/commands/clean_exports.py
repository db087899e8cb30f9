"""``manage.py clean_exports``: to be run once a day."""

from django.core.management.base import BaseCommand

from exports.build import clean


class Command(BaseCommand):
    help = "Delete large downloads that are older than a week."

    def handle(self, **options):
        downloads, strays = clean()
        self.stdout.write(f"{downloads} downloads whose time has run out, {strays} files without one: deleted.")
