"""Who has an entry in hand, who has seen what, remarks, links for outsiders."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from desk.models import Assignment, ErrorReport
from desk.permissions import can_comment
from desk.services import add_comment, assign, close_error, colleagues, look, mark_seen, report_error, resolve_comment
from notices.models import OutgoingMail
from operators.models import Organisation
from partnerships.models import Involvement, NamedPlatform
from reviews.models import Comment, PreviewLink
from reviews.services import find_preview, make_preview, revoke_preview
from reviews.snapshots import at_revision
from reviews.workflow import perform
from tests import factories

pytestmark = pytest.mark.django_db


def told(kind):
    return set(OutgoingMail.objects.filter(kind=kind).values_list("address", flat=True))


def change(entry, **fields):
    """A save of the authors."""
    type(entry)._base_manager.filter(pk=entry.pk).update(revision=entry.revision + 1, **fields)
    entry.refresh_from_db()
    return entry


class TestAssigning:
    def test_a_reviewer_takes_an_entry_and_a_colleague_takes_it_over(self, submitted, reviewer, colleague):
        assign(submitted, to=reviewer, by=reviewer)
        assign(submitted, to=colleague, by=colleague)
        assert [held.to for held in Assignment.objects.all()] == [colleague]

    def test_it_is_given_back(self, submitted, reviewer):
        assign(submitted, to=reviewer, by=reviewer)
        assign(submitted, to=None, by=reviewer)
        assert not Assignment.objects.exists()

    def test_authors_do_not_choose_their_reviewer(self, submitted, author, reviewer):
        with pytest.raises(PermissionDenied):
            assign(submitted, to=reviewer, by=author)

    def test_nobody_gets_an_entry_of_their_own_organisation(self, submitted, reviewer, colleague):
        factories.OrganisationMemberFactory(organisation=factories.mentee_of(submitted), user=colleague)
        with pytest.raises(ValidationError, match="may not decide"):
            assign(submitted, to=colleague, by=reviewer)
        assert colleague not in colleagues(submitted)

    def test_what_is_decided_is_not_assigned(self, version, reviewer):
        with pytest.raises(PermissionDenied):
            assign(version, to=reviewer, by=reviewer)


class TestLooking:
    def test_the_first_look_has_nothing_to_compare_with(self, submitted, reviewer):
        assert look(submitted, by=reviewer).revision is None

    def test_what_was_seen_before_is_the_beginning_however_often_the_page_is_opened(self, submitted, reviewer):
        first = submitted.revision
        look(submitted, by=reviewer)
        change(submitted, summary="Other words")
        assert look(submitted, by=reviewer).revision == first
        change(submitted, summary="Others again")
        assert look(submitted, by=reviewer).revision == first
        assert look(submitted, by=reviewer).revision == first

    def test_saying_that_one_has_seen_it_begins_anew(self, submitted, reviewer):
        look(submitted, by=reviewer)
        change(submitted, summary="Other words")
        mark_seen(submitted, by=reviewer, revision=submitted.revision)
        assert look(submitted, by=reviewer).revision == submitted.revision

    def test_nobody_has_seen_more_than_there_is(self, submitted, reviewer):
        mark_seen(submitted, by=reviewer, revision=999)
        assert look(submitted, by=reviewer).revision == submitted.revision

    def test_a_decision_counts_as_having_seen_everything_up_to_it(self, submitted, reviewer, author):
        look(submitted, by=reviewer)
        returned = perform(submitted, "request_changes", by=reviewer, comment="Mend it.")
        decided_at = returned.revision
        again = perform(change(returned, summary="Mended"), "submit", by=author)
        seen = look(again, by=reviewer)
        assert seen.revision == decided_at
        assert at_revision(again, seen.revision)[""][""]["summary"] == "They go on."

    def test_what_somebody_looks_at_is_kept_to_be_compared_with(self, submitted, reviewer):
        submitted.snapshots.all().delete()
        look(submitted, by=reviewer)
        assert at_revision(submitted, submitted.revision)[""][""]["summary"] == "They go on."

    def test_each_reviewer_has_their_own(self, submitted, reviewer, colleague):
        look(submitted, by=reviewer)
        change(submitted, summary="Other words")
        assert look(submitted, by=colleague).revision is None


class TestRemarks:
    def test_a_reviewer_remarks_and_the_authors_hear_of_it_with_the_decision(self, submitted, reviewer, author):
        comment = add_comment(submitted, by=reviewer, text=" Which year? ", field="starts_on")
        assert (comment.text, comment.field, comment.entry) == ("Which year?", "starts_on", submitted)
        assert told("comment") == set()
        returned = perform(submitted, "request_changes", by=reviewer, comment="See the remark.")
        add_comment(returned, by=reviewer, text="And the end?", field="ends_on")
        assert told("comment") == {author.email}

    def test_an_answer_stands_in_the_same_place_and_reaches_who_has_it_in_hand(self, submitted, reviewer, author):
        assign(submitted, to=reviewer, by=reviewer)
        first = add_comment(submitted, by=reviewer, text="Which year?", field="starts_on")
        OutgoingMail.objects.all().delete()
        answer = add_comment(submitted, by=author, text="2015", answers=first)
        again = add_comment(submitted, by=reviewer, text="Thanks", answers=answer)
        assert (answer.answers, answer.field, again.answers) == (first, "starts_on", first)
        assert told("comment") == {reviewer.email}

    def test_secretariats_do_not_hear_of_remarks_in_a_draft(self, draft, author, reviewer):
        add_comment(draft, by=author, text="To be checked")
        assert told("comment") == set()

    def test_secretariats_of_named_platforms_may_remark(self, draft, author):
        named = factories.SecretariatMemberFactory().user
        other = factories.SecretariatMemberFactory().user
        NamedPlatform.objects.create(version=draft, platform=draft.reviewing_platform or factories.global_platform())
        NamedPlatform.objects.create(version=draft, platform=named.secretariats.get().platform, position=1)
        submitted = perform(draft, "submit", by=author)
        assert add_comment(submitted, by=named, text="We know this one.").pk
        with pytest.raises(PermissionDenied):
            add_comment(submitted, by=other, text="Hello")

    def test_strangers_and_other_operators_may_not(self, submitted, stranger):
        for person in (stranger, factories.OrganisationMemberFactory().user):
            with pytest.raises(PermissionDenied):
                add_comment(submitted, by=person, text="Hello")

    def test_what_is_public_is_not_remarked_on(self, version, author, reviewer):
        assert not can_comment(author, version)
        assert not can_comment(reviewer, version)

    def test_without_words_it_is_none(self, submitted, reviewer):
        with pytest.raises(ValidationError) as refused:
            add_comment(submitted, by=reviewer, text="  ")
        assert "text" in refused.value.message_dict

    def test_a_remark_on_something_else_cannot_be_answered_here(self, submitted, reviewer):
        other = factories.draft_version()
        elsewhere = factories.OrganisationMemberFactory(organisation=factories.mentor_of(other)).user
        comment = add_comment(other, by=elsewhere, text="Elsewhere")
        with pytest.raises(ValidationError, match="something else"):
            add_comment(submitted, by=reviewer, text="Here", answers=comment)

    def test_a_thread_is_settled_once_and_stays(self, submitted, reviewer, author):
        first = add_comment(submitted, by=reviewer, text="Which year?")
        answer = add_comment(submitted, by=author, text="2015", answers=first)
        resolve_comment(answer, by=reviewer)
        resolve_comment(first, by=author)
        first.refresh_from_db()
        assert first.resolved_by == reviewer
        assert submitted.comments.count() == 2

    def test_strangers_settle_nothing(self, submitted, reviewer, stranger):
        with pytest.raises(PermissionDenied):
            resolve_comment(add_comment(submitted, by=reviewer, text="Which year?"), by=stranger)

    def test_nobody_settles_a_remark_on_what_is_gone(self, submitted, reviewer):
        comment = add_comment(submitted, by=reviewer, text="Which year?")
        Comment.objects.update(object_id=0)
        with pytest.raises(PermissionDenied):
            resolve_comment(Comment.objects.get(pk=comment.pk), by=reviewer)


class TestLinksForOutsiders:
    def test_the_link_opens_the_entry_until_it_expires(self, submitted, reviewer):
        link, token = make_preview(submitted, by=reviewer, note="The ministry")
        assert find_preview(token).entry == submitted
        assert token not in link.token_hash
        PreviewLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        assert find_preview(token) is None

    def test_a_link_that_was_taken_back_opens_nothing(self, submitted, reviewer, author):
        link, token = make_preview(submitted, by=reviewer, note="The ministry")
        revoke_preview(link, by=author)
        assert find_preview(token) is None

    def test_once_it_is_decided_the_link_opens_nothing(self, submitted, reviewer):
        _link, token = make_preview(submitted, by=reviewer, note="The ministry")
        perform(submitted, "publish", by=reviewer, revision=submitted.revision)
        assert find_preview(token) is None

    def test_a_wrong_token_opens_nothing(self, submitted):
        assert find_preview("x" * 43) is None

    def test_only_authors_and_reviewers_make_and_take_back_links(self, submitted, reviewer, stranger):
        link, _token = make_preview(submitted, by=reviewer, note="The ministry")
        for person in (stranger, factories.OrganisationMemberFactory().user):
            with pytest.raises(PermissionDenied):
                make_preview(submitted, by=person, note="Me")
            with pytest.raises(PermissionDenied):
                revoke_preview(link, by=person)

    def test_a_link_to_what_is_gone_is_nobodys(self, submitted, reviewer):
        make_preview(submitted, by=reviewer, note="The ministry")
        PreviewLink.objects.update(object_id=0)
        with pytest.raises(PermissionDenied):
            revoke_preview(PreviewLink.objects.get(), by=reviewer)

    def test_it_must_be_said_for_whom(self, submitted, reviewer):
        with pytest.raises(ValidationError) as refused:
            make_preview(submitted, by=reviewer, note=" ")
        assert "note" in refused.value.message_dict


class TestReportedErrors:
    def test_the_secretariat_of_the_page_is_told(self, version, reviewer):
        platform = version.reviewing_platform
        report = report_error(address="/en/", text="Wrong name", about=version.partnership, platform=platform)
        assert (report.about, report.platform) == (version.partnership, platform)
        assert told("error-reported") == {reviewer.email}

    def test_a_platform_without_people_leaves_it_to_the_one_above(self, version):
        overall = factories.SecretariatMemberFactory(platform=factories.global_platform()).user
        report_error(address="/en/", text="Wrong name", platform=factories.PlatformFactory())
        assert told("error-reported") == {overall.email}

    def test_the_answer_goes_to_who_left_an_address(self, version, reviewer):
        platform = version.reviewing_platform
        report = report_error(address="/en/", text="Wrong name", email="reader@example.org", platform=platform)
        close_error(report, by=reviewer, answer="Mended, thank you.")
        assert told("error-answered") == {"reader@example.org"}
        silent = report_error(address="/en/", text="Another", platform=platform)
        close_error(silent, by=reviewer, answer="Mended.")
        assert OutgoingMail.objects.filter(kind="error-answered").count() == 1
        assert not ErrorReport.objects.waiting().exists()

    def test_it_is_answered_once(self, version, reviewer, colleague):
        report = report_error(address="/en/", text="Wrong name", platform=version.reviewing_platform)
        close_error(report, by=reviewer, answer="Mended.")
        with pytest.raises(ValidationError, match="meanwhile"):
            close_error(report, by=colleague, answer="Not so.")
        report.refresh_from_db()
        assert report.answer == "Mended."

    def test_other_secretariats_do_not_answer(self, version):
        report = report_error(address="/en/", text="Wrong name", platform=version.reviewing_platform)
        with pytest.raises(PermissionDenied):
            close_error(report, by=factories.SecretariatMemberFactory().user, answer="Mended.")


def test_an_organisation_is_assigned_and_discussed_like_a_partnership(version, reviewer):
    applicant = factories.UserFactory()
    organisation = Organisation.objects.create(
        key="new", slug="new", name="New utility", country_id="LC", created_by=applicant
    )
    submitted = perform(organisation, "submit", by=applicant)
    assign(submitted, to=reviewer, by=reviewer)
    comment = add_comment(submitted, by=reviewer, text="Is this the national one?", field="name")
    assert add_comment(submitted, by=applicant, text="Yes", answers=comment).field == "name"


def test_a_registration_has_no_preview_to_share(version, reviewer):
    applicant = factories.UserFactory()
    organisation = Organisation.objects.create(
        key="new", slug="new", name="New utility", country_id="LC", created_by=applicant
    )
    with pytest.raises(PermissionDenied):
        make_preview(perform(organisation, "submit", by=applicant), by=applicant, note="The ministry")


def test_an_organisation_admitted_with_an_entry_has_a_secretariat_from_then_on(draft, author, reviewer):
    new = Organisation.objects.create(key="new", slug="new", name="New utility", country_id="LC", created_by=author)
    Involvement.objects.create(version=draft, organisation=new, role="supporter", position=5)
    submitted = perform(draft, "submit", by=author)
    perform(submitted, "publish", by=reviewer, revision=submitted.revision)
    new.refresh_from_db()
    assert new.is_published
    assert Organisation.objects.served_by(reviewer).filter(pk=new.pk).exists()
