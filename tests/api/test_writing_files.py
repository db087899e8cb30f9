"""Files of a draft through the API."""

import uuid

import pytest
from django.core.cache import cache

from partnerships.models import StoredFile
from partnerships.services import start_new_version
from reviews.workflow import perform
from tests import factories, sample_files
from tests.api.writing import Program, base_of

WORDS = {"description": "Slides", "language": "fr"}


def path_of(address):
    """Without the host: the test client asks for paths."""
    return "/" + address.split("/", 3)[3]


@pytest.fixture(params=["partnership", "report"])
def draft(request, author, version):
    if request.param == "partnership":
        return start_new_version(version.partnership, author)
    return factories.ReportVersionFactory(partnership=version.partnership)


@pytest.fixture
def program(client, author, draft):
    """Has read the draft."""
    program = Program(client, author)
    program.get(f"{base_of(draft)}draft/")
    return program


@pytest.fixture
def address(draft):
    return f"{base_of(draft)}draft/attachments/"


def add(program, address, name="slides.pdf", content=None, **words):
    file = sample_files.upload(name, sample_files.of_kind("pdf") if content is None else content)
    return program.upload(address, {"file": file} | WORDS | words)


def test_a_file_is_added_changed_and_taken_out(program, address):
    added = add(program, address, stated_type="Never said of a file that is held")
    assert added.status_code == 201, added.content
    shown = added.json()
    assert (shown["description"], shown["language"], shown["stated_type"]) == ("Slides", "fr", "")
    assert (shown["file"]["name"], shown["file"]["media_type"]) == ("slides.pdf", "application/pdf")
    place = path_of(shown["api_url"])
    assert added.headers["Location"] == shown["api_url"]
    assert program.get(address).json()["results"] == [shown]

    changed = program.patch(place, {"description": "Slides of the mission"})
    assert changed.json() == shown | {"description": "Slides of the mission"}
    removed = program.send("delete", place)
    assert (removed.status_code, removed.content) == (204, b"")
    assert program.get(address).json()["results"] == []
    assert removed.headers["ETag"] == program.tag


def test_another_file_takes_the_place_of_the_first(program, address):
    shown = add(program, address).json()
    first = StoredFile.objects.get()
    headers = program.headers | {"if-match": program.tag}
    body, kind = _form({"file": sample_files.upload("photo.png", sample_files.of_kind("png"))})
    changed = program.client.patch(path_of(shown["api_url"]), body, content_type=kind, headers=headers)
    assert (changed.status_code, changed.json()["file"]["media_type"]) == (200, "image/png")
    assert StoredFile.objects.exclude(pk=first.pk).count() == 1


def _form(fields):
    """A multipart body for a method for which the test client makes none."""
    boundary = "b0undary"
    file = fields["file"]
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{file.name}"\r\n'
    body = f"{head}Content-Type: image/png\r\n\r\n".encode() + file.read() + f"\r\n--{boundary}--\r\n".encode()
    return body, f"multipart/form-data; boundary={boundary}"


def test_a_file_that_is_not_held_here_is_only_named(program, address):
    sent = {"description": "Minutes", "url": "https://elsewhere.example/m.pdf", "stated_size": "2 MB"}
    shown = program.post(address, sent).json()
    assert (shown["file"], shown["url"], shown["stated_size"]) == (None, sent["url"], "2 MB")
    assert program.get(f"{path_of(shown['api_url'])}content/").status_code == 404


def test_a_form_without_a_file_is_taken_for_a_mistake(program, address):
    answer = program.upload(address, WORDS)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["file"])


BAD = {
    "empty.pdf": b"",
    "run.exe": b"MZ\x90",
    "photo.pdf": sample_files.of_kind("png"),
    "page.txt": b"<!doctype html><script>alert(1)</script>",
    "two.pdf": sample_files.of_kind("pdf") + sample_files.archive({"a.txt": b"a"}),
    "macros.docx": sample_files.ooxml("docx", word__vbaProject=b"x"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_refused_and_nothing_is_kept(program, address, name):
    answer = add(program, address, name, BAD[name])
    assert answer.status_code == 400, answer.content
    assert list(answer.json()["errors"]) == ["file"]
    assert not StoredFile.objects.exists()


def test_a_file_that_is_too_large_is_refused(program, address, settings):
    settings.UPLOAD_MAX_BYTES = 1000
    answer = add(program, address, "long.txt", b"x" * 1001)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_big")
    answer = add(program, address, "longer.txt", b"x" * 1_100_000)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_a_file_needs_if_match_like_every_change(program, address, draft):
    program.tag = ""
    assert add(program, address).status_code == 428
    program.tag = f'"{draft._meta.model_name}-{draft.pk}-999"'
    assert add(program, address).status_code == 412
    assert not StoredFile.objects.exists()


def test_a_frozen_entry_takes_no_file_and_stores_none(program, address, draft, author):
    perform(draft, "submit", by=author)
    program.get(f"{base_of(draft)}draft/")
    assert add(program, address).status_code == 409
    assert not StoredFile.objects.exists()


def test_the_bytes_are_for_those_who_see_the_draft(client, program, address, draft, stranger, reviewer, author):
    shown = add(program, address).json()
    content = path_of(shown["file"]["content_url"])
    answer = program.get(content)
    assert b"".join(answer.streaming_content) == sample_files.of_kind("pdf")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "private, no-store"
    for somebody in (stranger, reviewer):
        assert Program(client, somebody).get(content).status_code == 404
    perform(type(draft).objects.get(pk=draft.pk), "submit", by=author)
    assert Program(client, reviewer).get(content).status_code == 200


@pytest.mark.parametrize("method", ["get", "patch", "delete"])
def test_there_is_no_other_file(program, address, method):
    sent = {"description": "Mine"} if method == "patch" else None
    assert program.send(method, f"{address}{uuid.uuid4()}/", sent).status_code == 404


def test_uploads_count_for_their_own_limit(program, address, settings):
    cache.clear()
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"upload": "1/h"}
    assert add(program, address).status_code == 201
    assert add(program, address).status_code == 429
