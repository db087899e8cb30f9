"""``manage.py invite_coordinator``: the first coordinator, whom nobody inside can invite yet."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from platforms.models import Level, Platform
from platforms.services.people import invite_from_outside


class Command(BaseCommand):
    help = "Invite somebody by mail to coordinate a platform, without --platform the global one."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--platform", metavar="SLUG", help="as it stands in the address of its page")

    def handle(self, *, email, platform, **options):
        chosen = {"slug": platform} if platform else {"level": Level.GLOBAL}
        found = Platform.objects.filter(**chosen).first()
        if not found:
            which = platform or "at global level"
            raise CommandError(f"There is no platform {which}: run load_register, or add it in /admin/.")
        try:
            invite_from_outside(found, email=email)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{email} gets a mail with a link to coordinate {found}. It works for 14 days.")
