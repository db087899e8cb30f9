"""Two people act on one entry in the same second.

Only PostgreSQL runs two writers at once in a test database; SQLite queues them (``IMMEDIATE``), and
test_workflow.py shows on both that the later writer is refused by the revision.
"""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from notices.models import OutgoingMail
from partnerships.services import save_draft
from tests import factories
from tests.reviews.moves import code_of, outcome, put_in


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


def saved(version, user, **fields):
    """ "saved", or the code with which the save was refused."""
    try:
        save_draft(version, by=user, revision=version.revision, fields=fields)
    except ValidationError as refused:
        return code_of(refused)
    return "saved"


@pytest.fixture
def waiting(committing):
    """A submitted version, an author and a reviewer, all committed."""
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

    @pytest.mark.parametrize("_round", range(3))
    def test_approving_editing_and_withdrawing_at_once_leave_one_state_and_one_mail(waiting, _round):
        version, author, reviewer = waiting
        colleague = factories.OrganisationMemberFactory(organisation=factories.mentor_of(version)).user
        results = at_once(
            lambda: outcome(version, "publish", reviewer),
            lambda: saved(version, colleague, title="Written at the same moment"),
            lambda: outcome(version, "withdraw", author, revision=None),
        )
        version.refresh_from_db()
        decided = [result for result in (results[0], results[2]) if result in ("published", "draft")]
        assert decided == [version.state]
        assert (version.title == "Written at the same moment") == (results[1] == "saved")
        assert results[1] == "saved" or results[1] in ("wrong_state", "stale")
        assert not (version.state == "published" and results[1] == "saved")
        told = OutgoingMail.objects.filter(address=author.email).count()
        assert told == (version.state == "published")
        assert version.events.count() == 1

    @pytest.mark.parametrize("_round", range(3))
    def test_of_two_saves_at_once_one_is_refused(waiting, _round):
        version, author, _reviewer = waiting
        put_in(version, "draft")
        colleague = factories.OrganisationMemberFactory(organisation=factories.mentor_of(version)).user
        results = at_once(
            lambda: saved(version, author, title="From the one"),
            lambda: saved(version, colleague, title="From the other"),
        )
        revision = version.revision
        version.refresh_from_db()
        assert sorted(results) == ["saved", "stale"]
        assert version.revision == revision + 1
        assert version.title == ("From the one" if results[0] == "saved" else "From the other")

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
