"""What a public page tells search engines and sites that show a link to it."""

import json
import re
from html import unescape

import pytest
from django.template import Context, engines
from django.urls import reverse

from directory.downloads import DOWNLOADS
from operators.models import FormerName
from reviews.cloning import clone
from reviews.workflow import perform
from tests import factories
from tests.everything import everything

pytestmark = pytest.mark.django_db
PORTAL = "https://portal.example"


@pytest.fixture(autouse=True)
def portal(settings):
    settings.PORTAL_URL = PORTAL


def linked(client, address, **question):
    """The description of a page as data."""
    page = client.get(address, question).content.decode()
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(text)


def meta(client, address):
    """{property: content} of Open Graph."""
    page = client.get(address).content.decode()
    return {
        name: unescape(content) for name, content in re.findall(r'<meta property="([^"]+)" content="([^"]*)">', page)
    }


# --- schema.org -----------------------------------------------------------------------------------------


def test_home_is_a_website_of_somebody_that_can_be_searched(client):
    described = linked(client, "/en/")
    site, publisher = described["@graph"]
    assert (site["@type"], publisher["@type"]) == ("WebSite", "Organization")
    assert site["publisher"]["@id"] == publisher["@id"]
    target = site["potentialAction"]["target"]["urlTemplate"]
    assert target == f"{PORTAL}/en/partnerships/?q={{search_term}}"


def test_the_directory_is_a_dataset_with_what_it_can_be_taken_away_as(client, version):
    described = linked(client, "/en/partnerships/", country="LC", view="table")
    assert described["@type"] == "Dataset"
    assert described["name"] == "WOP Portal: Partnerships: Saint Lucia"
    assert len(described["description"]) >= 50
    downloads = {row["contentUrl"]: row["encodingFormat"] for row in described["distribution"]}
    assert downloads == {f"{PORTAL}{reverse(one.view_name)}?country=LC": one.media_type for one in DOWNLOADS}


def test_what_it_can_be_taken_away_as_is_there_and_of_the_kind_that_is_told(client):
    factories.published_version(status="completed", starts_on="2013", ends_on="2015")
    for row in linked(client, "/en/partnerships/", country="LC")["distribution"]:
        response = client.get(row["contentUrl"].removeprefix(PORTAL))
        assert response.status_code == 200, row
        assert response.headers["Content-Type"].partition(";")[0] == row["encodingFormat"]


@pytest.mark.parametrize("address", ["/en/partnerships/", "/en/partnerships/{wop}/", "/en/reports/{report}/"])
def test_a_licence_is_told_once_there_is_one(client, settings, address):
    version, report = everything()
    address = address.format(wop=version.partnership.reference, report=report.report_id)
    settings.DATA_LICENCE = ""
    assert "license" not in linked(client, address)
    settings.DATA_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
    assert linked(client, address)["license"] == settings.DATA_LICENCE


def test_an_operator_is_an_organisation_with_its_names(client):
    operator = factories.OrganisationFactory(
        name="National Water", acronym="NW", slug="nw", city="Castries", website="https://nw.example/"
    )
    FormerName.objects.create(organisation=operator, name="Old Water")
    assert linked(client, "/fr/operators/nw/") == {
        "@context": "https://schema.org",
        "@type": "Organization",
        "url": f"{PORTAL}/fr/operators/nw/",
        "name": "National Water",
        "alternateName": ["NW", "Old Water"],
        "sameAs": "https://nw.example/",
        "address": {"@type": "PostalAddress", "addressCountry": "LC", "addressLocality": "Castries"},
    }


def test_a_platform_is_an_organisation_below_another(client):
    above = factories.PlatformFactory(name="All of it", slug="all")
    factories.PlatformFactory(
        name="A part", acronym="PART", slug="part", parent=above, established_on="2009", countries=["LC"]
    )
    described = linked(client, "/en/platforms/part/")
    assert described["@type"] == "Organization"
    assert described["parentOrganization"]["url"] == f"{PORTAL}/en/platforms/all/"
    assert (described["foundingDate"], described["areaServed"]) == ("2009", ["Saint Lucia"])


def test_a_partnership_is_a_work_of_its_operators_in_their_roles(client):
    version, report = everything()
    described = linked(client, f"/en/partnerships/{version.partnership.reference}/")
    assert described["@type"] == "CreativeWork"
    assert described["identifier"] == version.partnership.reference
    assert described["abstract"] == version.summary
    assert (described["inLanguage"], described["version"]) == ("fr", "1")
    assert described["temporalCoverage"] == f"{version.starts_on}/{version.ends_on}"
    assert described["contributor"][0]["roleName"] == "Lead mentor"
    assert described["contributor"][0]["contributor"]["url"].startswith(f"{PORTAL}/en/operators/")
    assert described["hasPart"][0]["url"] == f"{PORTAL}/en/reports/{report.report_id}/"


