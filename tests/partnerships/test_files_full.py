"""A disk that is full while a file comes in or is stored: told to its person and to the operator, with nothing left."""

import pytest
from django.urls import reverse

from partnerships.models import StoredFile
from tests.api.writing import Program, base_of
from tests.full_disks import full_after, left_in
from tests.sample_files import of_kind, upload

LARGE = b"Less water lost.\n" * 400_000
ROOM = 5_000_000
"""Bytes: enough for the database and for less than LARGE."""
WHERE = ("received", "stored")


@pytest.fixture(params=WHERE)
def where(request, settings, tmp_path):
    """In which step the disk is full: a large file is received on it, a small one in memory."""
    settings.MEDIA_ROOT, settings.FILE_UPLOAD_TEMP_DIR = tmp_path, tmp_path
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0 if request.param == "received" else 2 * len(LARGE)
    return request.param


def form_of(draft):
    file = upload("results.txt", LARGE)
    return {"held": "file", "revision": draft.revision, "description": "Résultats", "upload": file, "language": "fr"}


def one_line_of(caplog, where):
    [record] = [record for record in caplog.records if record.name == "operators.storage_failures"]
    assert f"An upload could not be {where}: [Errno 27] File too large" in record.getMessage()
    assert record.exc_info is None
    return True


@pytest.mark.parametrize("language", ["en", "fr"])
def test_on_a_page_its_person_keeps_the_words_and_reads_which_file_it_was(
    client, author, draft, where, language, tmp_path, caplog
):
    client.force_login(author)
    page = reverse("partnerships:files", args=[draft.pk]).replace("/en/", f"/{language}/")
    with full_after(ROOM):
        answer = client.post(page, form_of(draft))
    said = answer.content.decode()
    assert answer.status_code == 503
    assert {"en": "could not be kept just now", "fr": "n’a pas pu être conservé"}[language] in said
    assert "results.txt" in said
    assert 'value="Résultats"' in said
    assert (draft.attachments.count(), StoredFile.objects.count(), left_in(tmp_path)) == (0, 0, [])
    assert one_line_of(caplog, where)
    assert client.post(page, form_of(draft)).status_code == 302
    assert len(left_in(tmp_path)) == 1


def test_a_program_is_told_in_the_same_words(client, author, draft, where, tmp_path, caplog):
    program, address = Program(client, author), f"{base_of(draft)}draft/attachments/"
    program.get(f"{base_of(draft)}draft/")
    with full_after(ROOM):
        answer = program.upload(address, {"description": "Results", "file": upload("results.txt", LARGE)})
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (503, "storage")
    assert "could not be kept just now" in problem["detail"]
    assert (draft.attachments.count(), left_in(tmp_path)) == (0, [])
    assert one_line_of(caplog, where)


def test_a_folder_for_what_comes_in_that_cannot_be_used_is_told_too(client, author, draft, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR, settings.FILE_UPLOAD_MAX_MEMORY_SIZE = tmp_path / "gone", 0
    client.force_login(author)
    answer = client.post(reverse("partnerships:files", args=[draft.pk]), form_of(draft))
    assert answer.status_code == 503


def test_files_that_do_fit_are_read_from_the_disk(client, author, draft, settings, tmp_path):
    settings.MEDIA_ROOT, settings.FILE_UPLOAD_TEMP_DIR = tmp_path, tmp_path
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    client.force_login(author)
    sent = form_of(draft) | {"upload": upload("results.pdf", of_kind("pdf"))}
    assert client.post(reverse("partnerships:files", args=[draft.pk]), sent).status_code == 302
    assert [path.suffix for path in left_in(tmp_path)] == [".pdf"]
