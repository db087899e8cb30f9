"""``manage.py clean_files``: to be run once a day."""

from django.core.management.base import BaseCommand

from partnerships.services.files import remove_orphans, remove_strays


class Command(BaseCommand):
    help = "Delete uploads that no version of any entry shows and no form waits for."

    def handle(self, **options):
        self.stdout.write(f"{remove_orphans()} files that nothing points to, {remove_strays()} without a row: deleted.")
