"""The working page of an entry: where it stands, what comes next, and all that happened."""

import pytest
from django.urls import reverse

from desk.visibility import visibilities_of, visibility_of
from operators.models import OrganisationChange
from partnerships.services.confirmations import confirm
from platforms.models import SecretariatMember
from reviews.cloning import clone
from reviews.models import Comment
from reviews.workflow import perform
from tests import factories

REASON = "The end date is missing."


@pytest.fixture
def draft(version, author):
    return clone(version, by=author, summary="They go on.")


@pytest.fixture
def submitted(draft, author):
    return perform(draft, "submit", by=author)


def page(client, entry, kind="partnership"):
    return client.get(reverse("desk:entry", args=[kind, entry.pk]))


def text_of(response):
    return " ".join(response.content.decode().split())


class TestWhy:
    def test_a_draft_says_that_nobody_submitted_it_and_what_stays_public(self, draft):
        assert str(visibility_of(draft)).startswith("Not public: a draft that nobody has submitted yet. Meanwhile ")

    def test_what_waits_says_for_whom(self, submitted, reviewer):
        text = str(visibility_of(submitted))
        assert f"Not public: waits for {submitted.reviewing_platform} since" in text
        assert "Meanwhile readers see the version of" in text

    def test_what_nobody_can_decide_says_so(self, submitted):
        SecretariatMember.objects.all().delete()
        assert "no reviewer is left to decide on it" in str(visibility_of(submitted))

    def test_a_secretariat_above_can_decide(self, submitted, reviewer):
        SecretariatMember.objects.all().delete()
        factories.SecretariatMemberFactory(platform=factories.global_platform())
        assert "no reviewer" not in str(visibility_of(submitted))

    def test_what_was_taken_back_says_so(self, submitted, author):
        assert "taken back by its authors" in str(visibility_of(perform(submitted, "withdraw", by=author)))

    def test_what_is_to_be_changed_says_who_asked(self, submitted, reviewer):
        back = perform(submitted, "request_changes", by=reviewer, comment=REASON)
        assert f"{submitted.reviewing_platform} asked its authors for changes" in str(visibility_of(back))

    def test_what_is_public_says_since_when_and_by_whom(self, version, submitted, reviewer):
        assert "compiled from public sources" in str(visibility_of(version))
        published = perform(submitted, "publish", by=reviewer, revision=submitted.revision)
        answer = visibility_of(published)
        assert answer.is_public
        assert f"reported by {factories.mentor_of(published).short_name}" in answer.text
        assert f"approved by {published.reviewing_platform}" in answer.text

    def test_an_older_version_says_that_it_was_replaced(self, version, submitted, reviewer):
        perform(submitted, "publish", by=reviewer, revision=submitted.revision)
        version.refresh_from_db()
        assert "a newer version took its place" in str(visibility_of(version))

    def test_what_is_archived_says_why(self, version, reviewer):
        assert "Entered twice" in str(visibility_of(perform(version, "archive", by=reviewer, comment="Entered twice")))

    def test_what_is_rejected_says_why(self, submitted, reviewer):
        assert "Not a WOP" in str(visibility_of(perform(submitted, "reject", by=reviewer, comment="Not a WOP")))

    def test_what_is_discarded_says_so(self, draft, author):
        assert "Not public: discarded on" in str(visibility_of(perform(draft, "discard", by=author)))

    def test_a_report_of_a_wop_that_is_not_public_is_not_public(self, version, reviewer):
        report = factories.published_report(partnership=version.partnership)
        assert visibility_of(report).is_public
        perform(version, "archive", by=reviewer, comment="Never took place")
        assert not visibility_of(report).is_public
        assert "the partnership that it reports on is not public" in str(visibility_of(report))

    def test_an_organisation_says_it_too(self, version, author):
        organisation = factories.mentor_of(version)
        assert "Public since" in str(visibility_of(organisation))
        change = OrganisationChange.objects.create(
            organisation=organisation, name="New", kind="operator", country_id="MQ", created_by=author
        )
        assert "a draft" in str(visibility_of(change))

    def test_many_cost_as_many_queries_as_one(self, db, django_assert_max_num_queries):
        versions = [factories.published_version() for _ in range(5)]
        reports = [factories.published_report(partnership=version.partnership) for version in versions]
        with django_assert_max_num_queries(12):
            visibilities_of([versions[0], reports[0]])
        with django_assert_max_num_queries(12):
            visibilities_of([*versions, *reports])


