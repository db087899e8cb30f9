import sys
from io import StringIO

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

LOADERS = ("load_terms", "load_countries", "load_synonyms", "load_register")
LEFT_BY_EARLIER_RUNS = ("send_mails", "send_webhooks")


class Command(BaseCommand):
    """One process for all of it: to start Django takes longer than everything that a second run has to do."""

    help = "Bring the database of a demonstration up to date and print its accounts. Needs WOP_DEMO=1."
    requires_system_checks = ()  # they import every page, and scripts/check has made them

    def add_arguments(self, parser):
        parser.add_argument("--without-accounts", action="store_true", help="the register and nothing else")

    def handle(self, *, without_accounts, **options):
        """The accounts alone go to the output; what was loaded stands beside it."""
        if not settings.DEMO:
            raise CommandError("This makes demo accounts with a public password: it only works with WOP_DEMO=1.")
        if _is_behind():
            call_command("migrate", verbosity=0)
        for loader in LOADERS:
            call_command(loader, stdout=sys.stderr)
        if without_accounts:
            return
        call_command("create_demo_accounts", stdout=self.stdout)
        for sweep in LEFT_BY_EARLIER_RUNS:
            call_command(sweep, stdout=StringIO())


def _is_behind():
    """Whether a migration is missing: the command would look through all permissions, to change nothing."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
