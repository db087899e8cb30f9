"""What search engines are told to read: sitemap, robots, the addresses in the head of a page."""

import re
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import etree

from directory import sitemaps
from reviews.workflow import perform
from tests import factories

pytestmark = pytest.mark.django_db
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
PORTAL = "https://portal.example"


@pytest.fixture(autouse=True)
def portal(settings):
    """Under another name than the host of the requests."""
    settings.PORTAL_URL = PORTAL


def tree(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/xml"
    return etree.fromstring(response.content)


def urls(client, section, page=""):
    return tree(client, f"/sitemap-{section}.xml{page}").xpath("s:url", namespaces=NAMES)


def text(url, path):
    return url.findtext(path, namespaces=NAMES)


def addresses(client, section):
    return {text(url, "s:loc") for url in urls(client, section)}


def test_the_index_names_all_files_under_the_public_address(client, version):
    found = tree(client, "/sitemap.xml").xpath("s:sitemap/s:loc/text()", namespaces=NAMES)
    sections = ["pages", "partnerships", "operators", "platforms", "countries", "regions", "reports"]
    assert found == [f"{PORTAL}/sitemap-{section}.xml" for section in sections]


def test_every_page_stands_in_it_once_for_each_language(client):
    version = factories.published_version()
    report = factories.published_report(partnership=version.partnership)
    platform = factories.PlatformFactory()
    for section, path in {
        "partnerships": f"partnerships/{version.partnership.reference}/",
        "operators": f"operators/{factories.mentor_of(version).slug}/",
        "platforms": f"platforms/{platform.slug}/",
        "reports": f"reports/{report.report_id}/",
        "countries": "countries/LC/",
        "regions": "regions/caribbean/",
        "pages": "about/get-involved/",
    }.items():
        assert {f"{PORTAL}/{code}/{path}" for code in ("en", "es", "fr", "pt")} <= addresses(client, section), section


def test_each_address_names_the_others_and_the_one_that_asks_the_reader(client, version):
    path = f"partnerships/{version.partnership.reference}/"
    expected = {code: f"{PORTAL}/{code}/{path}" for code in ("en", "es", "fr", "pt")} | {
        "x-default": f"{PORTAL}/{path}"
    }
    for url in urls(client, "partnerships"):
        links = url.xpath("x:link[@rel='alternate']", namespaces=NAMES)
        assert {link.get("hreflang"): link.get("href") for link in links} == expected
    assert client.get(f"/{path}", headers={"accept-language": "fr"}).url == f"/fr/{path}"


def test_an_entry_changed_when_it_was_published(client, version):
    published = type(version).objects.with_published_at().get(pk=version.pk).published_at
    assert {text(url, "s:lastmod") for url in urls(client, "partnerships")} == {f"{published:%Y-%m-%d}"}


def test_every_address_is_there(client):
    factories.published_report(partnership=factories.published_version().partnership)
    for section in sitemaps.SITEMAPS:
        for address in addresses(client, section):
            assert client.get(address.removeprefix(PORTAL)).status_code == 200, address


def test_nothing_unpublished_stands_in_it(client, version, reviewer):
    draft = factories.draft_version()
    hidden = factories.OrganisationFactory(state="submitted", slug="hidden-utility")
    factories.ReportVersionFactory(partnership=version.partnership)
    perform(version, "archive", by=reviewer, comment="Entered twice")
    assert not urls(client, "partnerships")
    assert not urls(client, "reports")
    everything = client.get("/sitemap-operators.xml").content.decode()
    assert hidden.slug not in everything
    assert draft.partnership.reference not in everything


def test_a_long_list_is_told_in_several_files(client, monkeypatch):
    monkeypatch.setattr(sitemaps.PublicSitemap, "limit", 2)
    for _ in range(3):
        factories.published_version()
    found = tree(client, "/sitemap.xml").xpath("s:sitemap/s:loc/text()", namespaces=NAMES)
    assert f"{PORTAL}/sitemap-partnerships.xml?p=2" in found
    assert [len(urls(client, "partnerships", page)) for page in ("", "?p=2")] == [8, 4]


@pytest.mark.parametrize("address", ["/sitemap-drafts.xml", "/sitemap-pages.xml?p=2", "/sitemap-pages.xml?p=x"])
def test_a_file_that_does_not_exist_is_not_found(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("section", ["partnerships", "operators", "reports"])
def test_one_and_thirty_entries_cost_the_same_queries(client, section):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            found = urls(client, section)
        return len(captured), len(found)

    def publish():
        factories.published_report(partnership=factories.published_version().partnership)

    publish()
    queries()
    few = queries()
    for _ in range(29):
        publish()
    many = queries()
    assert many == (few[0], 30 * few[1])
    assert few[0] <= 3


# --- for programs that ask without reading a page -------------------------------------------------------


def test_the_icon_is_where_browsers_look_for_it(client):
    assert client.get("/favicon.ico").url.endswith(".svg")


def test_whom_to_tell_of_a_vulnerability(client, settings):
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = "mailto:security@portal.example"
    response = client.get("/.well-known/security.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    told = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert told["Contact"] == "mailto:security@portal.example"
    assert told["Preferred-Languages"] == "en, es, fr, pt"
    assert told["Canonical"] == f"{PORTAL}/.well-known/security.txt"
    left = datetime.fromisoformat(told["Expires"]) - timezone.now()
    assert timedelta(days=30) < left < timedelta(days=365)


# --- robots ---------------------------------------------------------------------------------------------


def test_robots_may_read_what_is_public_and_nothing_else(client):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    refused = {line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow")}
    assert {"/admin/", "/en/workspace/", "/es/desk/", "/fr/accounts/", "/pt/demo/", "/en/preview/"} <= refused
    for public in ("/en/", "/en/partnerships/", "/fr/operators/x/", "/api/v1/", "/sitemap.xml", "/en/card.png"):
        assert not any(public.startswith(path) for path in refused), public
    assert lines[-1] == f"Sitemap: {PORTAL}/sitemap.xml"


def test_a_demonstration_is_not_for_robots(client, settings):
    settings.DEMO = True
    assert client.get("/robots.txt").content.decode() == "User-agent: *\nDisallow: /\n"


# --- the head of a page -----------------------------------------------------------------------------------


def head(client, address, **question):
    """(canonical address, {language: address}) of a page."""
    page = client.get(address, question).content.decode()
    canonical = re.findall(r'<link rel="canonical" href="([^"]+)">', page)
    others = dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)"\s+href="([^"]+)">', page))
    return (canonical[0] if len(canonical) == 1 else canonical or ""), others


def test_a_page_names_its_one_address_and_its_languages(client, version):
    path = f"partnerships/{version.partnership.reference}/"
    canonical, others = head(client, f"/es/{path}", utm_source="mail")
    assert canonical == f"{PORTAL}/es/{path}"
    assert others == {code: f"{PORTAL}/{code}/{path}" for code in ("en", "es", "fr", "pt")} | {
        "x-default": f"{PORTAL}/{path}"
    }


@pytest.mark.parametrize(
    ("question", "query"),
    [
        ({"view": "map"}, ""),
        ({"ordering": "title", "nonsense": "x"}, ""),
        ({"q": "mentor", "country": ["LC", "LC", "KE"]}, "?country=KE&amp;country=LC&amp;q=mentor"),
        ({"country": ["KE", "LC"], "q": " mentor ", "view": "table"}, "?country=KE&amp;country=LC&amp;q=mentor"),
    ],
    ids=str,
)
def test_of_a_question_only_what_it_asks_belongs_to_the_address(client, version, question, query):
    canonical, others = head(client, "/en/partnerships/", **question)
    assert canonical == f"{PORTAL}/en/partnerships/{query}"
    assert others["fr"] == f"{PORTAL}/fr/partnerships/{query}"
    assert others["x-default"] == f"{PORTAL}/partnerships/{query}"


def test_every_page_of_a_list_is_a_page_of_its_own(client):
    for _ in range(21):
        factories.published_version()
    assert head(client, "/en/partnerships/", page="2")[0] == f"{PORTAL}/en/partnerships/?page=2"
    assert head(client, "/en/partnerships/", page="1")[0] == f"{PORTAL}/en/partnerships/"
    assert head(client, "/en/partnerships/", page="2", ordering="title")[0] == f"{PORTAL}/en/partnerships/"
    assert head(client, "/en/operators/", country="LC")[0] == f"{PORTAL}/en/operators/?country=LC"


@pytest.mark.parametrize(
    "address",
    ["/en/nowhere/", "/en/partnerships/?country=XX", "/en/partnerships/?page=9", "/en/operators/?country=XX",
     "/en/accounts/login/", "/en/report-an-error/"],
)  # fmt: skip
def test_errors_and_private_pages_have_no_address_to_keep(client, address):
    assert head(client, address) == ("", {})


@pytest.mark.parametrize("address", ["/en/workspace/", "/en/workspace/alerts/", "/en/accounts/my-data/"])
def test_private_pages_are_not_for_search_engines(client, stranger, address):
    client.force_login(stranger)
    assert head(client, address) == ("", {})
    assert b'<meta name="robots" content="noindex">' in client.get(address).content
