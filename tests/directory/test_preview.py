"""Unpublished words are read by those who may, and by outsiders with a link, and by nobody else."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from reviews.cloning import clone
from reviews.models import PreviewLink
from reviews.services import make_preview, revoke_preview
from reviews.workflow import perform
from tests import factories

PLAN = "A plan that nobody has published."


@pytest.fixture
def draft(version, author):
    return clone(version, by=author, summary=PLAN)


@pytest.fixture
def link(draft, author):
    return make_preview(draft, by=author, note="A donor")


def of_link(client, token):
    return client.get(reverse("directory:preview", args=[token]))


def of_draft(client, version, kind="partnership"):
    return client.get(reverse("directory:draft-preview", args=[kind, version.pk]))


class TestLink:
    def test_it_shows_the_words_marked_as_not_public(self, client, link):
        response = of_link(client, link[1])
        text = response.content.decode()
        assert response.status_code == 200
        assert PLAN in text
        assert "this is not public" in text
        assert "Cite this" not in text

    def test_nobody_keeps_or_finds_it_and_its_address_is_told_to_nobody(self, client, link):
        response = of_link(client, link[1])
        assert "no-store" in response["Cache-Control"]
        assert "noindex" in response["X-Robots-Tag"]
        assert response["Referrer-Policy"] == "no-referrer"
        assert b'<meta name="robots" content="noindex">' in response.content
        assert b"canonical" not in response.content
        assert not response.cookies

    def test_it_ends_when_it_expires(self, client, link):
        PreviewLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        response = of_link(client, link[1])
        assert response.status_code == 410
        assert PLAN not in response.content.decode()
        assert response["Referrer-Policy"] == "no-referrer"

    def test_it_ends_when_it_is_taken_back(self, client, link, author):
        revoke_preview(link[0], by=author)
        assert of_link(client, link[1]).status_code == 410

    def test_it_ends_when_the_entry_is_given_up(self, client, link, draft, author):
        perform(draft, "discard", by=author)
        assert of_link(client, link[1]).status_code == 410

    def test_it_leads_to_the_public_page_once_there_is_one(self, client, link, draft, author, reviewer):
        draft = perform(draft, "submit", by=author)
        perform(draft, "publish", by=reviewer, revision=draft.revision)
        assert of_link(client, link[1]).url == draft.get_absolute_url()

    def test_a_made_up_one_opens_nothing(self, client, link):
        assert of_link(client, "x" * 43).status_code == 404

    def test_there_is_none_for_an_organisation(self, client, stranger):
        organisation = factories.OrganisationFactory(state="draft", created_by=stranger)
        with pytest.raises(PermissionDenied):
            make_preview(organisation, by=stranger, note="A friend")

    def test_one_that_was_moved_to_an_organisation_opens_nothing(self, client, link, stranger):
        link[0].entry = factories.OrganisationFactory(state="draft", created_by=stranger)
        link[0].save()
        assert of_link(client, link[1]).status_code == 404

    def test_a_report_is_shown_beside_its_wop(self, client, version, author):
        report = factories.ReportVersionFactory(partnership=version.partnership, overall_results=PLAN)
        _link, token = make_preview(report, by=author, note="A donor")
        text = of_link(client, token).content.decode()
        assert PLAN in text
        assert version.title in text


class TestDraft:
    def test_its_authors_read_it_with_the_way_back(self, client, draft, author):
        client.force_login(author)
        response = of_draft(client, draft)
        text = response.content.decode()
        assert PLAN in text
        assert reverse("desk:entry", args=["partnership", draft.pk]) in text
        assert "no-store" in response["Cache-Control"]

    def test_somebody_who_is_not_signed_in_is_asked_to(self, client, draft):
        assert of_draft(client, draft).url.startswith("/en/accounts/login/")

    def test_strangers_find_nothing(self, client, draft, stranger, reviewer):
        for person in (stranger, reviewer):
            client.force_login(person)
            assert of_draft(client, draft).status_code == 404

    def test_another_kind_has_none(self, client, draft, author):
        client.force_login(author)
        assert of_draft(client, draft, kind="organisation").status_code == 404

    def test_a_report_of_a_draft_wop_is_shown_beside_it(self, client, db):
        draft = factories.draft_version()
        member = factories.OrganisationMemberFactory(organisation=factories.mentor_of(draft)).user
        report = factories.ReportVersionFactory(partnership=draft.partnership, overall_results=PLAN)
        client.force_login(member)
        assert PLAN in of_draft(client, report, kind="report").content.decode()
