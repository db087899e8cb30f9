"""Who is told what when an entry moves, and that nobody gets two mails that contradict each other."""

import pytest

from accounts.models import User
from notices.models import OutgoingMail
from notices.sending import sweep
from operators.models import Organisation
from partnerships.models import Involvement
from reviews.cloning import clone
from reviews.models import ReviewEvent
from reviews.states import State
from reviews.workflow import perform
from tests import factories
from tests.notices.conftest import server  # noqa: F401 (a fixture)
from tests.reviews.moves import abandon, put_in

KINDS = {
    "review", "withdrawn", "nobody-can-review", "change", "published", "involved", "rejected", "archived", "restored",
    "discarded",
}  # fmt: skip
"""Those that a step makes; others may be told besides, such as who is asked to confirm."""


@pytest.fixture
def people(draft, cast):
    """The cast without the system."""
    return {name: user for name, user in cast.items() if user}


def step(entry, action, user, comment="Because the figures are of 2014."):
    return perform(entry, action, by=user, comment=comment, revision=entry.revision)


def told(action):
    """{address: kind} of those whom the last ``action`` was announced to."""
    event = ReviewEvent.objects.filter(action=action).last()
    mails = OutgoingMail.objects.filter(key=f"event-{event.pk}", kind__in=KINDS)
    return {mail.address: mail.kind for mail in mails}


class TestSubmit:
    def test_is_told_to_who_decides(self, draft, people):
        step(draft, "submit", people["author"])
        assert told("submit") == {people["reviewer"].email: "review"}

    def test_is_told_to_the_platform_that_reviews_and_not_to_those_above(self, draft, people):
        platform = factories.PlatformFactory(countries=["LC"], parent=factories.global_platform())
        near = factories.SecretariatMemberFactory(platform=platform).user
        step(draft, "submit", people["author"])
        assert told("submit") == {near.email: "review"}

    def test_that_nobody_may_decide_is_told_to_the_secretariat_at_the_top(self, draft, people):
        factories.OrganisationMemberFactory(organisation=factories.mentee_of(draft), user=people["reviewer"])
        step(draft, "submit", people["author"])
        assert told("submit") == {people["reviewer"].email: "nobody-can-review"}

    def test_without_any_secretariat_support_is_told(self, draft, people):
        people["reviewer"].secretariats.all().delete()
        support = User.objects.create_superuser("support@portal.example")
        step(draft, "submit", people["author"])
        assert told("submit") == {support.email: "nobody-can-review"}

    def test_the_only_one_at_the_top_who_submits_does_not_write_to_themselves(self, draft, people):
        top = people["reviewer"]
        factories.OrganisationMemberFactory(organisation=factories.mentor_of(draft), user=top)
        support = User.objects.create_superuser("support@portal.example")
        step(draft, "submit", top)
        assert told("submit") == {support.email: "nobody-can-review"}


class TestWithdraw:
    @pytest.fixture
    def submitted(self, draft, people):
        return step(draft, "submit", people["author"])

    def test_before_the_mail_left_nobody_hears_of_either(self, submitted, people, server):  # noqa: F811
        step(submitted, "withdraw", people["author"])
        sweep()
        assert told("withdraw") == {}
        assert not [mail for mail in server.mails if mail["To"] == people["reviewer"].email]

    def test_after_it_left_those_who_got_it_are_told(self, submitted, people, server):  # noqa: F811
        sweep()
        step(submitted, "withdraw", people["author"])
        assert told("withdraw") == {people["reviewer"].email: "withdrawn"}

    def test_somebody_who_came_later_is_not_told_of_what_they_never_heard_of(self, submitted, people, server):  # noqa: F811
        sweep()
        factories.SecretariatMemberFactory(platform=factories.global_platform())
        step(submitted, "withdraw", people["author"])
        assert told("withdraw") == {people["reviewer"].email: "withdrawn"}

    def test_and_submitting_again_before_anything_left_is_one_mail(self, submitted, people, server):  # noqa: F811
        draft = step(submitted, "withdraw", people["author"])
        step(draft, "submit", people["author"])
        sweep()
        assert [mail["To"] for mail in server.mails].count(people["reviewer"].email) == 1


