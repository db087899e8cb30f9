"""Remarks on their pages, and links for people outside."""

import re
import uuid

import pytest
from django.urls import reverse

from accounts.models import AutosavedForm
from desk.services import add_comment
from reviews.models import Comment, PreviewLink
from reviews.services import find_preview, make_preview
from reviews.workflow import perform
from tests import factories

pytestmark = pytest.mark.django_db


def address(entry, place="entry", kind="partnership"):
    return reverse("desk:comment", args=[kind, entry.pk, place])


def settle(entry, comment):
    return reverse("desk:resolve", args=["partnership", entry.pk, comment.pk])


def previews(entry):
    return reverse("desk:make-preview", args=["partnership", entry.pk])


def text_of(response):
    return " ".join(response.content.decode().split())


class TestWriting:
    def test_a_reviewer_remarks_on_a_field_and_finds_it_on_the_desk(self, client, submitted, reviewer):
        client.force_login(reviewer)
        assert "Summary" in text_of(client.get(address(submitted, "entry.summary")))
        response = client.post(address(submitted, "entry.summary"), {"text": "Since when?"})
        comment = Comment.objects.get()
        assert (comment.field, comment.row_key, comment.by) == ("summary", None, reviewer)
        assert response.url == f"{reverse('desk:review', args=['partnership', submitted.pk])}#remark-{comment.pk}"

    def test_a_remark_on_a_row_is_pinned_to_its_key(self, client, submitted, reviewer):
        mentee = submitted.involvements.get(role="mentee")
        client.force_login(reviewer)
        place = address(submitted, f"{mentee.key}.contribution")
        assert factories.mentee_of(submitted).name in text_of(client.get(place))
        client.post(place, {"text": "How many weeks?"})
        assert Comment.objects.get().row_key == mentee.key

    def test_an_author_answers_in_the_workspace(self, client, submitted, reviewer, author):
        first = add_comment(submitted, by=reviewer, text="Since when?", field="summary")
        client.force_login(author)
        page = client.get(reverse("desk:entry", args=["partnership", submitted.pk]))
        assert "Since when?" in text_of(page)
        assert address(submitted, f"re-{first.pk}") in text_of(page)
        response = client.post(address(submitted, f"re-{first.pk}"), {"text": "Since 2014"})
        assert response.url.startswith(reverse("desk:entry", args=["partnership", submitted.pk]))
        assert Comment.objects.get(text="Since 2014").answers == first

    def test_without_words_the_page_says_so(self, client, submitted, reviewer):
        client.force_login(reviewer)
        response = client.post(address(submitted), {"text": "  "})
        assert response.status_code == 200
        assert "Write what you want to say." in text_of(response)

    def test_words_that_were_kept_are_there_again_and_forgotten_once_sent(self, client, submitted, reviewer):
        client.force_login(reviewer)
        kept = address(submitted).removeprefix("/en")
        AutosavedForm.objects.create(user=reviewer, address=kept, data={"text": ["Half a sent"]})
        assert "Half a sent" in text_of(client.get(address(submitted)))
        client.post(address(submitted), {"text": "A whole sentence"})
        assert not AutosavedForm.objects.exists()

    def test_what_somebody_writes_is_text_and_nothing_else(self, client, submitted, reviewer):
        add_comment(submitted, by=reviewer, text="<script>alert(1)</script>")
        client.force_login(reviewer)
        page = client.get(reverse("desk:review", args=["partnership", submitted.pk])).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page

    @pytest.mark.parametrize("place", ["nonsense", "re-999999", "entry.NoField", "-" * 36, "entry.a b"])
    def test_a_place_that_cannot_be_is_not_found(self, client, submitted, reviewer, place):
        client.force_login(reviewer)
        assert client.get(address(submitted, place)).status_code == 404

    def test_a_row_that_is_gone_can_still_be_asked_about(self, client, submitted, reviewer):
        client.force_login(reviewer)
        response = client.get(address(submitted, str(uuid.uuid4())))
        assert "A row that is no longer there" in text_of(response)


