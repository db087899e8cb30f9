"""Where people land: what waits for them, what they have, and where each entry stands."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from desk.todo import tasks_of
from operators.models import JoinRequest, OrganisationInvitation
from reports.models import Kind, Report
from reviews.cloning import clone
from reviews.models import Comment
from reviews.workflow import perform
from tests import factories

WORKSPACE = "/en/workspace/"


def text_of(response):
    return " ".join(response.content.decode().split())


def whats(user):
    return [task.what for task in tasks_of(user)]


class TestPage:
    def test_people_land_here_after_signing_in(self, client, version, author):
        response = client.post(
            "/en/accounts/login/", {"login": author.email, "password": factories.PASSWORD}, follow=False
        )
        assert response.status_code in {200, 302}
        client.force_login(author)
        assert reverse("desk:workspace") == WORKSPACE
        assert client.get(WORKSPACE).status_code == 200

    def test_somebody_without_an_organisation_finds_three_doors(self, client, stranger):
        client.force_login(stranger)
        text = text_of(client.get(WORKSPACE))
        for name in ("operators:find", "operators:register", "directory:partnerships"):
            assert reverse(name) in text

    def test_an_author_finds_their_organisation_and_every_entry_with_its_state(self, client, version, author):
        factories.published_report(partnership=version.partnership)
        client.force_login(author)
        text = text_of(client.get(WORKSPACE))
        organisation = factories.mentor_of(version)
        assert reverse("operators:manage", args=[organisation.slug]) in text
        assert reverse("desk:entry", args=["partnership", version.pk]) in text
        assert "Periodic report, 2015" in text
        assert text.count("compiled from public sources") == 2
        assert reverse("partnerships:new") in text
        assert reverse("reports:new", args=[version.partnership.reference]) in text

    def test_of_each_wop_the_newest_version_stands_there(self, client, version, author):
        draft = clone(version, by=author, title="The next one")
        client.force_login(author)
        text = text_of(client.get(WORKSPACE))
        assert reverse("desk:entry", args=["partnership", draft.pk]) in text
        assert reverse("desk:entry", args=["partnership", version.pk]) not in text

    def test_a_discarded_draft_gives_way_to_what_is_public(self, client, version, author):
        draft = perform(clone(version, by=author), "discard", by=author)
        client.force_login(author)
        text = text_of(client.get(WORKSPACE))
        assert reverse("desk:entry", args=["partnership", version.pk]) in text
        assert reverse("desk:entry", args=["partnership", draft.pk]) not in text

    def test_a_registration_that_waits_stands_there(self, client, stranger):
        organisation = factories.OrganisationFactory(state="submitted", created_by=stranger, name="Castries Water")
        client.force_login(stranger)
        text = text_of(client.get(WORKSPACE))
        assert "Castries Water" in text
        assert reverse("desk:entry", args=["organisation", organisation.pk]) in text

    def test_nothing_of_others_stands_there(self, client, version, author):
        other = factories.published_version(title="Of other people")
        client.force_login(author)
        text = text_of(client.get(WORKSPACE))
        assert other.title not in text
        assert other.partnership.reference not in text

    def test_thirty_partnerships_cost_as_many_queries_as_one(
        self, client, author, version, django_assert_max_num_queries
    ):
        organisation = factories.mentor_of(version)
        client.force_login(author)

        def add(count):
            for number in range(count):
                wop = factories.published_version()
                wop.partnership.participants.create(organisation=organisation)
                draft = clone(wop, by=author, summary=f"Draft {number}")
                if number % 3 == 0:
                    perform(draft, "submit", by=author)
                report = factories.ReportVersionFactory(partnership=wop.partnership)
                if number % 3 == 1:
                    perform(report, "submit", by=author)

        def count():
            with django_assert_max_num_queries(70) as taken:
                assert client.get(WORKSPACE).status_code == 200
            return len(taken)

        add(4)
        count()  # types of content are looked up once
        few = count()
        add(26)
        assert count() <= few

    def test_somebody_who_is_not_signed_in_is_asked_to(self, client, db):
        assert client.get(WORKSPACE).url.startswith("/en/accounts/login/")

    def test_it_is_only_read(self, client, stranger):
        client.force_login(stranger)
        assert client.post(WORKSPACE).status_code == 405


class TestNavigation:
    def test_the_desk_is_shown_to_secretariats_alone(self, client, author, reviewer):
        desk = f'href="{reverse("desk:queue")}"'
        client.force_login(author)
        assert desk not in text_of(client.get(WORKSPACE))
        client.force_login(reviewer)
        assert desk in text_of(client.get(WORKSPACE))

    def test_unread_messages_are_counted(self, client, version, author, counterpart):
        perform(clone(version, by=author, summary="Other words."), "submit", by=author)
        client.force_login(counterpart)
        assert '<span class="own-nav-count"> 1<' in text_of(client.get(WORKSPACE))

    def test_a_public_page_does_not_ask_who_is_reading(self, client, author, django_assert_num_queries):
        client.force_login(author)
        text = text_of(client.get("/en/about/what-is-a-wop/"))
        assert "own-nav" not in text
        assert reverse("desk:workspace") in text


class TestTasks:
    def test_nothing_waits_for_a_stranger(self, stranger):
        assert tasks_of(stranger) == []

    def test_a_draft_is_to_be_finished(self, version, author):
        draft = clone(version, by=author)
        [task] = tasks_of(author)
        assert task.what == "Finish the draft and submit it"
        assert task.url == reverse("partnerships:draft", args=[draft.pk])
        assert not task.is_urgent
        assert factories.mentor_of(version).short_name in task.who

    def test_requested_changes_come_first_with_the_open_remarks(self, version, author, reviewer):
        factories.ReportVersionFactory(partnership=version.partnership)
        submitted = perform(clone(version, by=author), "submit", by=author)
        Comment.objects.create(entry=submitted, text="When did it end?", by=reviewer)
        perform(submitted, "request_changes", by=reviewer, comment="See my remark")
        first, second = tasks_of(author)
        assert first.what == f"Make the changes that {submitted.reviewing_platform} asks for"
        assert first.note == "1 open remark"
        assert first.since is not None
        assert second.what == "Finish the draft and submit it"

    def test_the_partner_is_to_confirm_until_somebody_answered(self, client, version, author, counterpart):
        submitted = perform(clone(version, by=author, summary="Other words."), "submit", by=author)
        assert whats(counterpart) == ["Confirm it, or say where it differs"]
        client.force_login(counterpart)
        client.post(
            reverse("desk:confirm", args=["partnership", submitted.pk]),
            {"organisation": factories.mentee_of(submitted).pk, "answer": "confirms"},
        )
        assert whats(counterpart) == []

    def test_who_submitted_is_not_asked_to_confirm(self, version, author):
        perform(clone(version, by=author, summary="Other words."), "submit", by=author)
        assert whats(author) == []

    def test_a_secretariat_is_told_how_much_waits(self, version, author, reviewer):
        assert tasks_of(reviewer) == []
        perform(clone(version, by=author), "submit", by=author)
        [task] = tasks_of(reviewer)
        assert (task.what, task.url) == ("Review 1 entry that waits", reverse("desk:queue"))

    def test_a_manager_answers_who_asks_to_join(self, version, author, stranger):
        organisation = factories.mentor_of(version)
        manager = factories.OrganisationMemberFactory(organisation=organisation, role="manager").user
        JoinRequest.objects.create(organisation=organisation, user=stranger)
        [task] = tasks_of(manager)
        assert stranger.name in task.what
        assert task.url == reverse("operators:people", args=[organisation.slug])
        assert tasks_of(author) == []

    def test_an_open_invitation_is_remembered(self, version, stranger):
        invitation = OrganisationInvitation(organisation=factories.mentor_of(version), email=stranger.email.upper())
        invitation.renew()
        invitation.save()
        [task] = tasks_of(stranger)
        assert task.what == "Open the invitation in your mail"
        invitation.expires_at = timezone.now() - timedelta(days=1)
        invitation.save()
        assert tasks_of(stranger) == []

    def test_a_partner_added_in_place_is_no_draft_of_its_own(self, author, version):
        partner = factories.OrganisationFactory(state="draft", created_by=author)
        factories.InvolvementFactory(version=clone(version, by=author), organisation=partner, role="supporter")
        assert whats(author) == ["Finish the draft and submit it"]

    @pytest.mark.parametrize(
        ("years", "told", "due"),
        [(2, False, True), (0, False, False), (2, True, False)],
        ids=["due", "too soon", "told"],
    )
    def test_a_follow_up_is_due_a_year_after_the_end(self, version, author, years, told, due):
        year = str(timezone.now().year - years)
        type(version).objects.filter(pk=version.pk).update(ends_on=f"{year}-01")
        if told:
            Report.objects.create(partnership=version.partnership, kind=Kind.FOLLOW_UP, period=year)
        assert whats(author) == (["Say what lasted: start the follow-up report"] if due else [])
