from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from vocabularies.csv_reader import DataProblems
from vocabularies.services import load_synonyms


class Command(BaseCommand):
    help = "Add the synonyms of data/synonyms.csv that are missing. Existing sets keep their words."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, help="another file than data/synonyms.csv")

    def handle(self, *args, **options):
        try:
            loaded = load_synonyms(options["file"])
        except DataProblems as problems:
            raise CommandError(str(problems)) from problems
        self.stdout.write(str(loaded))
