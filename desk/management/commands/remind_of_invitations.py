from django.core.management import BaseCommand

from desk.invitation_reminders import remind_of_invitations


class Command(BaseCommand):
    help = "Tells of invitations that end within three days, once each. For a timer, once a day."

    def handle(self, **options):
        self.stdout.write(f"{remind_of_invitations()} end soon")
