"""What waits for a secretariat."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from desk.conflicts import conflicts_of
from desk.forms.queue import STATES
from desk.models import ErrorReport, Look
from desk.queue import places_for
from desk.services import assign, look
from operators.models import JoinRequest, Organisation, OrganisationChange
from partnerships.models import Confirmation
from partnerships.services.confirmations import answers_about
from reviews.cloning import clone
from reviews.snapshots import fingerprint
from reviews.states import STEPS, Actor, State
from reviews.workflow import perform
from tests import factories
from tests.api.writing import Program

pytestmark = pytest.mark.django_db
QUEUE = "/en/desk/"


def text_of(response):
    return " ".join(response.content.decode().split())


def waiting_since(entry, days):
    """Tests look at queues that have waited; the history itself is never rewritten."""
    moment = timezone.now() - timedelta(days=days)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE reviews_reviewevent SET created_at = %s WHERE object_id = %s AND action = 'submit'",
            [moment, entry.pk],
        )


def registration(**fields):
    applicant = factories.UserFactory()
    fields = {"key": "new", "slug": "new", "name": "New utility", "country_id": "LC"} | fields
    return perform(Organisation.objects.create(created_by=applicant, **fields), "submit", by=applicant)


def queue_of(client, user, **filters):
    client.force_login(user)
    return client.get(QUEUE, filters)


class TestWhoSeesIt:
    def test_somebody_unknown_signs_in_first(self, client):
        assert client.get(QUEUE).url.startswith("/en/accounts/login/")

    def test_operators_and_strangers_have_no_desk(self, client, author, stranger):
        for person in (author, stranger):
            assert queue_of(client, person).status_code == 403

    def test_it_is_only_read(self, client, reviewer):
        client.force_login(reviewer)
        assert client.post(QUEUE).status_code == 405

    def test_a_second_factor_is_asked_for_where_it_is_required(self, client, reviewer, settings):
        settings.SECOND_FACTOR_REQUIRED = True
        assert queue_of(client, reviewer).url == reverse("mfa_index")

    def test_another_secretariat_sees_nothing_of_it(self, client, submitted):
        other = factories.SecretariatMemberFactory().user
        response = queue_of(client, other)
        assert submitted.title not in text_of(response)
        assert "Nothing waits for a decision" in text_of(response)

    def test_the_platform_above_sees_it_too(self, client, submitted):
        overall = factories.SecretariatMemberFactory(platform=factories.global_platform()).user
        assert submitted.title in text_of(queue_of(client, overall))


class TestWhatItSays:
    def test_an_entry_says_what_it_is_who_sent_it_and_where_it_belongs(self, client, submitted, reviewer, author):
        page = text_of(queue_of(client, reviewer))
        assert submitted.title in page
        assert submitted.partnership.reference in page
        assert "version 2" in page
        assert f"by {author.name}" in page
        assert submitted.reviewing_platform.acronym in page
        assert "in nobody's hands" in page
        assert reverse("desk:review", args=["partnership", submitted.pk]) in page
        assert factories.mentor_of(submitted).acronym in page

    def test_the_oldest_stands_first_and_is_marked_when_it_is_overdue(self, client, submitted, reviewer):
        older = registration()
        waiting_since(older, 20)
        page = text_of(queue_of(client, reviewer))
        assert page.index("New utility") < page.index(submitted.title)
        assert "waiting for 20 days" in page
        assert page.count("overdue</b>") == 1

    def test_drafts_and_decided_entries_do_not_wait(self, client, draft, version, reviewer):
        assert places_for(reviewer) == []

    def test_all_four_kinds_wait(self, submitted, reviewer, author):
        registration()
        mine = factories.mentor_of(submitted)
        change = OrganisationChange.objects.create(
            organisation=mine, name="X", kind="operator", country_id="LC", reason="New law"
        )
        perform(change, "submit", by=factories.OrganisationMemberFactory(organisation=mine, role="manager").user)
        report = factories.ReportVersionFactory(partnership=submitted.partnership)
        perform(report, "submit", by=author)
        overall = factories.SecretariatMemberFactory(platform=factories.global_platform()).user
        assert {place.code for place in places_for(overall)} == {"partnership", "report", "organisation", "change"}

    def test_it_says_who_has_it_in_hand_and_who_looks_at_it_now(self, client, submitted, reviewer, colleague):
        assign(submitted, to=colleague, by=colleague)
        look(submitted, by=colleague)
        page = text_of(queue_of(client, reviewer))
        assert f"in the hands of {colleague.name}" in page
        assert f"{colleague.name} is looking at it" in page
        Look.objects.update(seen_at=timezone.now() - timedelta(minutes=16))
        assert "is looking at it" not in text_of(client.get(QUEUE))

    def test_i_am_not_told_that_i_am_looking(self, client, submitted, reviewer):
        look(submitted, by=reviewer)
        assert "is looking at it" not in text_of(queue_of(client, reviewer))

    def test_it_says_what_the_sides_answered_about_these_words(self, client, submitted, reviewer):
        before = len([one for one in answers_about(submitted) if one.answer == "confirms"])
        mentee = factories.mentee_of(submitted)
        Confirmation.objects.create(
            entry=submitted, organisation=mentee, fingerprint=fingerprint(submitted), answer="confirms"
        )
        Confirmation.objects.create(
            entry=submitted, organisation=factories.OrganisationFactory(), fingerprint="0" * 64, answer="differs"
        )
        page = text_of(queue_of(client, reviewer))
        assert ("1 side confirms" if not before else "2 sides confirm") in page
        assert "differs" not in page


class TestConflicts:
    def test_nobody_may_decide_on_what_their_organisation_takes_part_in(self, client, submitted, reviewer):
        mentee = factories.mentee_of(submitted)
        factories.OrganisationMemberFactory(organisation=mentee, user=reviewer)
        page = text_of(queue_of(client, reviewer))
        assert f"You belong to {mentee.name}, which takes part in it." in page

    def test_what_is_explained_is_what_is_enforced(self, submitted, reviewer, colleague, author):
        """The desk explains a rule that stands elsewhere: both must always say the same."""
        entries = [submitted, registration()]
        report = factories.ReportVersionFactory(partnership=submitted.partnership)
        entries.append(perform(report, "submit", by=author))
        factories.OrganisationMemberFactory(organisation=factories.mentor_of(submitted), user=colleague)
        factories.OrganisationMemberFactory(organisation=entries[1], user=reviewer)
        for person in (reviewer, colleague):
            explained = conflicts_of(entries, person)
            for entry in entries:
                assert ((type(entry), entry.pk) in explained) != entry.may_be_decided_by(person)

    def test_nobody_decides_on_what_they_sent_themselves(self, version):
        overall = factories.SecretariatMemberFactory(platform=factories.global_platform())
        organisation = Organisation.objects.create(
            key="own", slug="own", name="Own", country_id="LC", created_by=overall.user
        )
        submitted = perform(organisation, "submit", by=overall.user)
        assert conflicts_of([submitted], overall.user)
        assert not submitted.may_be_decided_by(overall.user)


class TestFilters:
    def test_by_kind(self, client, submitted, reviewer):
        registration()
        page = text_of(queue_of(client, reviewer, kind="organisation"))
        assert "New utility" in page
        assert submitted.title not in page

    def test_by_platform(self, client, submitted, reviewer):
        platform = submitted.reviewing_platform.pk
        assert submitted.title in text_of(queue_of(client, reviewer, platform=platform))

    def test_mine_and_nobodys(self, client, submitted, reviewer):
        registration()
        assign(submitted, to=reviewer, by=reviewer)
        mine, nobodys = (text_of(queue_of(client, reviewer, assigned=word)) for word in ("mine", "nobody"))
        assert (submitted.title in mine, "New utility" in mine) == (True, False)
        assert (submitted.title in nobodys, "New utility" in nobodys) == (False, True)

    def test_a_value_that_does_not_exist_is_told_and_shows_nothing(self, client, submitted, reviewer):
        response = queue_of(client, reviewer, kind="poem")
        assert response.status_code == 200
        assert "There is a problem" in text_of(response)
        assert submitted.title not in text_of(response)

    def test_when_nothing_is_like_that_the_way_back_is_shown(self, client, submitted, reviewer):
        assert "Show everything" in text_of(queue_of(client, reviewer, kind="change"))


def handled(person):
    """One entry in each state that a secretariat has handled: {state: entry}."""
    steps = {
        State.CHANGES_REQUESTED: ["request_changes"],
        State.PUBLISHED: ["publish"],
        State.REJECTED: ["reject"],
        State.ARCHIVED: ["publish", "archive"],
    }
    entries = {}
    for state, actions in steps.items():
        draft = factories.draft_version(title=f"Entry that is {state}")
        writer = factories.OrganisationMemberFactory(organisation=factories.mentor_of(draft)).user
        entry = perform(draft, "submit", by=writer)
        for action in actions:
            entry = perform(entry, action, by=person, comment="So decided", revision=entry.revision)
        entries[state] = entry
    return entries


@pytest.fixture
def few_on_a_page(monkeypatch):
    monkeypatch.setattr("desk.views.queue.PER_PAGE", 5)


class TestWhatWasHandled:
    def test_every_state_that_a_secretariat_brings_about_has_a_list(self):
        brought = {step.target for step in STEPS if Actor.REVIEWER in step.actors}
        assert brought - {State.DISCARDED} | {State.SUBMITTED, State.SUPERSEDED} == set(STATES)

    def test_each_stays_in_the_list_of_its_state_and_can_be_opened(self, client, version, reviewer):
        for state, entry in handled(reviewer).items():
            response = queue_of(client, reviewer, state=state)
            page = text_of(response)
            assert entry.title in page
            assert f"by {reviewer.name}" in page
            assert "overdue" not in page
            assert "in nobody's hands" not in page
            others = [line.entry.title for line in response.context["lines"] if line.entry.state != state]
            assert others == []
            assert entry.title not in text_of(queue_of(client, reviewer))
            assert client.get(reverse("desk:review", args=["partnership", entry.pk])).status_code == 200

    def test_the_way_to_restore_leads_over_the_list(self, client, version, reviewer):
        entry = handled(reviewer)[State.ARCHIVED]
        (line,) = queue_of(client, reviewer, state="archived").context["lines"]
        assert reverse("desk:step", args=["partnership", entry.pk, "restore"]) in text_of(client.get(line.url))

    def test_what_was_handled_last_stands_first_and_the_lists_are_paged(
        self, client, version, author, reviewer, few_on_a_page
    ):
        for number in range(7):
            entry = perform(clone(version, by=author, title=f"Try {number}"), "submit", by=author)
            perform(entry, "reject", by=reviewer, comment="No")
        response = queue_of(client, reviewer, state="rejected")
        assert [line.entry.title for line in response.context["lines"][:2]] == ["Try 6", "Try 5"]
        assert "state=rejected&amp;page=2" in response.text or "page=2&amp;state=rejected" in response.text
        assert len(queue_of(client, reviewer, state="rejected", page=2).context["lines"]) == 2

    def test_another_secretariat_sees_none_of_it(self, client, version, reviewer):
        handled(reviewer)
        other = factories.SecretariatMemberFactory().user
        for state in STATES:
            assert queue_of(client, other, state=state).context["lines"] == []

    @pytest.mark.parametrize("state", ["draft", "discarded", "poem"])
    def test_other_states_have_no_list(self, client, draft, reviewer, state):
        response = queue_of(client, reviewer, state=state)
        assert "There is a problem" in text_of(response)
        assert response.context["lines"] == []

    @pytest.mark.parametrize("text", ["{reference}", "{operator}", "entry REJECTED", "  {operator}  rejected "])
    def test_an_entry_is_found_by_its_words(self, client, version, reviewer, text):
        entry = handled(reviewer)[State.REJECTED]
        words = {"reference": entry.partnership.reference.lower(), "operator": factories.mentor_of(entry).name}
        asked = text.format(**words)
        assert [line.entry for line in queue_of(client, reviewer, state="rejected", q=asked).context["lines"]] == [
            entry
        ]
        page = text_of(queue_of(client, reviewer, state="rejected", q=f"{asked} nowhere"))
        assert "No entry here is like this" in page

    def test_all_kinds_are_found_by_their_words(self, client, version, author, reviewer):
        registration(name="Aguas del Río")
        report = factories.ReportVersionFactory(partnership=version.partnership, title="What we did")
        perform(report, "submit", by=author)
        change = OrganisationChange.objects.create(
            organisation=factories.mentor_of(version), name="Renamed", kind="operator", country_id="LC", reason="New"
        )
        manager = factories.OrganisationMemberFactory(organisation=change.organisation, role="manager").user
        perform(change, "submit", by=manager)
        overall = factories.SecretariatMemberFactory(platform=factories.global_platform()).user
        for asked, kind in (("aguas", "organisation"), ("we did", "report"), ("renamed", "change")):
            assert [place.code for place in places_for(overall, q=asked)] == [kind]

    def test_programs_read_the_same_lists(self, client, version, reviewer):
        entries, program = handled(reviewer), Program(client, reviewer)
        for state, entry in entries.items():
            told = program.get(f"{reverse('api:queue')}?state={state}&q=entry").json()["results"]
            assert [(line["title"], line["state"]["code"]) for line in told] == [(entry.title, state)]


class TestWhatStandsBeside:
    def test_requests_to_join_an_organisation_without_managers(self, client, version, reviewer, stranger):
        JoinRequest.objects.create(organisation=factories.mentee_of(version), user=stranger)
        page = text_of(queue_of(client, reviewer))
        assert stranger.name in page
        assert reverse("operators:people", args=[factories.mentee_of(version).slug]) in page

    def test_reported_errors_that_nobody_has_answered(self, client, version, reviewer):
        platform = version.reviewing_platform
        ErrorReport.objects.create(address="/en/", text="Wrong name here", platform=platform)
        ErrorReport.objects.create(address="/en/", text="Long ago", platform=platform, closed_at=timezone.now())
        page = text_of(queue_of(client, reviewer))
        assert "Wrong name here" in page
        assert "Long ago" not in page


def test_many_entries_cost_as_many_queries_as_one(client, version, author, reviewer, few_on_a_page):
    def count():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(QUEUE).status_code == 200
        return len(queries)

    perform(clone(version, by=author, summary="One"), "submit", by=author)
    client.force_login(reviewer)
    client.get(QUEUE)
    one = count()
    for number in range(7):
        draft = factories.draft_version()
        writer = factories.OrganisationMemberFactory(organisation=factories.mentor_of(draft)).user
        entry = perform(draft, "submit", by=writer)
        if number % 2:
            assign(entry, to=reviewer, by=reviewer)
    assert len(places_for(reviewer)) == 8
    assert count() == one
    assert client.get(QUEUE, {"page": 2}).status_code == 200
