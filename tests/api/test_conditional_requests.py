"""Nothing is sent twice, and nothing is ever stale."""

import pytest
from django.utils.http import parse_http_date

from reviews.cloning import clone
from reviews.workflow import perform

pytestmark = pytest.mark.django_db
PATHS = [
    "partnerships/",
    "partnerships/WOP-0001/",
    "partnerships/WOP-0001/versions/1/",
    "terms/",
    "countries/LC/",
    "schema/",
]


@pytest.mark.parametrize("path", PATHS)
def test_who_has_the_answer_is_not_sent_it_again(client, version, path):
    answer = client.get(f"/api/v1/{path}")
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert not answer.cookies
    assert "Cookie" not in answer.headers["Vary"]
    for known in (answer.headers["ETag"], f'W/{answer.headers["ETag"]}, "other"', "*"):
        again = client.get(f"/api/v1/{path}", headers={"if-none-match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == answer.headers["ETag"]
        assert again.headers["Cache-Control"] == "public, no-cache"
        assert "Accept-Language" in again.headers["Vary"]
    assert client.get(f"/api/v1/{path}", headers={"if-none-match": '"other"'}).status_code == 200


def test_a_tag_survives_compression(client, version):
    answer = client.get("/api/v1/terms/", headers={"accept-encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["ETag"].startswith("W/")
    known = {"if-none-match": answer.headers["ETag"], "accept-encoding": "gzip"}
    assert client.get("/api/v1/terms/", headers=known).status_code == 304


def test_a_publication_shows_on_the_next_request(client, version, author, reviewer):
    paths = [f"/api/v1/partnerships/{version.partnership.reference}/", "/api/v1/partnerships/"]
    before = {path: client.get(path).headers["ETag"] for path in paths}
    again = perform(clone(version, by=author, title="Second words"), "submit", by=author)
    assert {path: client.get(path).headers["ETag"] for path in paths} == before
    perform(again, "publish", by=reviewer, revision=again.revision)
    for path in paths:
        answer = client.get(path, headers={"if-none-match": before[path]})
        assert answer.status_code == 200
        assert "Second words" in answer.content.decode()


def test_an_entry_says_when_it_was_published(client, version):
    answer = client.get(f"/api/v1/partnerships/{version.partnership.reference}/")
    published = version.events.last().created_at
    assert parse_http_date(answer.headers["Last-Modified"]) == int(published.timestamp())
    assert "Last-Modified" not in client.get("/api/v1/partnerships/").headers


def test_a_refusal_has_no_tag(client):
    assert "ETag" not in client.get("/api/v1/partnerships/?labels=xx").headers
    assert "ETag" not in client.get("/api/v1/partnerships/WOP-9999/").headers
