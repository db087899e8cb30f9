"""Two people act on one entry in the same second.

Only PostgreSQL runs two writers at once in a test database; SQLite queues them (``IMMEDIATE``), and
test_workflow.py shows on both that the later writer is refused by the revision.
"""

import threading

import pytest
from django.db import connection

from tests import factories
from tests.reviews.moves import outcome, put_in
from vocabularies.services import load_countries, load_terms


def at_once(*calls):
    """The results of ``calls``, each in a thread of its own, started together."""
    results = [None] * len(calls)
    start = threading.Barrier(len(calls))

    def run(place, call):
        start.wait(timeout=10)
        try:
            results[place] = call()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


@pytest.fixture
def lists_again(django_db_setup, django_db_blocker):
    """A test that really commits ends with an emptied database: put the countries and terms back."""
    yield
    with django_db_blocker.unblock():
        load_countries()
        load_terms()


@pytest.fixture
def waiting(lists_again, transactional_db):
    """A submitted version, an author and a reviewer, all committed."""
    load_countries()
    version = put_in(factories.draft_version(), "submitted")
    author = factories.OrganisationMemberFactory(organisation=factories.mentor_of(version)).user
    reviewer = factories.SecretariatMemberFactory(platform=version.reviewing_platform).user
    return version, author, reviewer


if connection.vendor == "postgresql":

    @pytest.mark.parametrize("_round", range(5))
    def test_publishing_and_withdrawing_at_once_end_in_one_legal_state(waiting, _round):
        version, author, reviewer = waiting
        results = at_once(
            lambda: outcome(version, "publish", reviewer), lambda: outcome(version, "withdraw", author, revision=None)
        )
        version.refresh_from_db()
        assert (version.state, sorted(results)) in [
            ("published", ["published", "wrong_state"]),
            ("draft", ["draft", "wrong_state"]),
        ]
        assert version.events.count() == 1

    def test_two_reviewers_publishing_at_once_publish_once(waiting):
        version, _author, reviewer = waiting
        colleague = factories.SecretariatMemberFactory(platform=version.reviewing_platform).user
        results = at_once(lambda: outcome(version, "publish", reviewer), lambda: outcome(version, "publish", colleague))
        assert sorted(results) == ["published", "wrong_state"]
        assert version.events.count() == 1

else:

    def test_writers_queue_and_never_start_as_readers():
        """A transaction that reads first and writes later could not wait for its turn."""
        assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
