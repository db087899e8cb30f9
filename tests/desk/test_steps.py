"""The one address behind every button that moves an entry."""

import re

import pytest
from django.urls import reverse

from accounts.models import AutosavedForm
from reviews.cloning import clone
from reviews.states import State
from reviews.workflow import perform
from tests import factories

REASON = "The end date is missing; please add it."


@pytest.fixture
def draft(version, author):
    return clone(version, by=author, summary="They go on.")


@pytest.fixture
def submitted(draft, author):
    return perform(draft, "submit", by=author)


def address(entry, action, kind="partnership"):
    return reverse("desk:step", args=[kind, entry.pk, action])


def state_of(entry):
    return type(entry).objects.get(pk=entry.pk).state


def text_of(response):
    return " ".join(response.content.decode().split())


class TestTakingAStep:
    def test_an_author_submits_and_comes_back_to_the_entry(self, client, draft, author):
        client.force_login(author)
        response = client.post(address(draft, "submit"), {"revision": draft.revision})
        assert response.url == reverse("desk:entry", args=["partnership", draft.pk])
        assert state_of(draft) == State.SUBMITTED
        assert "Now it waits for" in text_of(client.get(response.url))

    def test_a_reviewer_publishes_and_comes_back_to_the_queue(self, client, submitted, reviewer):
        client.force_login(reviewer)
        response = client.post(address(submitted, "publish"), {"revision": submitted.revision})
        assert response.url == reverse("desk:queue")
        assert state_of(submitted) == State.PUBLISHED

    def test_a_reviewer_stays_with_what_was_archived(self, client, version, reviewer):
        client.force_login(reviewer)
        response = client.post(address(version, "archive"), {"comment": "Entered twice"})
        assert response.url == reverse("desk:review", args=["partnership", version.pk])
        assert state_of(version) == State.ARCHIVED

    def test_the_comment_stands_in_the_history(self, client, submitted, reviewer):
        client.force_login(reviewer)
        client.post(address(submitted, "request_changes"), {"comment": REASON, "revision": submitted.revision})
        assert submitted.events.last().comment == REASON

    def test_what_was_kept_of_the_comment_is_forgotten_once_it_is_done(self, client, submitted, reviewer):
        client.force_login(reviewer)
        client.post(address(submitted, "request_changes"), {"comment": REASON})
        assert not AutosavedForm.objects.exists()

    def test_a_report_moves_in_the_same_way(self, client, version, author):
        report = factories.ReportVersionFactory(partnership=version.partnership)
        client.force_login(author)
        client.post(address(report, "submit", "report"), {"revision": report.revision})
        assert state_of(report) == State.SUBMITTED


class TestRefusals:
    def test_changes_are_never_requested_without_a_reason(self, client, submitted, reviewer):
        client.force_login(reviewer)
        response = client.post(address(submitted, "request_changes"), {"comment": "  "})
        text = text_of(response)
        assert response.status_code == 200
        assert '<a href="#id_comment">Say why.</a>' in text
        assert state_of(submitted) == State.SUBMITTED

    def test_what_is_missing_is_said_with_the_way_to_mend_it(self, client, draft, author):
        draft.sources.all().delete()
        type(draft).objects.filter(pk=draft.pk).update(summary="")
        client.force_login(author)
        text = text_of(client.post(address(draft, "submit"), {"comment": "It is ready"}))
        assert "Summary: Say in a few sentences" in text
        section = reverse("partnerships:section", args=[draft.pk, "basics"]).removesuffix("basics/")
        assert re.search(rf'<a href="{section}[a-z-]+/#id_summary">Summary: Say in', text)
        assert "It is ready" in text

    def test_words_that_the_reviewer_has_not_seen_are_not_published(self, client, submitted, reviewer):
        client.force_login(reviewer)
        for seen in ("", submitted.revision - 1):
            text = text_of(client.post(address(submitted, "publish"), {"revision": seen, "comment": "Well done"}))
            assert "The entry has changed since you opened it" in text
            assert "Well done" in text
            assert ">Publish</button>" not in text
        assert state_of(submitted) == State.SUBMITTED

    def test_a_stale_request_can_be_sent_again_with_its_words(self, client, submitted, reviewer):
        client.force_login(reviewer)
        response = client.post(address(submitted, "request_changes"), {"revision": 1, "comment": REASON})
        text = text_of(response)
        assert REASON in text
        assert f'name="revision" value="{submitted.revision}"' in text

    def test_a_revision_that_is_no_number_is_refused(self, client, submitted, reviewer):
        client.force_login(reviewer)
        assert client.post(address(submitted, "publish"), {"revision": "x"}).status_code == 200
        assert state_of(submitted) == State.SUBMITTED

    def test_a_step_that_is_impossible_now_is_said_with_where_the_entry_stands(self, client, version, author):
        client.force_login(author)
        text = text_of(client.post(address(version, "submit"), {"comment": "Once more"}))
        assert "is not possible while the entry is" in text
        assert "Public since" in text
        assert state_of(version) == State.PUBLISHED


class TestAsking:
    @pytest.mark.parametrize("action", ["request_changes", "reject", "publish"])
    def test_a_reviewer_is_asked_first(self, client, submitted, reviewer, action):
        client.force_login(reviewer)
        response = client.get(address(submitted, action))
        assert response.status_code == 200
        assert f'value="{submitted.revision}"' in text_of(response)
        assert state_of(submitted) == State.SUBMITTED

    @pytest.mark.parametrize("action", ["withdraw"])
    def test_an_author_is_asked_first(self, client, submitted, author, action):
        client.force_login(author)
        assert client.get(address(submitted, action)).status_code == 200


class TestWhoMay:
    def test_somebody_who_is_not_signed_in_is_asked_to(self, client, draft):
        assert client.get(address(draft, "discard")).url.startswith("/en/accounts/login/")
        client.post(address(draft, "submit"))
        assert state_of(draft) == State.DRAFT

    def test_a_stranger_finds_nothing(self, client, draft, stranger):
        client.force_login(stranger)
        assert client.post(address(draft, "submit")).status_code == 404
        assert client.get(address(draft, "discard")).status_code == 404

    def test_an_author_may_not_decide(self, client, submitted, author, counterpart):
        for person in (author, counterpart):
            client.force_login(person)
            for action in ("publish", "request_changes", "reject"):
                response = client.post(address(submitted, action), {"comment": REASON, "revision": submitted.revision})
                assert response.status_code == 403
        assert state_of(submitted) == State.SUBMITTED

    def test_a_reviewer_may_not_write(self, client, submitted, reviewer):
        client.force_login(reviewer)
        assert client.post(address(submitted, "withdraw")).status_code == 403

    @pytest.mark.parametrize("action", ["load", "admit", "explode"])
    def test_no_person_takes_a_step_of_the_system(self, client, draft, author, action):
        client.force_login(author)
        assert client.post(address(draft, action)).status_code == 404

    def test_another_kind_of_entry_is_not_found(self, client, draft, author):
        client.force_login(author)
        assert client.post(f"/en/workspace/nothing/{draft.pk}/steps/submit/").status_code == 404

    def test_other_methods_are_refused(self, client, draft, author):
        client.force_login(author)
        assert client.put(address(draft, "submit")).status_code == 405
