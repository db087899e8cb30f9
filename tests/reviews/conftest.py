"""A draft in the hands of its authors, and everybody who may want something of it."""

import pytest

from partnerships.models import Participant
from reviews.states import Actor
from tests import factories
from tests.reviews.moves import put_in


@pytest.fixture
def draft(db):
    """A complete draft; mentor and mentee both take part, so members of both are its authors."""
    version = factories.draft_version()
    Participant.objects.create(partnership=version.partnership, organisation=factories.mentee_of(version))
    return version


@pytest.fixture
def cast(draft):
    """{name: user}; None acts for the system."""
    return {
        "author": factories.OrganisationMemberFactory(organisation=factories.mentor_of(draft)).user,
        "counterpart": factories.OrganisationMemberFactory(organisation=factories.mentee_of(draft)).user,
        "reviewer": factories.SecretariatMemberFactory(platform=factories.global_platform()).user,
        "stranger": factories.UserFactory(),
        Actor.SYSTEM.value: None,
    }


@pytest.fixture
def submitted(draft):
    return put_in(draft, "submitted")
