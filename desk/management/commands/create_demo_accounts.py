"""The accounts of a demonstration and a little work for them, for `make run` to print."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from desk.demo.accounts import ACCOUNTS, PASSWORD, make_account
from desk.demo.entries import make_entries
from partnerships.models import Partnership


class Command(BaseCommand):
    help = "Create what is missing of the demo accounts and entries, and print the accounts. Needs WOP_DEMO=1."

    def handle(self, **options):
        if not settings.DEMO:
            raise CommandError("Demo accounts have a public password: they are only made with WOP_DEMO=1.")
        if not Partnership.objects.exists():
            raise CommandError("The demonstration needs the register: run load_register first.")
        with transaction.atomic():
            users = {account.code: make_account(account) for account in ACCOUNTS}
            make_entries(users)
        self._print(users)

    def _print(self, users):
        rows = [("Where", "E-mail", "Role", "Password")]
        for account in ACCOUNTS:
            known = users[account.code].check_password(PASSWORD)
            rows.append((account.where, account.email, _role(account), PASSWORD if known else "(changed)"))
        widths = [max(len(row[place]) for row in rows) for place in range(4)]
        for row in rows:
            line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            self.stdout.write(f"  {line.rstrip()}")


def _role(account):
    """“manager, SICSM”: without its first word the name says it."""
    return account.name.removeprefix("Demo ")
