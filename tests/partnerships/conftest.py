"""A draft of the published partnership, its author at work, and a folder for its files."""

import pytest

from partnerships.services import start_new_version
from tests.partnerships.filing import with_file


@pytest.fixture
def own_folder(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def draft(version, author):
    """The next version of ``version``, begun by ``author``."""
    return start_new_version(version.partnership, author)


@pytest.fixture
def drafted(draft, author):
    """The draft with one file."""
    return with_file(draft, author)


@pytest.fixture
def writer(client, author):
    client.force_login(author)
    return client
