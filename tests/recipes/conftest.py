"""Checks run on the database of the copy, with the migrations of the recipe."""

import pytest


@pytest.fixture(scope="session")
def django_db_setup():
    """No database is made: that of the copy is there already, and every test takes back what it wrote."""
