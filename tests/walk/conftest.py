"""The demonstration, for the walks of people who are signed in."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from accounts.models import User
from desk.demo.accounts import ACCOUNTS
from tests.registered import put_register


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, media_folder):
    """{code: User}, with the real register and the entries of the demonstration."""
    fitting = {
        "DEMO": True,
        "MEDIA_ROOT": media_folder,
        "SECOND_FACTOR_REQUIRED": False,
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    }
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(**fitting):
        put_register()
        call_command("create_demo_accounts", stdout=StringIO())
        people = [account for account in ACCOUNTS if account.code != "support"]
        yield {account.code: User.objects.get(email=account.email) for account in people}
        transaction.set_rollback(True)