class TestDecisions:
    @pytest.fixture
    def submitted(self, draft):
        return put_in(draft, "submitted")

    @pytest.mark.parametrize(("action", "kind"), [("request_changes", "change"), ("reject", "rejected")])
    def test_are_told_to_all_authors_with_the_reason_in_full(self, submitted, people, server, action, kind):  # noqa: F811
        reason = "Word for word. " * 200
        step(submitted, action, people["reviewer"], comment=reason)
        assert told(action) == {people["author"].email: kind, people["counterpart"].email: kind}
        sweep()
        bodies = [mail.get_body(("plain",)).get_content() for mail in server.mails]
        assert len(bodies) == 2
        assert all(" ".join(body.split()).count(reason.strip()) == 1 for body in bodies)

    def test_publishing_is_told_to_the_authors(self, submitted, people):
        step(submitted, "publish", people["reviewer"])
        authors = {people["author"].email, people["counterpart"].email}
        assert set(told("publish")) == authors

    def test_publishing_again_names_nobody_for_the_first_time(self, version, author, counterpart, reviewer):
        again = step(put_in(clone_of(version), "submitted"), "publish", reviewer)
        assert again.is_published
        assert told("publish") == {author.email: "published", counterpart.email: "published"}

    def test_whoever_wrote_a_first_version_knows_that_it_names_them(self, draft, people):
        submitted = step(draft, "submit", people["author"])
        step(submitted, "publish", people["reviewer"])
        assert told("publish") == {people["author"].email: "published", people["counterpart"].email: "involved"}

    def test_whose_organisation_is_named_for_the_first_time_is_told_so(self, version, author, reviewer):
        newcomer = factories.OrganisationMemberFactory()
        draft = clone_of(version)
        Involvement.objects.create(version=draft, organisation=newcomer.organisation, role="peer", position=9)
        step(put_in(draft, "submitted"), "publish", reviewer)
        assert told("publish") == {author.email: "published", newcomer.user.email: "involved"}

    def test_who_decides_is_not_told_of_it(self, submitted, people):
        step(submitted, "publish", people["reviewer"])
        assert people["reviewer"].email not in told("publish")

    def test_archiving_and_restoring_are_told_to_the_authors(self, version, author, reviewer):
        archived = step(version, "archive", reviewer)
        step(archived, "restore", reviewer)
        assert told("archive") == {author.email: "archived"}
        assert told("restore") == {author.email: "restored"}

    def test_only_the_last_word_is_mailed(self, version, author, reviewer, server):  # noqa: F811
        archived = step(version, "archive", reviewer)
        step(archived, "restore", reviewer)
        sweep()
        assert [mail["Subject"].strip() for mail in server.mails] == [f"Read “{version}”: it is public again"]


class TestDiscard:
    def test_by_a_reviewer_is_told_to_the_authors(self, draft, people):
        step(abandon(draft), "discard", people["reviewer"])
        assert told("discard") == {people["author"].email: "discarded", people["counterpart"].email: "discarded"}

    def test_by_an_author_is_told_to_nobody(self, draft, people):
        step(draft, "discard", people["author"])
        assert told("discard") == {}


def test_what_the_system_does_is_not_told(draft, people):
    perform(draft, "load", by=None)
    assert not OutgoingMail.objects.exists()


def test_a_registration_is_told_like_everything_else(db):
    organisation = factories.OrganisationFactory(state=State.DRAFT)
    manager = factories.OrganisationMemberFactory(organisation=organisation, role="manager").user
    reviewer = factories.SecretariatMemberFactory(platform=factories.global_platform()).user
    submitted = step(organisation, "submit", manager)
    assert told("submit") == {reviewer.email: "review"}
    step(Organisation.objects.get(pk=submitted.pk), "reject", reviewer)
    assert told("reject") == {manager.email: "rejected"}


def test_what_did_not_happen_is_not_told(draft, people):
    with pytest.raises(Exception, match="Say why"):
        step(put_in(draft, "submitted"), "reject", people["reviewer"], comment=" ")
    assert not OutgoingMail.objects.exists()


class TestConcerns:
    """A mail that waits is not sent to somebody who may no longer know of the entry."""

    @pytest.fixture
    def event(self, draft, people):
        step(draft, "submit", people["author"])
        return ReviewEvent.objects.get(action="submit")

    @pytest.mark.parametrize(
        ("name", "expected"), [("author", True), ("counterpart", True), ("reviewer", True), ("stranger", False)]
    )
    def test_those_who_take_part_or_decide(self, event, people, name, expected):
        assert event.concerns(people[name]) == expected

    def test_everybody_once_it_is_public(self, event, people, draft):
        put_in(draft, "published")
        assert ReviewEvent.objects.get(pk=event.pk).concerns(people["stranger"])


def clone_of(version):
    """A new draft of a published version."""
    author = User.objects.filter(organisations__isnull=False).first()
    return clone(version, by=author)
