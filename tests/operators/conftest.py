"""An organisation of the Caribbean, with its manager and its secretariat."""

import pytest
from django.urls import reverse

from operators.models import OrganisationMember
from reviews.states import State
from reviews.workflow import perform
from tests import factories
from tests.operators.cast import member_of


@pytest.fixture
def platform():
    """Cari-WOP: the Caribbean, below the global platform."""
    factories.global_platform()
    return factories.PlatformFactory(acronym="Cari-WOP", areas=["029"])


@pytest.fixture
def secretary(platform):
    return factories.SecretariatMemberFactory(platform=platform).user


@pytest.fixture
def organisation(platform):
    made = factories.OrganisationFactory(name="Water and Sewerage Company Inc.", acronym="WASCO", state=State.DRAFT)
    return perform(made, "load", by=None)


@pytest.fixture
def manager(organisation):
    return member_of(organisation, OrganisationMember.Role.MANAGER)


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def visit(client):
    """visit(user, name, *args, data=None): GET, or POST with data; the answer."""

    def ask(user, name, *args, data=None, query="", **options):
        if user:
            client.force_login(user)
        address = reverse(f"operators:{name}", args=args) + query
        return client.get(address) if data is None else client.post(address, data, **options)

    return ask
