"""Files on a real S3 server: kept private, handed out by signed addresses of five minutes, deleted."""

import re
import subprocess
from datetime import UTC, datetime, timedelta
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db.models import F

from partnerships.models import StoredFile
from partnerships.services import start_new_version
from partnerships.services.files import attach, remove_orphans, remove_strays, store_file
from reviews.workflow import perform
from tests.sample_files import pdf, upload

KEY, SECRET, BUCKET = "portal", "a secret for tests", "wop-files"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The address of an S3 server on this machine, with one empty bucket."""
    folder = tmp_path_factory.mktemp("s3")
    (folder / BUCKET).mkdir()
    command = [".venv/bin/rclone", "serve", "s3", "--addr", "127.0.0.1:0", "--auth-key", f"{KEY},{SECRET}", "-v"]
    with subprocess.Popen([*command, folder], stderr=subprocess.PIPE, text=True) as process:
        try:
            started = (re.search(r"http://127\.0\.0\.1:\d+", line) for line in process.stderr)
            yield next(found for found in started if found).group()
        finally:
            process.terminate()


def storage_at(address, settings):
    options = {"bucket_name": BUCKET, "endpoint_url": address, "region_name": "eu-west-1"}
    options |= {"access_key": KEY, "secret_key": SECRET}
    return settings.STORAGES | {
        "default": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": settings.S3_OPTIONS | options}
    }


@pytest.fixture
def on_s3(server, settings):
    settings.STORAGES = storage_at(server, settings)


@pytest.fixture
def stored(on_s3, author):
    return store_file(upload("Résultats 2015.pdf", pdf()), by=author)


@pytest.fixture
def published(stored, version, author, reviewer):
    draft = start_new_version(version.partnership, author)
    draft = attach(draft, by=author, revision=draft.revision, stored=stored, description="Results")
    submitted = perform(draft, "submit", by=author)
    return perform(submitted, "publish", by=reviewer, revision=submitted.revision)


def fetch(address):
    with urlopen(address) as answer:
        return answer.status, dict(answer.headers), answer.read()


def refusal_of(address):
    """The code by which the server refuses."""
    with pytest.raises(HTTPError) as refused:
        fetch(address)
    return re.search(r"<Code>(\w+)</Code>", refused.value.read().decode()).group(1)


def test_the_bytes_arrive_unchanged(stored):
    with stored.file.open() as kept:
        assert kept.read() == pdf()
    assert default_storage.exists(stored.file.name)


def test_without_a_signature_nobody_reads_them(stored):
    assert refusal_of(stored.file.url.split("?")[0]) == "UnsupportedAlgorithm"


def test_a_download_goes_to_a_signed_address(client, stored, published):
    answer = client.get(stored.get_absolute_url())
    assert answer.status_code == 302
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    status, headers, content = fetch(answer.url)
    assert (status, content) == (200, pdf())
    assert headers["Content-Type"] == "application/pdf"


def test_the_signed_address_asks_for_an_attachment_and_lasts_five_minutes(client, stored, published):
    asked = parse_qs(urlsplit(client.get(stored.get_absolute_url()).url).query)
    assert asked["X-Amz-Algorithm"] == ["AWS4-HMAC-SHA256"]
    assert asked["X-Amz-Expires"] == ["300"]
    assert asked["response-content-disposition"][0].startswith("attachment; filename*=utf-8''R%C3%A9sultats")
    assert asked["response-content-type"] == ["application/pdf"]


def test_a_signed_address_works_for_this_file_alone(client, author, stored, published):
    other = store_file(upload("private.pdf", pdf(b"% private\n")), by=author)
    address = client.get(stored.get_absolute_url()).url
    assert refusal_of(address.replace(stored.file.name, other.file.name)) == "SignatureDoesNotMatch"
    assert refusal_of(address.replace("X-Amz-Expires=300", "X-Amz-Expires=90000")) == "SignatureDoesNotMatch"


def test_a_signed_address_expires(stored, monkeypatch):
    signed_at = datetime.now(UTC) - timedelta(seconds=301)
    monkeypatch.setattr("botocore.auth.get_current_datetime", lambda: signed_at)
    assert refusal_of(stored.file.url) == "AccessDenied"


def test_what_is_private_is_not_redirected_to(client, stored):
    assert client.get(stored.get_absolute_url()).status_code == 404


def test_what_nothing_points_to_is_deleted_there_too(stored, django_capture_on_commit_callbacks):
    StoredFile.objects.update(uploaded_at=F("uploaded_at") - timedelta(days=2))
    with django_capture_on_commit_callbacks(execute=True):
        assert remove_orphans() == 1
    assert not default_storage.exists(stored.file.name)


def test_bytes_without_a_row_are_found_there_too(stored, monkeypatch):
    place = stored.file.name
    assert remove_strays() == 0
    stored.delete()
    assert remove_strays() == 0
    monkeypatch.setattr("partnerships.services.files.KEPT_FOR", timedelta(seconds=-60))
    assert remove_strays() >= 1
    assert not default_storage.exists(place)


def test_a_server_that_is_down_is_told_and_leaves_no_row(settings, author):
    settings.STORAGES = storage_at("http://127.0.0.1:9", settings)
    with pytest.raises(ValidationError, match="what you typed is still here") as refused:
        store_file(upload("results.pdf", pdf()), by=author)
    assert refused.value.code == "storage"
    assert not StoredFile.objects.exists()


def test_a_wrong_key_is_told_too(server, settings, author):
    settings.STORAGES = storage_at(server, settings)
    settings.STORAGES["default"]["OPTIONS"]["secret_key"] = "wrong"
    with pytest.raises(ValidationError) as refused:
        store_file(upload("results.pdf", pdf()), by=author)
    assert refused.value.code == "storage"
