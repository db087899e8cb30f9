"""Dutch as the fifth language: its own pages, its own words where there are any, English where there are none."""

import pytest
from django.urls import reverse

from tests import factories
from vocabularies.models import Term


def test_pages_have_an_address_in_it_and_its_words_as_far_as_they_are_translated(client, version):
    page = client.get("/nl/").content.decode()
    assert '<html lang="nl"' in page
    assert "Deelnemen" in page
    assert "What is a WOP" in page, "English where the catalogue is silent"
    assert "/nl/partnerships/" in page


def test_every_page_leads_to_it(client, db):
    page = client.get("/en/").content.decode()
    assert 'hreflang="nl"' in page
    assert "Nederlands" in page
    assert 'property="og:locale:alternate" content="nl_NL"' in page
    assert client.get("/", headers={"accept-language": "nl"}).url == "/nl/"


def test_dates_and_numbers_read_as_in_it(client, db):
    version = factories.published_version(starts_on="2014-05", cost_amount=1234567, cost_currency="EUR")
    page = client.get(f"/nl/partnerships/{version.partnership.reference}/").content.decode()
    assert "mei 2014" in page
    assert "1.234.567" in page


@pytest.mark.django_db
def test_labels_of_lists_are_told_in_it_and_in_english_while_they_are_empty(client):
    terms = {one["code"]: one for one in client.get("/api/v1/terms/?list=activity&labels=nl").json()["results"]}
    assert terms["site-visits"]["label"] == "Werkbezoeken"
    assert terms["other"]["label"] == str(Term.objects.get(list="activity", code="other").label_en)
    assert terms["site-visits"]["labels"]["nl"] == "Werkbezoeken"


def test_people_choose_it_for_their_mails(client, stranger):
    client.force_login(stranger)
    assert '<option value="nl">' in client.get(reverse("accounts:my-data")).content.decode()
