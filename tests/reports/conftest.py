"""A draft of a report, and its author at work."""

import pytest

from reports.services import start_report


@pytest.fixture
def draft(version, author):
    return start_report(author, partnership=version.partnership, kind="periodic", period="2016")


@pytest.fixture
def writer(client, author):
    client.force_login(author)
    return client
