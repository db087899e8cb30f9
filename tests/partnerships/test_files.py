"""Files of an entry: how they are stored and attached, and when they are removed."""

import hashlib
import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db.models import F
from django.utils import timezone

from partnerships.models import PartnershipAttachment, StoredFile
from partnerships.services import start_new_version
from partnerships.services.files import (
    attach,
    change_attachment,
    kept_upload,
    remove_attachment,
    remove_orphans,
    ticket_of,
)
from reviews.cloning import clone
from tests import factories
from tests.partnerships.filing import only_file, publish, stored_by, with_file
from tests.sample_files import pdf

pytestmark = pytest.mark.usefixtures("own_folder")


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
