"""Who may download a file of an entry, and what the answer says of it."""

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from partnerships.services import start_new_version
from partnerships.services.files import remove_attachment
from reviews.models import PreviewLink
from reviews.workflow import perform
from tests import factories
from tests.partnerships.filing import only_file, publish, stored_by
from tests.sample_files import pdf

pytestmark = pytest.mark.usefixtures("own_folder")


def address(entry):
    return only_file(entry).get_absolute_url()


def test_the_file_of_a_published_version_is_everybodys(client, drafted, author, reviewer):
    publish(drafted, author, reviewer)
    answer = client.get(address(drafted))
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == pdf()
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Results 2015.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_a_superseded_version_of_a_published_entry_keeps_its_file(client, drafted, version, author, reviewer):
    published = publish(drafted, author, reviewer)
    again = start_new_version(version.partnership, author)
    again = remove_attachment(again, again.attachments.get().key, by=author, revision=again.revision)
    publish(again, author, reviewer)
    assert client.get(address(published)).status_code == 200


def test_the_file_of_an_archived_entry_is_gone(client, drafted, author, reviewer):
    published = publish(drafted, author, reviewer)
    perform(published, "archive", by=reviewer, comment="Entered twice")
    assert client.get(address(drafted)).status_code == 404


@pytest.mark.parametrize("state", ["draft", "submitted", "changes-requested", "rejected", "discarded", "archived"])
def test_the_file_of_what_is_not_public_is_nobodys(client, stranger, drafted, state):
    type(drafted)._base_manager.filter(pk=drafted.pk).update(state=state)
    assert client.get(address(drafted)).status_code == 404
    client.force_login(stranger)
    assert client.get(address(drafted)).status_code == 404


def test_authors_read_the_files_of_their_draft(client, drafted, author):
    client.force_login(author)
    answer = client.get(address(drafted))
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_reviewers_read_them_once_it_is_submitted(client, drafted, author, reviewer):
    client.force_login(reviewer)
    assert client.get(address(drafted)).status_code == 404
    perform(drafted, "submit", by=author)
    assert client.get(address(drafted)).status_code == 200


def test_the_partner_reads_them_while_asked_to_confirm(client, drafted, author, counterpart):
    drafted.partnership.participants.exclude(organisation__members__user=author).delete()
    client.force_login(counterpart)
    assert client.get(address(drafted)).status_code == 404
    perform(drafted, "submit", by=author)
    assert client.get(address(drafted)).status_code == 200


def test_an_upload_that_stands_nowhere_yet_is_nobodys(client, author, stranger):
    client.force_login(stranger)
    assert client.get(stored_by(author).get_absolute_url()).status_code == 404


def test_the_name_is_part_of_the_address(client, drafted, author):
    client.force_login(author)
    assert client.get(reverse("file", args=[only_file(drafted).pk, "other.pdf"])).status_code == 404


def preview_link(entry, token="t0ken", **fields):
    fields = {"expires_at": timezone.now() + timedelta(days=1)} | fields
    PreviewLink.objects.create(entry=entry, token_hash=hashlib.sha256(token.encode()).hexdigest(), **fields)


def test_a_preview_link_shows_the_files_of_its_entry(client, drafted):
    preview_link(drafted)
    answer = client.get(address(drafted), {"preview": "t0ken"})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert client.get(address(drafted), {"preview": "other"}).status_code == 404
    page = client.get(reverse("directory:preview", args=["t0ken"])).content.decode()
    assert f'href="{address(drafted)}?preview=t0ken"' in page


def test_a_preview_link_of_another_entry_shows_nothing(client, drafted):
    preview_link(factories.draft_version())
    assert client.get(address(drafted), {"preview": "t0ken"}).status_code == 404


@pytest.mark.parametrize("fields", [{"revoked_at": timezone.now()}, {"expires_at": timezone.now()}])
def test_a_preview_link_that_is_over_shows_nothing(client, drafted, fields):
    preview_link(drafted, **fields)
    assert client.get(address(drafted), {"preview": "t0ken"}).status_code == 404


def test_bytes_that_are_missing_are_not_found(client, drafted, author):
    client.force_login(author)
    Path(only_file(drafted).file.path).unlink()
    assert client.get(address(drafted)).status_code == 404


def test_a_download_cannot_be_posted_to(client, drafted):
    assert client.post(address(drafted)).status_code == 405


def test_the_public_page_links_to_the_download(client, drafted, author, reviewer):
    published = publish(drafted, author, reviewer)
    page = client.get(published.get_absolute_url()).content.decode()
    assert f'href="{address(published)}"' in page
    assert "PDF" in page
