"""The page of the insights: each chart with its sentence, its n, its table and its CSV; filters, nothing, nonsense."""

import csv
import re
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from directory.insights.page import Insights
from directory.insights.words import NAMES
from directory.selection import question
from partnerships.models import PartnershipVersion
from tests import factories
from tests.indexing import up_to_date
from tests.registered import RegisterTestCase

URL = "/en/insights/"
QUESTIONS = ("", "region=lac", "area=non-revenue-water&region=africa", "has_report=yes", "country=NL&role=mentor")


def page(response):
    return html.fromstring(response.content)


def shown(table):
    """The rows of a table as texts, without the spaces around them."""
    return [[" ".join(cell.text_content().split()) for cell in row.xpath("th|td")] for row in table.xpath(".//tr")]


def read(response):
    return list(csv.reader(StringIO(response.content.decode("utf-8-sig"), newline="")))


class TestPage(RegisterTestCase):
    def test_there_are_at_most_eight_charts_each_with_sentence_n_table_and_links(self):
        for asked in QUESTIONS:
            found = page(self.client.get(f"{URL}?{asked}")).xpath("//section[contains(@class, 'chart ')]")
            assert [one.get("id") for one in found] == list(NAMES)
            assert len(found) <= 8
            for chart in found:
                title, about = chart.xpath("h2")[0].text_content(), chart.xpath("p")[0].text_content()
                assert title.strip()
                assert re.search(r"n = \d+", about), (asked, chart.get("id"))
                assert chart.xpath(".//details//table"), (asked, chart.get("id"))
                links = [link.get("href") for link in chart.xpath(".//*[@class='chart-foot']/a")]
                assert links[0].startswith(f"{URL}{chart.get('id')}.csv")
                assert links[1].endswith(f"#{chart.get('id')}")
                assert ("?" in links[1]) == bool(asked)

    def test_every_number_of_the_table_comes_in_the_csv(self):
        for asked in QUESTIONS:
            document = page(self.client.get(f"{URL}?{asked}"))
            for code in NAMES:
                lines = read(self.client.get(f"{URL}{code}.csv?{asked}"))
                rows = shown(document.get_element_by_id(code).xpath(".//details//table")[0])
                assert [line[1:3] for line in lines] == [row[:2] for row in rows], (asked, code)
                if code != "costs":  # there, texts and dates stand beside the numbers
                    numbers = [[cell.replace(",", "").replace("–", "") for cell in row[1:]] for row in rows[1:]]
                    assert [line[2:] for line in lines[1:]] == numbers, (asked, code)

    def test_pictures_have_names_and_charts_without_a_picture_are_tables_or_lists(self):
        document = page(self.client.get(URL))
        for picture in document.xpath("//section//svg[@role='img']"):
            named, told = (
                document.get_element_by_id(picture.get(f"aria-{name}by")) for name in ("labelled", "described")
            )
            assert named.text_content().strip()
            assert told.text_content().strip()
        bare = document.xpath("//section//svg[not(@role='img') and not(@aria-hidden='true')]")
        assert bare == []

    def test_a_filter_counts_what_the_directory_finds(self):
        for asked in QUESTIONS:
            found = self.client.get("/en/partnerships/", dict(pair.split("=") for pair in asked.split("&") if pair))
            told = self.client.get(f"{URL}?{asked}")
            assert told.context["total"] == found.context["page_obj"].paginator.count
            assert [chip["label"] for chip in told.context["chips"]] == [
                chip["label"] for chip in found.context["chips"]
            ]

    def test_links_of_a_table_keep_the_question(self):
        document = page(self.client.get(f"{URL}?region=africa"))
        links = document.get_element_by_id("areas").xpath(".//details//th/a/@href")
        assert links
        assert all("region=africa" in link and "area=" in link for link in links)
        assert document.get_element_by_id("places").xpath(".//details//th/a") == []

    def test_it_costs_the_same_queries_whatever_is_asked(self):
        found = {}
        for asked in QUESTIONS:
            up_to_date()
            with CaptureQueriesContext(connection) as captured:
                self.client.get(f"{URL}?{asked}")
            found[asked] = len(captured)
        assert max(found.values()) <= 17, found

    def test_sentences_are_those_of_the_language(self):
        titles = [
            [one.text_content() for one in page(self.client.get(f"/{code}/insights/")).xpath("//section/h2")]
            for code in ("en", "es", "fr", "pt")
        ]
        assert all(len(set(same)) == 4 for same in zip(*titles, strict=True))


@pytest.mark.django_db
@pytest.mark.parametrize(("number", "told"), [(4, None), (5, 100)])
def test_no_share_stands_beside_fewer_than_five(number, told):
    for _ in range(number):
        factories.published_version(mentor_in="KE", mentee_in="UG")
    (row,) = Insights(question("")).chart("pairings").table.rows
    assert row.cells == ["South to South", number, told]


@pytest.mark.django_db
def test_nothing_published_is_said(client):
    response = client.get(URL)
    assert response.status_code == 200
    assert response.context["charts"] == []
    assert b"There is no partnership to count" in response.content


@pytest.mark.django_db
def test_a_wrong_value_is_answered_by_its_message_and_keeps_what_was_typed(client, version):
    response = client.get(URL, {"year_from": "abc", "cost_max": "1000"})
    assert response.status_code == 400
    assert response.context["charts"] == []
    assert [problem["text"] for problem in response.context["problems"]] == [
        "Years it ran, from: Write a year, for example 2014."
    ]
    assert b'value="abc"' in response.content
    assert b'value="1000"' in response.content
    refused = client.get(f"{URL}places.csv", {"year_from": "abc"})
    assert (refused.status_code, refused.content) == (400, b"year_from: Write a year, for example 2014.")


@pytest.mark.django_db
def test_a_chart_that_nobody_has_is_not_found(client):
    assert client.get(f"{URL}weather.csv").status_code == 404


@pytest.mark.django_db
def test_other_never_leads_and_a_tie_names_no_winner(client):
    for area in ("other", "other", "metering", "energy-efficiency"):
        version = factories.draft_version(mentor_in="KE", mentee_in="UG")
        version.tracks.create(area_id=_term(area), title="A track")
        factories.perform(version, "load", by=None)
    titles = {chart.code: chart.title for chart in Insights(question("")).charts()}
    assert titles["areas"] == "No improvement area stands out among 4 partnerships"
    assert titles["places"] == "All the work is done in 1 country or territory: Uganda"
    assert titles["years"] == "When"


def _term(code):
    return PartnershipVersion.tracks.rel.related_model._meta.get_field("area").related_model.objects.get(code=code).pk


@pytest.mark.django_db
def test_a_text_that_a_spreadsheet_would_calculate_is_marked_in_the_csv(client):
    factories.published_version(cost_amount=1, cost_currency="USD", cost_covers="=1+1")
    assert "'=1+1" in read(client.get(f"{URL}costs.csv"))[1]
