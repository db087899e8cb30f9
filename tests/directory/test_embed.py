"""The counter and list for other sites: the only page that they may frame."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory.urls import urlpatterns
from reviews.cloning import clone
from reviews.workflow import perform
from tests import factories
from tests.indexing import up_to_date

pytestmark = pytest.mark.django_db
EMBED = "/en/embed/partnerships/"
HOW = "/en/about/embed/"


def ancestors(response):
    (found,) = re.findall(r"frame-ancestors ([^;]+)", response.headers["Content-Security-Policy"])
    return found


def test_it_counts_and_lists_what_matches(client):
    shown = factories.published_version(mentee_in="LC")
    factories.published_version(mentee_in="KE")
    factories.draft_version(mentee_in="LC")
    response = client.get(EMBED, {"country": "LC"})
    page = response.content.decode()
    assert "1 partnership with a mentor, mentee, peer or partner from Saint Lucia" in page
    assert [entry.reference for entry in response.context["entries"]] == [shown.partnership.reference]
    assert factories.mentor_of(shown).acronym in page


@pytest.mark.parametrize(("limit", "listed"), [({}, 5), ({"limit": "0"}, 0), ({"limit": "2"}, 2), ({"limit": "20"}, 7)])
def test_so_many_are_listed_as_asked_and_all_are_counted(client, limit, listed):
    for _ in range(7):
        factories.published_version()
    response = client.get(EMBED, limit)
    assert len(response.context["entries"]) == listed
    assert b"7 partnerships" in response.content


def test_every_link_opens_the_portal_beside_the_other_site(client, version):
    page = client.get(EMBED, {"country": "LC"}).content.decode()
    links = re.findall(r"<a [^>]+>", page)
    assert len(links) == 2
    assert all('target="_blank"' in link and 'rel="noopener"' in link for link in links)
    assert 'href="/en/partnerships/?country=LC"' in links[-1]


def test_it_runs_no_script_sets_no_cookie_and_is_no_page_for_search_engines(client, version):
    response = client.get(EMBED)
    assert b"<script" not in response.content
    assert b"<form" not in response.content
    assert b"csrf" not in response.content
    assert not response.cookies
    assert b'<meta name="robots" content="noindex">' in response.content


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ({"country": "XX"}, "Country: “XX” is not known; a possible value is “LC”."),
        ({"limit": "21"}, "Write a number up to 20 for “limit”."),
        ({"limit": "-1"}, "Write a number up to 20 for “limit”."),
        ({"limit": "²"}, "Write a number up to 20 for “limit”."),
        ({"limit": "9" * 5000}, "Write a number up to 20 for “limit”."),
    ],
    ids=str,
)
def test_an_invalid_value_is_told_and_nothing_is_listed(client, version, question, words):
    response = client.get(EMBED, question)
    assert response.status_code == 400
    assert words in response.content.decode()
    assert response.context["entries"] == []
    assert response.context["sentence"] == "No result"


def test_nothing_unpublished_is_shown(client, version, author, reviewer):
    draft = clone(version, by=author)
    type(draft)._base_manager.filter(pk=draft.pk).update(title="zqcanary", summary="zqcanary")
    assert b"zqcanary" not in client.get(EMBED).content
    perform(version, "archive", by=reviewer, comment="Entered twice")
    response = client.get(EMBED)
    assert b"0 partnerships" in response.content
    assert response.context["entries"] == []


def test_one_and_twenty_entries_cost_the_same_queries(client):
    def queries():
        up_to_date()
        with CaptureQueriesContext(connection) as captured:
            listed = len(client.get(EMBED, {"limit": "20"}).context["entries"])
        return len(captured), listed

    factories.published_version()
    queries()
    few = queries()
    for _ in range(29):
        factories.published_version()
    assert queries() == (few[0], 20)
    assert few[0] <= 6


# --- framing --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", [{}, {"country": "XX"}], ids=str)
def test_other_sites_may_frame_it(client, version, question):
    response = client.get(EMBED, question)
    assert "X-Frame-Options" not in response.headers
    assert ancestors(response) == "*"
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def addresses():
    """One of every public page, and some that are not."""
    named = {
        "country": ["KE"], "operator": ["x"], "platform": ["x"], "region": ["africa"], "preview": ["token"],
        **{name: ["WOP-0001"] for name in ("partnership", "partnership-card", "history")},
        **{name: ["WOP-0001"] for name in ("fact-sheet", "fact-sheet-pdf")},
        **{name: [1] for name in ("report", "report-history")},
        "version": ["WOP-0001", 1], "report-version": [1, 1], "partnership-slug": ["WOP-0001", "x"],
        "draft-preview": ["partnership", 1], "twins": ["x", "y"],
    }  # fmt: skip
    pages = [
        reverse(f"directory:{one.name}", args=named.get(one.name, [])) for one in urlpatterns if one.name != "embed"
    ]
    return [
        *pages,
        "/",
        "/en/accounts/login/",
        "/en/workspace/",
        "/en/workspace/alerts/",
        "/robots.txt",
        "/sitemap.xml",
    ]


def test_no_other_page_may_be_framed(client, version, author):
    for user in (None, author):
        if user:
            client.force_login(user)
        for address in addresses():
            response = client.get(address)
            assert response.headers["X-Frame-Options"] == "DENY", address
            assert ancestors(response) == "'none'", address


# --- how to -----------------------------------------------------------------------------------------------


def frames(response):
    """The lines to copy, as they read."""
    return [unescape(line) for line in re.findall(r'<pre class="snippet"[^>]*>(.*?)</pre>', response.content.decode())]


def test_the_line_to_copy_shows_the_filters_of_the_address(client, version, settings):
    settings.PORTAL_URL = "https://portal.example"
    counter, listed = frames(client.get(HOW, {"country": "LC", "q": 'a "b"', "view": "map"}))
    address = "https://portal.example/en/embed/partnerships/?country=LC&amp;q=a+%22b%22&amp;limit="
    assert counter.startswith(f'<iframe src="{address}0" title="Partnerships: Search: a &quot;b&quot;, Saint Lucia · ')
    assert f'src="{address}5"' in listed
    assert counter.endswith('loading="lazy"></iframe>')


@pytest.mark.parametrize("question", [{}, {"country": "LC", "area": "non-revenue-water"}], ids=str)
def test_what_is_copied_works(client, version, settings, question):
    for line in frames(client.get(HOW, question)):
        (address,) = re.findall(r'src="([^"]+)"', line)
        assert client.get(unescape(address).removeprefix(settings.PORTAL_URL)).status_code == 200


def test_with_an_invalid_value_there_is_nothing_to_copy(client, version):
    response = client.get(HOW, {"country": "XX"})
    assert response.status_code == 400
    assert "Country: “XX” is not known" in response.content.decode()
    assert frames(response) == []


def test_the_directory_leads_there_with_its_filters(client, version):
    page = client.get("/en/partnerships/", {"country": "LC"}).content.decode()
    assert f'href="{HOW}?country=LC"' in page
