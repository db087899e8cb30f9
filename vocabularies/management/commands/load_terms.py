from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from vocabularies.csv_reader import DataProblems
from vocabularies.services import load_terms


class Command(BaseCommand):
    help = "Add the terms of data/terms.csv that are missing. Existing terms keep their labels."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, help="another file than data/terms.csv")

    def handle(self, *args, **options):
        try:
            loaded = load_terms(options["file"])
        except DataProblems as problems:
            raise CommandError(str(problems)) from problems
        self.stdout.write(str(loaded))
