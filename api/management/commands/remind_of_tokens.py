from django.core.management import BaseCommand

from api.services import remind_of_ends


class Command(BaseCommand):
    help = "Tells people whose API tokens end within a week, once each. For a timer, once a day."

    def handle(self, **options):
        self.stdout.write(f"{remind_of_ends()} end soon")
