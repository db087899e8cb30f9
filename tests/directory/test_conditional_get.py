"""Public pages may be kept, are always asked for again, and are not sent twice; personal ones are kept by nobody."""

import re

import pytest
from django.urls import reverse

from reviews.cloning import clone
from reviews.workflow import perform
from tests import factories

pytestmark = pytest.mark.django_db
FIXED = ["/en/", "/robots.txt", "/sitemap.xml", "/en/partnerships/?q=water", "/en/feeds/partnerships.atom"]


@pytest.fixture
def addresses(client, version):
    """All that search engines are shown, and some that they are not."""
    factories.published_report(partnership=version.partnership)
    sections = _places(client.get("/sitemap.xml"))
    pages = [page for section in sections for page in _places(client.get(section))]
    assert len(pages) > 10
    return [*FIXED, *sections, *pages]


def _places(response):
    return [
        re.sub("^https?://[^/]+", "", place) for place in re.findall("<loc>([^<]+)</loc>", response.content.decode())
    ]


@pytest.mark.parametrize("step", [10, pytest.param(1, marks=pytest.mark.whole)])
def test_every_public_page_is_sent_once_while_it_is_the_same(client, addresses, step):
    for address in addresses[::step]:
        first = client.get(address)
        assert (first.status_code, first.headers["Cache-Control"]) == (200, "no-cache"), address
        tag = first.headers["ETag"]
        for known in (tag, f'W/{tag}, "other"'):
            again = client.get(address, headers={"if-none-match": known})
            assert (again.status_code, again.content) == (304, b""), address
            assert (again.headers["ETag"], again.headers["Cache-Control"]) == (tag, "no-cache"), address
        assert client.get(address, headers={"if-none-match": '"other"'}).status_code == 200
        assert not client.cookies, address


def test_a_tag_survives_compression(client, version):
    answer = client.get("/en/", headers={"accept-encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    known = {"if-none-match": answer.headers["ETag"], "accept-encoding": "gzip"}
    assert client.get("/en/", headers=known).status_code == 304


def test_what_is_published_shows_on_the_next_request(client, version, author, reviewer):
    address = version.get_absolute_url()
    address = client.get(address, follow=True).request["PATH_INFO"]
    known = {"if-none-match": client.get(address).headers["ETag"]}
    again = perform(clone(version, by=author, title="Second words"), "submit", by=author)
    assert client.get(address, headers=known).status_code == 304
    perform(again, "publish", by=reviewer, revision=again.revision)
    assert "Second words" in client.get(address, headers=known).content.decode()


def test_each_language_has_a_tag_of_its_own(client, version):
    tags = {client.get(f"/{language}/").headers["ETag"] for language in ("en", "es", "fr", "pt")}
    assert len(tags) == 4


def test_nobody_keeps_what_is_made_for_one_person(client, version, stranger):
    known = {"if-none-match": client.get("/en/").headers["ETag"]}
    client.force_login(stranger)
    answer = client.get("/en/", headers=known)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-store")
    assert "ETag" not in answer.headers


def test_nor_a_page_with_the_token_of_a_form(client):
    for _time in range(2):
        answer = client.get(reverse("account_login"))
        assert "private" in answer.headers["Cache-Control"]
        assert "ETag" not in answer.headers


@pytest.mark.parametrize("address", ["/en/nowhere/", "/en/partnerships/WOP-9999/"])
def test_a_page_that_is_missing_is_asked_for_again(client, address):
    answer = client.get(address)
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "ETag" not in answer.headers