class TestWhoMay:
    def test_somebody_unknown_signs_in_first(self, client, submitted):
        assert "/accounts/login/" in client.get(address(submitted)).url

    def test_for_strangers_the_entry_does_not_exist(self, client, submitted, stranger, reviewer):
        comment = add_comment(submitted, by=reviewer, text="Since when?")
        client.force_login(stranger)
        for page in (address(submitted), settle(submitted, comment), previews(submitted)):
            assert client.post(page, {"text": "Hello", "note": "Me"}).status_code == 404
        assert Comment.objects.count() == 1

    def test_what_is_public_is_not_remarked_on(self, client, version, author):
        client.force_login(author)
        assert client.post(address(version), {"text": "Hello"}).status_code == 403

    def test_wrong_methods(self, client, submitted, reviewer):
        comment = add_comment(submitted, by=reviewer, text="Since when?")
        client.force_login(reviewer)
        assert client.get(settle(submitted, comment)).status_code == 405
        assert client.get(previews(submitted)).status_code == 405
        assert client.put(address(submitted)).status_code == 405


class TestSettling:
    def test_a_settled_remark_stays_readable(self, client, submitted, reviewer):
        comment = add_comment(submitted, by=reviewer, text="Since when?")
        client.force_login(reviewer)
        response = client.post(settle(submitted, comment), follow=True)
        assert "Since when?" in text_of(response)
        assert f"Settled by {reviewer.name}" in text_of(response)

    def test_a_remark_on_another_entry_is_not_settled_here(self, client, submitted, reviewer):
        other = factories.draft_version()
        writer = factories.OrganisationMemberFactory(organisation=factories.mentor_of(other)).user
        comment = add_comment(other, by=writer, text="Elsewhere")
        client.force_login(reviewer)
        assert client.post(settle(submitted, comment)).status_code == 404

    def test_an_unsettled_remark_goes_with_the_entry_into_its_next_version(self, client, submitted, reviewer, author):
        comment = add_comment(submitted, by=reviewer, text="Since when?", field="summary")
        published = perform(submitted, "publish", by=reviewer, revision=submitted.revision)
        again = published.partnership.versions.model.objects.get(pk=published.pk)
        draft = factories.VersionFactory(partnership=again.partnership)
        client.force_login(author)
        page = text_of(client.get(reverse("desk:entry", args=["partnership", draft.pk])))
        assert "Since when?" in page
        assert "From version 2" in page
        client.post(settle(draft, comment))
        assert Comment.objects.get(pk=comment.pk).resolved_by == author


class TestLinksForOutsiders:
    def test_the_address_is_shown_once(self, client, submitted, reviewer):
        client.force_login(reviewer)
        page = client.post(previews(submitted), {"note": "The ministry"}, follow=True).content.decode()
        token = re.search(r"/preview/([\w-]{43})/", page)[1]
        assert find_preview(token).note == "The ministry"
        later = client.get(reverse("desk:review", args=["partnership", submitted.pk])).content.decode()
        assert "The ministry" in later
        assert token not in later

    def test_without_a_name_the_page_asks_for_one(self, client, submitted, reviewer):
        client.force_login(reviewer)
        response = client.post(previews(submitted), {"note": ""})
        assert response.status_code == 200
        assert "Say for whom the link is." in text_of(response)
        assert not PreviewLink.objects.exists()

    def test_it_is_taken_back(self, client, submitted, reviewer):
        link, token = make_preview(submitted, by=reviewer, note="The ministry")
        client.force_login(reviewer)
        client.post(reverse("desk:revoke-preview", args=["partnership", submitted.pk, link.pk]))
        assert find_preview(token) is None

    def test_a_link_to_another_entry_is_not_found_here(self, client, submitted, reviewer):
        other = factories.draft_version()
        writer = factories.OrganisationMemberFactory(organisation=factories.mentor_of(other)).user
        link, _token = make_preview(other, by=writer, note="Elsewhere")
        client.force_login(reviewer)
        response = client.post(reverse("desk:revoke-preview", args=["partnership", submitted.pk, link.pk]))
        assert response.status_code == 404
