"""Files of an entry: who may read them, what becomes of them, the pages of a draft."""

import hashlib
import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from partnerships.models import PartnershipAttachment, StoredFile
from partnerships.services import start_new_version
from partnerships.services.files import (
    attach,
    change_attachment,
    kept_upload,
    remove_attachment,
    remove_orphans,
    store_file,
    ticket_of,
)
from reviews.cloning import clone
from reviews.models import PreviewLink
from reviews.workflow import perform
from tests import factories
from tests.sample_files import of_kind, pdf, upload


@pytest.fixture(autouse=True)
def own_folder(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def draft(version, author):
    """The next version of ``version``, begun by ``author``."""
    return start_new_version(version.partnership, author)


def stored_by(person, name="Results 2015.pdf", content=None):
    return store_file(upload(name, content or of_kind(name.rsplit(".", 1)[-1])), by=person)


def with_file(draft, author, **words):
    """The draft with one attachment."""
    words = {"description": "Results", "language": "en"} | words
    return attach(draft, by=author, revision=draft.revision, stored=stored_by(author), **words)


def publish(draft, author, reviewer):
    submitted = perform(draft, "submit", by=author)
    return perform(submitted, "publish", by=reviewer, revision=submitted.revision)


def only_file(draft):
    return draft.attachments.get().stored_file


# --- storing --------------------------------------------------------------------------------------------


def test_a_stored_file_says_what_it_is(author):
    stored = stored_by(author, content=pdf(b"% one\n"))
    with stored.file.open() as kept:
        content = kept.read()
    assert content == pdf(b"% one\n")
    assert (stored.name, stored.size, stored.media_type) == ("Results 2015.pdf", len(content), "application/pdf")
    assert stored.sha256 == hashlib.sha256(content).hexdigest()
    assert stored.uploaded_by == author


def test_its_place_in_the_storage_cannot_be_guessed_from_its_name(author):
    places = {Path(stored_by(author).file.name).name for _again in range(3)}
    assert len(places) == 3
    assert all("Results" not in place and len(place) > 30 and place.endswith(".pdf") for place in places)


def test_what_is_refused_leaves_nothing_behind(author, tmp_path):
    with pytest.raises(ValidationError):
        stored_by(author, "run.exe", b"MZ" + bytes(60))
    assert not StoredFile.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_full_disk_is_told_and_leaves_no_row(author, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "a file" / "below"
    (tmp_path / "a file").write_text("no folder")
    with pytest.raises(ValidationError, match="Try again in a few minutes") as refused:
        stored_by(author)
    assert refused.value.code == "storage"
    assert not StoredFile.objects.exists()


def test_the_ticket_of_an_upload_is_its_uploaders_alone(author, stranger):
    stored = stored_by(author)
    ticket = ticket_of(stored, by=author)
    assert kept_upload(ticket, by=author) == stored
    assert kept_upload(ticket, by=stranger) is None
    assert kept_upload(ticket[:-2], by=author) is None
    assert kept_upload("", by=author) is None
    assert kept_upload(None, by=author) is None


def test_a_ticket_lasts_a_day(author, monkeypatch):
    ticket = ticket_of(stored_by(author), by=author)
    monkeypatch.setattr("partnerships.services.files.KEPT_FOR", timedelta(seconds=-1))
    assert kept_upload(ticket, by=author) is None


# --- attaching ------------------------------------------------------------------------------------------


def test_attaching_adds_a_row_and_a_revision(draft, author):
    saved = with_file(draft, author)
    assert saved.revision == draft.revision + 1
    assert saved.attachments.get().description == "Results"


def test_a_reference_needs_no_file(draft, author):
    words = {"stated_type": "Slides", "stated_size": "1 MB", "url": "https://congress.example/slides"}
    saved = attach(draft, by=author, revision=draft.revision, description="Slides of the congress", **words)
    row = saved.attachments.get()
    assert row.stored_file is None
    assert (row.stated_type, row.stated_size, row.url) == tuple(words.values())


def test_attachments_stand_in_the_order_in_which_they_came(draft, author):
    for word in ("first", "second", "third"):
        draft = attach(draft, by=author, revision=draft.revision, description=word)
    assert [row.description for row in draft.attachments.all()] == ["first", "second", "third"]


def test_a_stranger_attaches_nothing(draft, stranger):
    with pytest.raises(PermissionDenied):
        attach(draft, by=stranger, revision=draft.revision, stored=stored_by(stranger), description="Mine")


def test_another_persons_private_file_cannot_be_attached(draft, author, stranger):
    private = stored_by(stranger)
    with pytest.raises(ValidationError):
        attach(draft, by=author, revision=draft.revision, stored=private, description="Theirs")
    assert not PartnershipAttachment.objects.filter(stored_file=private).exists()


def test_a_stale_attachment_is_refused(draft, author):
    with_file(draft, author)
    with pytest.raises(ValidationError) as refused:
        with_file(draft, author, description="Late")
    assert refused.value.code == "stale"


def test_replacing_keeps_the_row_and_the_other_versions_file(version, author, reviewer, draft):
    published = publish(with_file(draft, author), author, reviewer)
    old = only_file(published)
    again = start_new_version(version.partnership, author)
    key = again.attachments.get().key
    saved = change_attachment(
        again, key, by=author, revision=again.revision, stored_file=stored_by(author, "New.pdf"), description="Newer"
    )
    assert saved.attachments.get().key == key
    assert only_file(saved).name == "New.pdf"
    assert only_file(published) == old
    assert default_storage.exists(old.file.name)


def test_removing_from_a_draft_keeps_the_published_file(version, author, reviewer, draft):
    published = publish(with_file(draft, author), author, reviewer)
    StoredFile.objects.update(uploaded_at=F("uploaded_at") - timedelta(days=9))
    again = start_new_version(version.partnership, author)
    saved = remove_attachment(again, again.attachments.get().key, by=author, revision=again.revision)
    assert not saved.attachments.exists()
    assert default_storage.exists(only_file(published).file.name)
    assert saved.state == "draft"


# --- removing -------------------------------------------------------------------------------------------


def test_what_nothing_points_to_goes_after_a_day(author, django_capture_on_commit_callbacks):
    place = stored_by(author).file.name
    assert remove_orphans() == 0
    StoredFile.objects.update(uploaded_at=timezone.now() - timedelta(days=1, minutes=1))
    with django_capture_on_commit_callbacks(execute=True):
        assert remove_orphans() == 1
        assert default_storage.exists(place)
    assert not StoredFile.objects.exists()
    assert not default_storage.exists(place)


@pytest.mark.parametrize("state", ["draft", "submitted", "superseded", "discarded", "archived"])
def test_what_a_version_in_any_state_shows_stays(draft, author, state):
    with_file(draft, author)
    type(draft)._base_manager.filter(pk=draft.pk).update(state=state)
    StoredFile.objects.update(uploaded_at=timezone.now() - timedelta(days=400))
    assert remove_orphans() == 0
    assert default_storage.exists(only_file(draft).file.name)


def test_what_a_report_shows_stays(author, version):
    report = factories.ReportVersionFactory(partnership=version.partnership)
    report.attachments.create(description="Photo", stored_file=stored_by(author))
    StoredFile.objects.update(uploaded_at=timezone.now() - timedelta(days=400))
    assert remove_orphans() == 0


def test_a_clone_shares_the_file(draft, author, django_capture_on_commit_callbacks):
    saved = with_file(draft, author)
    type(saved)._base_manager.filter(pk=saved.pk).update(state="discarded")
    copy = clone(saved, by=author)
    StoredFile.objects.update(uploaded_at=timezone.now() - timedelta(days=9))
    stored = only_file(copy)
    saved.attachments.all().delete()
    assert remove_orphans() == 0
    copy.attachments.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        assert remove_orphans() == 1
    assert not default_storage.exists(stored.file.name)


def test_the_command_removes_what_nothing_points_to(author, capsys):
    stored_by(author)
    StoredFile.objects.update(uploaded_at=timezone.now() - timedelta(days=9))
    call_command("clean_files")
    assert "1 files that nothing points to" in capsys.readouterr().out


def test_the_command_removes_bytes_that_a_crash_left_without_a_row(author, capsys):
    kept = stored_by(author)
    stray = Path(kept.file.path).with_name("stray.pdf")
    for path in (stray, Path(kept.file.path)):
        path.write_bytes(b"long ago")
        os.utime(path, (1_500_000_000, 1_500_000_000))
    call_command("clean_files")
    assert "1 without a row" in capsys.readouterr().out
    assert not stray.exists()
    assert default_storage.exists(kept.file.name)


def test_a_young_stray_may_be_an_upload_that_is_under_way(author):
    stray = Path(stored_by(author).file.path).with_name("young.pdf")
    stray.write_bytes(b"its row is being written")
    call_command("clean_files")
    assert stray.exists()


# --- the download ---------------------------------------------------------------------------------------


@pytest.fixture
def drafted(draft, author):
    return with_file(draft, author)


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


# --- the pages of a draft -------------------------------------------------------------------------------


@pytest.fixture
def page(draft):
    return reverse("partnerships:files", args=[draft.pk])


def form_of(draft, **fields):
    sent = {"description": "Results of the second year", "language": "es", "held": "file", "revision": draft.revision}
    return sent | fields


def test_the_page_says_what_may_be_uploaded(client, author, page):
    client.force_login(author)
    text = client.get(page).content.decode()
    assert "PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP, CSV, TXT, JPEG, PNG, WebP" in text
    assert "20.0" in text
    assert 'enctype="multipart/form-data"' in text


def test_a_file_is_uploaded_with_its_words(client, author, draft, page):
    client.force_login(author)
    answer = client.post(page, form_of(draft, upload=upload("results.xlsx", of_kind("xlsx"))))
    assert answer.status_code == 302
    assert answer.url == page
    row = draft.attachments.get()
    assert (row.description, row.language, row.stored_file.name) == ("Results of the second year", "es", "results.xlsx")


def test_too_many_files_are_refused_and_the_words_stay(client, author, draft, page, settings):
    cache.clear()
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"upload": "1/h"}
    client.force_login(author)
    client.post(page, form_of(draft, upload=upload("one.pdf", pdf())))
    draft.refresh_from_db()
    answer = client.post(page, form_of(draft, description="The second one", upload=upload("two.pdf", pdf())))
    assert "You have sent many files" in answer.content.decode()
    assert "The second one" in answer.content.decode()
    assert StoredFile.objects.count() == 1


def test_a_reference_is_entered_without_a_file(client, author, draft, page):
    client.force_login(author)
    sent = form_of(draft, held="reference", stated_type="Slides", stated_size="1 MB", url="https://x.example/slides")
    assert client.post(page, sent).status_code == 302
    row = draft.attachments.get()
    assert (row.stored_file, row.stated_type, row.stated_size) == (None, "Slides", "1 MB")


def test_a_good_file_beside_a_wrong_field_is_kept(client, author, draft, page):
    client.force_login(author)
    answer = client.post(page, form_of(draft, description="", upload=upload("results.pdf", pdf())))
    assert answer.status_code == 200
    assert "results.pdf" in answer.content.decode()
    assert not draft.attachments.exists()
    ticket = answer.context["form"]["ticket"].value()
    assert client.post(page, form_of(draft, ticket=ticket)).status_code == 302
    assert draft.attachments.get().stored_file.name == "results.pdf"
    assert StoredFile.objects.count() == 1


def test_a_kept_file_is_still_there_when_the_page_is_opened_again(client, author, draft, page):
    client.force_login(author)
    client.post(page, form_of(draft, description="", upload=upload("results.pdf", pdf())))
    answer = client.get(page)
    assert answer.context["form"].kept.name == "results.pdf"


def test_a_refused_file_is_named_as_to_be_chosen_again_and_the_words_stay(client, author, draft, page):
    client.force_login(author)
    answer = client.post(page, form_of(draft, upload=upload("budget.exe", b"MZ" + bytes(60))))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "“budget.exe” was not kept: choose a file again." in text
    assert "Results of the second year" in text
    assert not StoredFile.objects.exists()


def test_without_a_file_the_form_says_what_would_be_right(client, author, draft, page):
    client.force_login(author)
    answer = client.post(page, form_of(draft))
    assert "Choose a file, or say above that it is not held here." in answer.content.decode()


def test_a_reference_with_a_file_is_asked_about(client, author, draft, page):
    client.force_login(author)
    answer = client.post(page, form_of(draft, held="reference", upload=upload("results.pdf", pdf())))
    assert "say that you upload it here" in answer.content.decode()
    assert not draft.attachments.exists()


def test_a_storage_that_is_down_is_told_and_the_words_stay(client, author, draft, page, settings, tmp_path):
    (tmp_path / "a file").write_text("no folder")
    settings.MEDIA_ROOT = tmp_path / "a file" / "below"
    client.force_login(author)
    answer = client.post(page, form_of(draft, upload=upload("results.pdf", pdf())))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "The file could not be kept just now" in text
    assert "Results of the second year" in text


def test_somebody_elses_ticket_is_worth_nothing(client, author, stranger, draft, page):
    client.force_login(author)
    ticket = ticket_of(stored_by(stranger), by=stranger)
    assert client.post(page, form_of(draft, ticket=ticket)).status_code == 200
    assert not draft.attachments.exists()


def test_a_stale_form_is_told_and_can_be_sent_again(client, author, draft, page):
    client.force_login(author)
    with_file(draft, author, description="By a colleague")
    answer = client.post(page, form_of(draft, upload=upload("results.pdf", pdf())))
    text = answer.content.decode()
    assert "Somebody has changed this entry" in text
    assert "By a colleague" in text
    again = {name: answer.context["form"][name].value() for name in ("ticket", "revision")}
    assert client.post(page, form_of(draft, **again)).status_code == 302
    assert draft.attachments.count() == 2


def row_page(drafted, name="file"):
    return reverse(f"partnerships:{name}", args=[drafted.pk, drafted.attachments.get().key])


def test_the_words_of_an_attachment_change_and_its_file_stays(client, author, drafted):
    client.force_login(author)
    before = only_file(drafted)
    assert client.get(row_page(drafted)).status_code == 200
    assert client.post(row_page(drafted), form_of(drafted, description="Mended")).status_code == 302
    assert drafted.attachments.get().description == "Mended"
    assert only_file(drafted) == before


def test_a_file_is_replaced(client, author, drafted):
    client.force_login(author)
    client.post(row_page(drafted), form_of(drafted, upload=upload("second.pdf", pdf())))
    assert only_file(drafted).name == "second.pdf"


def test_a_file_gives_way_to_a_reference(client, author, drafted):
    client.force_login(author)
    client.post(row_page(drafted), form_of(drafted, held="reference", stated_size="3 MB"))
    row = drafted.attachments.get()
    assert (row.stored_file, row.stated_size) == (None, "3 MB")


def test_an_attachment_is_removed(client, author, drafted):
    client.force_login(author)
    answer = client.post(row_page(drafted, "file-remove"), {"revision": drafted.revision})
    assert answer.status_code == 302
    assert not drafted.attachments.exists()


@pytest.mark.parametrize("revision", ["1", "", "x"])
def test_a_stale_removal_removes_nothing(client, author, drafted, revision):
    client.force_login(author)
    answer = client.post(row_page(drafted, "file-remove"), {"revision": revision}, follow=True)
    assert "Somebody has changed this entry" in answer.content.decode()
    assert drafted.attachments.exists()


def test_saving_without_a_change_changes_nothing(client, author, drafted):
    client.force_login(author)
    client.post(row_page(drafted), form_of(drafted, description="Results", language="en"))
    drafted.refresh_from_db()
    assert drafted.revision == form_of(drafted)["revision"]
    assert drafted.snapshots.filter(revision__gt=drafted.revision).count() == 0


@pytest.mark.parametrize("name", ["files", "file", "file-remove"])
def test_the_pages_are_the_authors_alone(client, stranger, reviewer, drafted, name):
    key = drafted.attachments.get().key
    url = reverse(f"partnerships:{name}", args=[drafted.pk] if name == "files" else [drafted.pk, key])
    if name != "file-remove":
        assert reverse("account_login") in client.get(url).url
    for person in (stranger, reviewer):
        client.force_login(person)
        assert client.post(url).status_code == 404


def test_what_was_submitted_has_no_such_page(client, author, drafted):
    perform(drafted, "submit", by=author)
    client.force_login(author)
    answer = client.get(row_page(drafted))
    assert answer.status_code == 302
    assert answer.url == reverse("desk:entry", args=["partnership", drafted.pk])


def test_what_is_sent_after_the_submission_is_refused_and_shown_again(client, author, drafted):
    sent = form_of(drafted, description="Too late")
    perform(drafted, "submit", by=author)
    client.force_login(author)
    answer = client.post(row_page(drafted), sent)
    assert answer.status_code == 200
    assert "cannot be changed now" in answer.content.decode()
    assert "Too late" in answer.content.decode()


@pytest.mark.parametrize("name", ["files", "file", "file-remove"])
def test_the_reviewer_of_a_submitted_entry_may_not_change_its_files(client, author, reviewer, drafted, name):
    key = drafted.attachments.get().key
    perform(drafted, "submit", by=author)
    client.force_login(reviewer)
    url = reverse(f"partnerships:{name}", args=[drafted.pk] if name == "files" else [drafted.pk, key])
    assert client.post(url).status_code == 403


def test_a_removal_is_posted(client, author, drafted):
    client.force_login(author)
    assert client.get(row_page(drafted, "file-remove")).status_code == 405
    assert client.put(row_page(drafted)).status_code == 405


def test_an_attachment_that_is_not_there_is_not_found(client, author, drafted):
    client.force_login(author)
    gone = reverse("partnerships:file", args=[drafted.pk, "11111111-2222-3333-4444-555555555555"])
    assert client.get(gone).status_code == 404


def test_twenty_files_cost_no_more_queries_than_one(client, author, drafted, page, django_assert_num_queries):
    client.force_login(author)
    client.get(page)
    counted = 11
    with django_assert_num_queries(counted):
        client.get(page)
    for number in range(19):
        drafted = with_file(drafted, author, description=f"File {number}")
    with django_assert_num_queries(counted):
        client.get(page)
