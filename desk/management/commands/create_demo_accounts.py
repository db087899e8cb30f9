"""The accounts of a demonstration and a little work for them, for `make run` to print."""

from functools import cache

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from desk.demo.accounts import ACCOUNTS, PASSWORD, make_accounts
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
            users = make_accounts()
            make_entries(users)
        self._print(users)

    def _print(self, users):
        rows = [("Where", "E-mail", "Role", "Password")]
        opens = cache(check_password)  # most of them share a hash
        for account in ACCOUNTS:
            password = PASSWORD if opens(PASSWORD, users[account.code].password) else "(changed)"
            rows.append((account.where, account.email, _role(account), password))
        widths = [max(len(row[place]) for row in rows) for place in range(4)]
        for row in rows:
            line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            self.stdout.write(f"  {line.rstrip()}")


def _role(account):
    """“manager, SICSM”: without its first word the name says it."""
    return account.name.removeprefix("Demo ")
