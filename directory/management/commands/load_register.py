from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from directory.loading import load_register
from vocabularies.csv_reader import DataProblems


class Command(BaseCommand):
    help = "Load what is new in the register's CSV files. What exists is never touched; all or nothing."

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", default=settings.DATA_DIR, help="default: %(default)s")

    def handle(self, *, folder, **options):
        try:
            counts = load_register(folder, tell=self.stdout.write)
        except DataProblems as problems:
            raise CommandError(f"Nothing was loaded.\n{problems}") from problems
        for what, (added, kept) in counts.items():
            self.stdout.write(f"{what}: {added} added, {kept} kept")
