"""Make all documents and the index of this machine anew, and prove that it changed nothing."""

from django.core.management.base import BaseCommand, CommandError

from search.index import start_anew
from search.proof import answers
from search.services import remake


class Command(BaseCommand):
    help = "Makes the documents and the index of this machine anew; fails where anything is found in another way."

    def handle(self, **options):
        before = answers()
        differing = remake()
        start_anew()
        after = answers()
        for name in sorted(differing):
            self.stderr.write(f"{name} said something else than the database.")
        if differing or before != after:
            raise CommandError(f"{len(differing)} documents differed; all are right now.")
        self.stdout.write(self.style.SUCCESS(f"{sum(map(len, after.values()))} hits, orders and counts: as before."))
