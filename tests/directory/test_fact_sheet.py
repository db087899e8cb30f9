"""The fact sheet of a partnership as a page: the words of the profile, and only what is public."""

import pytest
from django.utils.html import escape
from lxml.html import fromstring

from directory.fact_sheet.content import fact_sheet_of
from directory.profile.public_entry import public_entry
from reviews.workflow import perform
from tests import factories
from tests.directory.test_profile_costs import told_at_length
from tests.everything import everything
from tests.sheets import text_of, texts_of
from tests.translating import translated

pytestmark = pytest.mark.django_db
QUERIES = 43
"""One less than the profile: nobody asks for neighbours."""


@pytest.fixture
def record(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return everything()[0]


def address(version, language="en", end="fact-sheet/"):
    return f"/{language}/partnerships/{version.partnership.reference}/{end}"


def sheet_of(version):
    return fact_sheet_of(public_entry(version.partnership.reference))


def article(client, version, language="en"):
    return fromstring(client.get(address(version, language)).content.decode()).xpath("//article[@class='sheet']")[0]


def test_the_page_says_all_that_the_sheet_says(client, record):
    shown = " ".join(article(client, record).text_content().split())
    told = texts_of(sheet_of(record))
    assert len(told) > 100
    assert [text for text in told if text not in shown] == []


def test_what_nobody_told_has_no_section_and_is_named_in_one_line(client):
    version = factories.published_version(summary="", approach="")
    sheet = sheet_of(version)
    assert {section.code for section in sheet.sections} <= {"areas", "tracks"}
    assert sheet.unknown == "status, dates, cost"
    assert "Not known: status, dates, cost" in article(client, version).text_content()
    assert not [label for label, _value in sheet.facts if label in {"Status", "Dates", "Cost"}]


def test_words_in_another_language_say_so(client, record):
    marked = article(client, record).xpath(".//span[@lang='pt']//text()")
    assert "An objective" in marked
    assert article(client, record).xpath(".//p[@class='sheet-lead']/span/@lang") == ["fr"]


def test_it_leads_to_this_version_for_good(client, record):
    foot = article(client, record, "es").xpath(".//section[@class='sheet-foot']")[0]
    permanent = f"/es/partnerships/{record.partnership.reference}/versions/{record.number}/"
    assert foot.xpath(".//a/@href")[0].endswith(permanent)
    assert foot.xpath(".//*[@role='img']/@aria-label")[0].endswith(permanent)


def test_profile_and_sheet_lead_to_each_other_and_to_the_pdf(client, version):
    profile = fromstring(client.get(version.get_absolute_url()).content.decode())
    sheet = fromstring(client.get(address(version)).content.decode())
    pdf = address(version, end="fact-sheet.pdf")
    assert {address(version), pdf} <= set(profile.xpath("//aside//a/@href"))
    assert {version.get_absolute_url(), pdf} <= set(sheet.xpath("//main//a/@href"))
    for page in (profile, sheet):
        assert page.xpath("//link[@type='application/pdf']/@href") == [pdf]


def test_an_older_version_and_a_preview_offer_no_sheet(client, version):
    older = client.get(f"{version.get_absolute_url()}versions/1/").content.decode()
    assert "fact-sheet" not in older


@pytest.mark.parametrize("end", ["fact-sheet/", "fact-sheet.pdf"])
class TestWhatIsNotPublic:
    def test_a_draft_has_none(self, client, end):
        assert client.get(address(factories.draft_version(), end=end)).status_code == 404

    def test_nor_has_a_reference_that_nobody_has(self, client, end):
        assert client.get(f"/en/partnerships/WOP-9999/{end}").status_code == 404

    def test_an_archived_one_says_why(self, client, version, reviewer, end):
        perform(version, "archive", by=reviewer, comment="Told <twice>")
        response = client.get(address(version, end=end))
        assert response.status_code == 410
        assert escape("Told <twice>") in response.content.decode()

    def test_it_is_only_read(self, client, version, end):
        assert client.post(address(version, end=end)).status_code == 405

    def test_a_reference_may_be_written_otherwise(self, client, version, end):
        number = int(version.partnership.reference.removeprefix("WOP-"))
        response = client.get(f"/en/partnerships/wop-{number}/{end}")
        assert response.status_code == 301
        assert response.url == address(version, end=end)


def test_the_number_of_queries_does_not_grow_with_the_rows(client, django_assert_num_queries):
    for rows in (1, 30):
        version = told_at_length(rows)
        client.get(address(version))
        with django_assert_num_queries(QUERIES):
            client.get(address(version))


def test_it_reads_in_the_language_of_the_reader_and_says_from_which(client, version):
    type(version).objects.filter(pk=version.pk).update(summary="Meters were read.")
    version.refresh_from_db()
    translated(version, "summary", "Se leían los medidores.")
    pdf = text_of(client.get(address(version, "es", "fact-sheet.pdf")).content)
    for text in (article(client, version, "es").text_content(), pdf):
        assert "Se leían los medidores." in text
        assert "Meters were read." not in text
    assert "Traducido del inglés" in pdf
    as_written = client.get(address(version, "es"), {"original": "1"}).content.decode()
    assert '<span lang="en">Meters were read.</span>' in as_written
