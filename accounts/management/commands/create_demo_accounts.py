"""The accounts of a demonstration, for `make run` to print. Never outside of one: their password is public."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User

PASSWORD = "wop-demo-2026"  # noqa: S105 (printed on purpose; settings.DEMO serves this machine alone)
SUPPORT = "support@demo.example"


class Command(BaseCommand):
    help = "Create the demo accounts where they are missing and print them. Needs WOP_DEMO=1."

    def handle(self, **options):
        if not settings.DEMO:
            raise CommandError("Demo accounts have a public password: they are only made with WOP_DEMO=1.")
        support = self._support()
        password = PASSWORD if support.check_password(PASSWORD) else "(changed)"
        rows = [("Where", "E-mail", "Password"), ("/admin/", support.email, password)]
        widths = [max(len(row[place]) for row in rows) for place in range(3)]
        for row in rows:
            line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            self.stdout.write(f"  {line.rstrip()}")

    @staticmethod
    def _support():
        """The support admin; one that exists keeps its password and its rights."""
        existing = User.objects.filter(email__iexact=SUPPORT).first()
        return existing or User.objects.create_superuser(SUPPORT, PASSWORD, name="Support")
