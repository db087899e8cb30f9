"""The guide: texts with live counts, and whom to ask."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnerships.models import Step
from reports.models import ReportChoice
from reviews.workflow import perform
from tests import factories
from tests.indexing import up_to_date
from vocabularies.models import Term

WHAT, INVOLVED = "/en/about/what-is-a-wop/", "/en/about/get-involved/"
pytestmark = pytest.mark.django_db


def reporting(*codes, publish=True):
    """A report whose mentee names motivations."""
    version = factories.ReportVersionFactory()
    for code in codes:
        term = Term.objects.get(list="mentee_motivation", code=code)
        ReportChoice.objects.create(version=version, term=term)
    return perform(version, "load", by=None) if publish else version


def asked(client, code):
    return [str(platform) for platform, _coverage in client.get(INVOLVED, {"country": code}).context["platforms"]]


def test_about_leads_to_what_a_wop_is(client):
    response = client.get("/en/about/")
    assert (response.status_code, response.headers["Location"]) == (302, WHAT)


def test_what_is_a_wop_counts_what_is_published(client, version):
    factories.draft_version()
    factories.InvolvementFactory(version=version, role="funder", organisation__kind="donor")
    response = client.get(WHAT)
    assert response.context["counts"] == {"partnerships": 1, "operators": 2, "funders": 1}


def test_the_seven_steps_have_the_names_that_entries_use(client):
    steps = client.get(INVOLVED).context["steps"]
    assert [name for name, _text in steps] == [step.label for step in Step]
    assert all(text for _name, text in steps)


def test_costs_count_only_what_is_stated_and_published(client):
    for amount, currency in (("50000", "USD"), ("50000.01", "USD"), ("100", "EUR"), (None, "")):
        factories.published_version(cost_amount=amount, cost_currency=currency)
    factories.draft_version(cost_amount="10", cost_currency="USD")
    response = client.get(INVOLVED)
    assert response.context["costs"] == {"limit": 50000, "stated": 3, "within": 1}
    assert b'?cost_max=50000"' in response.content


def test_motivations_are_counted_in_published_reports(client):
    reporting("service-improvement", "staff-redeployment")
    reporting("service-improvement")
    reporting("service-improvement", publish=False)
    context = client.get(INVOLVED).context
    first, second, third, *_others = context["motivations"]["mentees"]
    assert (first.label, first.reports) == ("Service improvement", 2)
    assert (second.label, second.reports, third.reports) == ("Staff redeployment", 1, 0)
    assert context["reports"] == 2


def test_few_reports_are_called_few(client):
    reporting("service-improvement")
    assert b"too few to compare" in client.get(INVOLVED).content


def test_it_names_the_platforms_of_a_country_the_nearest_first(client):
    factories.PlatformFactory(acronym="World", level="global", areas=["001"])
    factories.PlatformFactory(acronym="Continent", areas=["419"])
    factories.PlatformFactory(acronym="Nation", level="national", countries=["LC"])
    factories.PlatformFactory(acronym="Elsewhere", areas=["002"])
    assert asked(client, "LC") == ["Nation", "Continent", "World"]
    assert asked(client, "KE") == ["Elsewhere", "World"]
    assert asked(client, "") == ["World", "Continent", "Elsewhere", "Nation"]


@pytest.mark.parametrize(
    ("page", "text"), [("what-is-a-wop", "GWOPA, What are WOPs"), ("get-involved", "Get involved")]
)
def test_sources_are_named_in_their_own_language(client, page, text):
    names = re.findall(r'<(?:a|span)[^>]* lang="en">([^<]+)', client.get(f"/fr/about/{page}/").content.decode())
    assert any(text in name for name in names)


def test_an_unknown_country_is_told(client):
    response = client.get(INVOLVED, {"country": "<b>"})
    assert response.status_code == 400
    assert "“&lt;b&gt;” is not known" in response.content.decode()


@pytest.mark.parametrize(("url", "expected"), [(WHAT, 2), (INVOLVED, 10)])
def test_as_many_queries_for_thirty_rows_as_for_one(client, url, expected):
    def queries():
        up_to_date()
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        return len(captured)

    factories.PlatformFactory(areas=["419"], countries=["LC"])
    reporting("service-improvement")
    few = queries()
    for _ in range(29):
        factories.PlatformFactory(areas=["419"], countries=["LC"])
        reporting("service-improvement")
    assert queries() == few == expected


@pytest.mark.parametrize("url", [WHAT, INVOLVED, "/en/about/"])
def test_nothing_can_be_posted(client, url):
    assert client.post(url).status_code == 405


@pytest.mark.parametrize("language", ["en", "es", "fr", "pt"])
@pytest.mark.parametrize("page", ["what-is-a-wop", "get-involved"])
def test_the_answer_is_the_same_for_everybody(client, language, page):
    response = client.get(f"/{language}/about/{page}/")
    assert response.status_code == 200
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
