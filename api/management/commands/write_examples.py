from django.core.management.base import BaseCommand, CommandError
from django.test import Client

from api.examples import produced, write_examples
from api.examples.drafts import complete_drafts
from reports.models import Report


class Command(BaseCommand):
    help = "Ask the API for the examples of its documentation; the database holds the register and nothing else."

    def handle(self, **options):
        first = Report.objects.order_by("pk").first()
        if first is None:
            raise CommandError("Load the register first: manage.py load_register.")
        write_examples(produced(Client(SERVER_NAME="127.0.0.1"), first.pk))
        complete_drafts()
