from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from vocabularies.csv_reader import DataProblems
from vocabularies.services import load_countries


class Command(BaseCommand):
    help = "Add the areas and countries of data/{areas,countries}.csv that are missing. Existing ones keep their names."

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", type=Path, help="another folder than data/")

    def handle(self, *args, **options):
        try:
            areas, countries = load_countries(options["folder"])
        except DataProblems as problems:
            raise CommandError(str(problems)) from problems
        self.stdout.write(_("areas: %(loaded)s") % {"loaded": areas})
        self.stdout.write(_("countries: %(loaded)s") % {"loaded": countries})