@pytest.mark.parametrize(
    ("dates", "told"),
    [
        ({"starts_on": "2010", "status": "under-way"}, "2010/.."),
        ({"starts_on": "2010"}, "2010"),
        ({"ends_on": "2015-06"}, "../2015-06"),
        ({}, None),
    ],
    ids=str,
)
def test_a_date_that_is_not_known_is_not_told(client, dates, told):
    version = factories.published_version(**dates)
    described = linked(client, f"/en/partnerships/{version.partnership.reference}/")
    assert described.get("temporalCoverage") == told


@pytest.mark.parametrize(
    ("period", "told"), [("2015", "2015"), ("2015-07", "2015-07"), ("2015-H1", None), ("final", None)]
)
def test_a_report_is_a_work_about_a_partnership(client, period, told):
    version = factories.published_version()
    report = factories.published_report(partnership=version.partnership, period=period)
    described = linked(client, f"/en/reports/{report.report_id}/")
    assert described["@type"] == ["CreativeWork", "Report"]
    assert described["about"]["url"] == f"{PORTAL}/en/partnerships/{version.partnership.reference}/"
    assert described.get("temporalCoverage") == told


NASTY = '</script><script>alert(1)</script><!-- & "quoted" \u2028'


def test_no_text_can_end_the_description(client):
    version = factories.published_version(title=NASTY, summary=NASTY)
    page = client.get(f"/en/partnerships/{version.partnership.reference}/").content.decode()
    assert "<script>alert" not in page
    assert linked(client, f"/en/partnerships/{version.partnership.reference}/")["name"] == NASTY
    assert meta(client, f"/en/partnerships/{version.partnership.reference}/")["og:title"].endswith(NASTY)


def test_a_description_holds_no_sign_that_means_something_in_html():
    template = engines["django"].from_string("{% linked_data data %}")
    text = template.template.render(Context({"data": {"name": NASTY}}))
    inside = text.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not set("<>&\u2028\u2029") & set(inside)
    assert json.loads(inside) == {"name": NASTY}


def test_an_operator_that_is_not_public_is_named_and_not_linked(client):
    version = factories.published_version()
    mentor = factories.mentor_of(version)
    type(mentor).objects.filter(pk=mentor.pk).update(state="submitted")
    first = linked(client, f"/en/partnerships/{version.partnership.reference}/")["contributor"][0]
    assert "url" not in first["contributor"]


# --- Open Graph -------------------------------------------------------------------------------------------


def test_a_link_to_a_partnership_is_shown_with_its_picture(client):
    version = factories.published_version(mentor_in="MQ", starts_on="2013", ends_on="2015")
    path = f"/es/partnerships/{version.partnership.reference}/"
    told = meta(client, path)
    assert told["og:title"] == f"{version.partnership.reference}: {version.title}"
    assert told["og:url"] == PORTAL + path
    assert told["og:image"] == f"{PORTAL}{path}card.png"
    assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
    assert (told["og:locale"], told["og:type"]) == ("es_LA", "article")
    assert "2013 – 2015" in told["og:description"]
    assert b'<meta name="twitter:card" content="summary_large_image">' in client.get(path).content


def test_a_report_is_shown_with_the_picture_of_its_partnership(client, version):
    report = factories.published_report(partnership=version.partnership)
    told = meta(client, f"/en/reports/{report.report_id}/")
    assert told["og:image"] == f"{PORTAL}/en/partnerships/{version.partnership.reference}/card.png"
    assert told["og:title"].endswith("Periodic report, 2015")


def test_every_other_page_is_shown_with_the_picture_of_the_portal(client, version):
    slug = factories.mentor_of(version).slug
    platform = factories.PlatformFactory()
    for path in ("", "partnerships/", f"operators/{slug}/", f"platforms/{platform.slug}/"):
        told = meta(client, f"/pt/{path}")
        assert told["og:image"] == f"{PORTAL}/pt/card.png"
        assert told["og:title"]
        assert told["og:description"]
        assert told["og:url"] == f"{PORTAL}/pt/{path}"


# --- what is not public -------------------------------------------------------------------------------------


def described_at_all(client, path):
    page = client.get(path).content
    return b"ld+json" in page or b"og:title" in page


def test_what_is_not_public_is_not_described(client, version, author, reviewer):
    draft = clone(version, by=author)
    reference = version.partnership.reference
    assert described_at_all(client, f"/en/partnerships/{reference}/")
    client.force_login(author)
    assert not described_at_all(client, f"/en/workspace/partnership/{draft.pk}/preview/")
    client.logout()
    perform(version, "archive", by=reviewer, comment="Entered twice")
    assert client.get(f"/en/partnerships/{reference}/").status_code == 410
    assert not described_at_all(client, f"/en/partnerships/{reference}/")


@pytest.mark.parametrize("address", ["/en/partnerships/?country=XX", "/en/nowhere/", "/en/accounts/login/"])
def test_pages_that_are_nothing_to_share_are_not_described(client, address):
    assert not described_at_all(client, address)


def test_an_older_version_is_described_where_the_present_one_stands(client, version):
    reference = version.partnership.reference
    assert not described_at_all(client, f"/en/partnerships/{reference}/versions/1/")
