"""The filter by the step reached: on the page, with its facet and its chip, and for programs."""

import re

import pytest
from django.http import QueryDict

from directory.filters.partnerships import PartnershipFilter
from directory.query_strings import title_of
from tests import factories


@pytest.fixture
def agreed(db):
    """The reference of a partnership; another one is already at work."""
    factories.published_version(lifecycle_step="peer-support")
    return factories.published_version(lifecycle_step="agreement").partnership.reference


def test_the_page_shows_what_it_finds_with_facet_and_chip(client, agreed):
    page = client.get("/en/partnerships/", {"step": "agreement"}).content.decode()
    assert set(re.findall(r"/partnerships/(WOP-\d+)/", page)) == {agreed}
    facet = re.search(r'<fieldset class="facet" id="id_step">.*?</fieldset>', page, re.DOTALL)[0]
    assert "Step reached" in facet
    assert re.findall(r'name="step" value="([\w-]+)"', facet) == ["agreement", "peer-support"]
    assert re.search(r'<a class="chip" href="\?">\s*<span[^>]*>Remove the filter: </span>Agreement', page)


def test_programs_and_exports_filter_by_it(client, agreed):
    found = client.get("/api/v1/partnerships/", {"step": "agreement"}).json()["results"]
    assert [one["reference"] for one in found] == [agreed]
    assert client.get("/api/v1/partnerships.csv", {"step": "agreement"}).headers["X-Total-Count"] == "1"
    assert client.get("/api/v1/partnerships/", {"step": "nowhere"}).status_code == 400


@pytest.mark.django_db
def test_it_reads_in_words():
    assert title_of(PartnershipFilter(QueryDict("step=peer-support"))) == "Partnerships: Peer support"