class TestPage:
    def test_an_author_sees_what_to_do_next(self, client, draft, author):
        client.force_login(author)
        text = text_of(page(client, draft))
        assert reverse("partnerships:draft", args=[draft.pk]) in text
        assert reverse("desk:step", args=["partnership", draft.pk, "submit"]) in text
        assert reverse("desk:step", args=["partnership", draft.pk, "discard"]) in text
        assert reverse("directory:draft-preview", args=["partnership", draft.pk]) in text

    def test_the_history_tells_who_did_what_and_why(self, client, submitted, author, reviewer):
        perform(submitted, "request_changes", by=reviewer, comment=REASON)
        client.force_login(author)
        text = text_of(page(client, submitted))
        assert "Submitted for review" in text
        assert "Changes requested" in text
        assert REASON in text
        assert reviewer.name in text
        assert "Loaded from public sources" in text

    def test_a_partner_who_is_asked_sees_no_talk_with_the_secretariat(self, client, reviewer):
        draft = factories.draft_version()
        mentor = factories.OrganisationMemberFactory(organisation=factories.mentor_of(draft)).user
        mentee = factories.OrganisationMemberFactory(organisation=factories.mentee_of(draft)).user
        decides = factories.SecretariatMemberFactory(platform=factories.global_platform()).user
        draft = perform(draft, "submit", by=mentor)
        Comment.objects.create(entry=draft, text="A remark between us", by=decides)
        draft = perform(draft, "request_changes", by=decides, comment=REASON)
        draft = perform(draft, "submit", by=mentor)
        client.force_login(mentee)
        text = text_of(page(client, draft))
        assert "Confirm it, or say where it differs" in text
        assert REASON not in text
        assert "A remark between us" not in text

    def test_both_sides_are_shown_with_what_they_said(self, client, submitted, author, counterpart):
        client.force_login(author)
        assert "has not answered yet" in text_of(page(client, submitted))
        mentee = factories.mentee_of(submitted)
        confirm(submitted, mentee, by=counterpart, answer="differs", text="It began in 2013.")
        text = text_of(page(client, submitted))
        assert "It began in 2013." in text
        assert "Not shown to the public." in text

    def test_an_organisation_without_members_cannot_answer(self, client, draft, author):
        client.force_login(author)
        assert "has nobody in the portal who could answer" in text_of(page(client, draft))

    def test_a_published_entry_offers_a_new_version_unless_one_is_open(self, client, version, author):
        client.force_login(author)
        button = reverse("partnerships:new-version", args=[version.partnership.reference])
        assert button in text_of(page(client, version))
        clone(version, by=author)
        assert button not in text_of(page(client, version))

    def test_decisions_are_taken_on_the_desk(self, client, submitted, reviewer):
        client.force_login(reviewer)
        text = text_of(page(client, submitted))
        assert reverse("desk:review", args=["partnership", submitted.pk]) in text
        assert reverse("desk:step", args=["partnership", submitted.pk, "publish"]) not in text

    def test_a_report_has_one_too(self, client, version, author):
        report = factories.ReportVersionFactory(partnership=version.partnership)
        client.force_login(author)
        text = text_of(page(client, report, "report"))
        assert reverse("reports:draft", args=[report.pk]) in text
        published = factories.published_report(partnership=version.partnership, period="2016")
        assert reverse("reports:new-version", args=[published.report_id]) in text_of(page(client, published, "report"))

    def test_a_registration_says_what_was_entered(self, client, stranger):
        organisation = factories.OrganisationFactory(state="draft", created_by=stranger, city="Castries")
        client.force_login(stranger)
        text = text_of(page(client, organisation, "organisation"))
        assert "Castries" in text
        assert "Saint Lucia" in text
        assert reverse("operators:registration", args=[organisation.slug]) in text

    def test_a_change_says_what_is_to_change(self, client, version):
        manager = factories.OrganisationMemberFactory(organisation=factories.mentor_of(version), role="manager").user
        change = OrganisationChange.objects.create(
            organisation=factories.mentor_of(version), name="A new name", kind="operator", country_id="MQ",
            created_by=manager, reason="Merged in 2020",
        )  # fmt: skip
        client.force_login(manager)
        text = text_of(page(client, change, "change"))
        assert "A new name" in text
        assert "Merged in 2020" in text


class TestWhoMay:
    def test_somebody_who_is_not_signed_in_is_asked_to(self, client, draft):
        assert page(client, draft).url.startswith("/en/accounts/login/")

    def test_a_stranger_finds_nothing(self, client, draft, stranger):
        client.force_login(stranger)
        assert page(client, draft).status_code == 404

    def test_a_draft_is_not_the_secretariats_to_read(self, client, draft, reviewer):
        client.force_login(reviewer)
        assert page(client, draft).status_code == 404

    def test_it_is_only_read(self, client, draft, author):
        client.force_login(author)
        assert client.post(reverse("desk:entry", args=["partnership", draft.pk])).status_code == 405
