"""The World, built once for a file: whatever a test changes in it is taken back."""

import pytest
from django.db import transaction
from django.test import override_settings
from django.utils.translation import override

from tests.permissions.world import World


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker, media_folder):
    fitting = {
        "MEDIA_ROOT": media_folder,
        "SECOND_FACTOR_REQUIRED": False,
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    }
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(**fitting), override("en"):
        yield World()
        transaction.set_rollback(True)


@pytest.fixture
def world(built, db):
    """For tests that only ask the portal: what they hold of it in memory stays as it is."""
    return built
