"""An entry on the desk."""

import pytest

from reviews.cloning import clone
from reviews.snapshots import remember
from reviews.workflow import perform
from tests import factories


@pytest.fixture
def draft(version, author):
    """A new version of the published partnership with another summary."""
    made = clone(version, by=author, summary="They go on.")
    remember(made, by=author)
    return made


@pytest.fixture
def submitted(draft, author):
    return perform(draft, "submit", by=author)


@pytest.fixture
def colleague(version):
    """Another member of the secretariat that reviews."""
    return factories.SecretariatMemberFactory(platform=version.reviewing_platform).user
