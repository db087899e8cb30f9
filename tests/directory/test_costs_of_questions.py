"""What an address may cost: ten times the plain one, counted in queries, in what they say and in what they fetch.

Seconds would say another thing on every machine.
"""

from contextlib import contextmanager
from itertools import chain
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client

from directory.filters.others import ReportFilter
from directory.filters.partnerships import OrganisationFilter, PartnershipFilter
from operators.models import Organisation
from partnerships.models import PartnershipVersion
from tests.indexing import up_to_date
from tests.registered import RegisterTestCase
from vocabularies.models import Area, Country, Term
from vocabularies.search import MOST_WORDS, words_of

LONGEST = 4_000
"""Characters of an address: what a server in front lets pass."""
MOST = 10
PARTNERSHIPS = (
    "/en/partnerships/", "/en/partnerships/?view=map", "/en/partnerships/?view=table", "/en/embed/partnerships/",
    "/en/feeds/partnerships.atom", "/en/feeds/reports.atom", "/api/v1/partnerships/", "/api/v1/partnerships.csv",
    "/api/v1/partnerships.jsonl", "/api/v1/partnerships.geojson", "/api/v1/partnerships.iati-missing.json",
)  # fmt: skip
ORGANISATIONS = ("/en/operators/", "/api/v1/organisations/")
REPORTS = ("/api/v1/reports/",)
BARE = 20_000
"""Characters of queries, and rows: what is less than that is cheap whatever it is compared with."""


class Cost:
    """``queries`` asked, ``letters`` in them with their values, ``rows`` fetched."""

    def __init__(self):
        self.queries = self.letters = self.rows = 0

    def note(self, execute, sql, values, many, context):
        self.queries += 1
        self.letters += len(sql) + sum(len(str(value)) for value in values or ())
        result = execute(sql, values, many, context)
        self.rows += max(context["cursor"].rowcount, 0)
        return result


@contextmanager
def counted():
    cost = Cost()
    with connection.execute_wrapper(cost.note):
        yield cost


def cost_of(address, question=""):
    joint = "&" if "?" in address else "?"
    with counted() as cost:
        answer = Client().get(f"{address}{joint}{question}")
        assert answer.status_code in {200, 400, 414}, address
        b"".join(answer.streaming_content) if answer.streaming else answer.content
    return cost


def long(name, values):
    """``name`` asked for with as many of ``values`` as fit, from the beginning again when they are used up."""
    text, values = "", list(values)
    for place in range(10_000):
        more = urlencode({name: values[place % len(values)]})
        if len(text) + len(more) + 1 > LONGEST:
            return text
        text += f"&{more}"
    return text


def questions(filters):
    """The longest questions that can be asked by each parameter, and by several together."""
    words = [f"{one}{other}" for one in "abcdefghijklmn" for other in "aeiou"]
    yield "q=" + "+".join(["a"] * 1_900)
    yield "q=" + "+".join(words[:60])
    yield "q=" + "+".join(words[:MOST_WORDS])
    codes = {
        "country": Country.objects.values_list("pk", flat=True),
        "region": chain(("lac", "africa", "asia"), Area.objects.values_list("code", flat=True)),
        "organisation": Organisation.objects.values_list("slug", flat=True),
        "partnership": PartnershipVersion.objects.published().values_list("partnership__reference", flat=True),
        "area": Term.objects.filter(list="improvement_area").values_list("code", flat=True),
        "activity": Term.objects.filter(list="activity").values_list("code", flat=True),
        "support": Term.objects.filter(list="support_type").values_list("code", flat=True),
        "factor": Term.objects.filter(list="success_factor").values_list("code", flat=True),
    }
    for name in filters.base_filters:
        yield long(name, list(codes.get(name, ())) or _choices(filters, name) or ["2014"])
    yield "&".join(
        f"q={'+'.join(words[:9])}&region=lac&country=LC&role=mentor&area=metering&status=completed".split("&")
    )


def _choices(filters, name):
    return [code for code, _label in getattr(filters.base_filters[name].field, "choices", ()) if code]


class TestCosts(RegisterTestCase):
    def check(self, addresses, filters):
        up_to_date()  # the words of the register are read once for all
        asked = list(questions(filters))
        assert max(map(len, asked)) > LONGEST - 60
        dear = []
        for address in addresses:
            plain = cost_of(address)
            for question in asked:
                cost = cost_of(address, question)
                for name in ("queries", "letters", "rows"):
                    now, least = getattr(cost, name), {"queries": 1, "letters": BARE, "rows": 100}[name]
                    if now > MOST * max(getattr(plain, name), least):
                        dear.append((address, question[:50], name, getattr(plain, name), now))
        assert dear == []

    def test_of_partnerships(self):
        self.check(PARTNERSHIPS[:1], PartnershipFilter)

    @pytest.mark.whole
    def test_of_partnerships_wherever_they_are_listed(self):
        self.check(PARTNERSHIPS[1:], PartnershipFilter)

    def test_of_organisations(self):
        self.check(ORGANISATIONS[:1], OrganisationFilter)

    @pytest.mark.whole
    def test_of_organisations_for_programs(self):
        self.check(ORGANISATIONS[1:], OrganisationFilter)

    def test_of_reports(self):
        self.check(REPORTS, ReportFilter)

    def test_words_are_looked_for_once_however_many_facets_are_counted(self):
        with counted() as cost:
            Client().get("/en/partnerships/?q=water")
        assert cost.letters < 1.5 * cost_of("/en/partnerships/").letters


def test_a_word_that_stands_twice_is_looked_for_once():
    assert words_of("A a  Á b a") == ["a", "b"]


@pytest.mark.parametrize(
    "address", ["/en/partnerships/", "/en/operators/", "/api/v1/partnerships/", "/api/v1/reports/"]
)
def test_more_words_than_a_search_takes_are_refused_in_words(client, db, address):
    words = "+".join(f"w{number}" for number in range(MOST_WORDS + 1))
    answer = client.get(f"{address}?q={words}")
    assert answer.status_code == 400
    assert f"at most {MOST_WORDS} different words; these are {MOST_WORDS + 1}" in answer.content.decode()
    assert client.get(f"{address}?q={words.rpartition('+')[0]}").status_code == 200
