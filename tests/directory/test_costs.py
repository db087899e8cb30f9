"""Wherever an amount stands, it says whether it was spent, planned or hoped for."""

import re
from io import BytesIO
from zipfile import ZipFile, is_zipfile

import pytest

from partnerships.models import Track
from platforms.models import Programme
from reviews.workflow import perform
from tests import factories
from tests.walk.addresses import addresses
from vocabularies.models import ImprovementArea

pytestmark = pytest.mark.django_db
AMOUNT = re.compile(r"7[,.\s\u00a0\u202f]?654[,.\s\u00a0\u202f]?321")
KINDS = {"goal": r"\bgoal\b", "actual": r"\bactual\b", "budget": r"\bbudget\b"}
NOT_STATED = "kind of figure not stated|a figure whose kind is not stated"


def costing(kind):
    """A published partnership and a report on it, with a cost of that kind, named wherever an entry can be."""
    cost = {"cost_amount": 7654321, "cost_currency": "EUR", "cost_kind": kind}
    programme = Programme.objects.create(key="blue", slug="blue", name="Blue")
    version = factories.draft_version(title="Mentor – Mentee", starts_on="2015-01-01", ends_on="2015-12-31", **cost)
    version.named_programmes.create(programme=programme)
    version.named_platforms.create(platform=factories.global_platform())
    Track.objects.create(version=version, area=ImprovementArea.objects.get(code="metering"))
    version = perform(version, "load", by=None)
    factories.published_report(partnership=version.partnership, **cost)
    return version


def told(client):
    """(address, text) of everything public that shows the amount."""
    for name, found in addresses().items():
        for address in found[:4] if name == "directory:partnerships" else found[:1]:  # all its views
            response = client.get(address.path("en"))
            text = text_of(b"".join(response.streaming_content) if response.streaming else response.content)
            if AMOUNT.search(text):
                yield address.path("en"), text


def text_of(body):
    if not is_zipfile(BytesIO(body)):
        return body.decode(errors="replace")
    with ZipFile(BytesIO(body)) as folder:
        return "\n".join(folder.read(name).decode(errors="replace") for name in folder.namelist())


def bare(shown, kind):
    """The addresses that show the amount somewhere without its kind near it."""
    return [address for address, text in shown.items() for part in around(text) if not re.search(kind, part, re.I)]


def around(text):
    """What stands near each place where the amount stands."""
    return [text[max(0, at.start() - 600) : at.end() + 600] for at in AMOUNT.finditer(text)]


@pytest.mark.parametrize("kind", KINDS)
def test_no_amount_is_shown_without_its_kind(client, kind):
    costing(kind)
    shown = dict(told(client))
    assert len(shown) > 8, list(shown)
    bare = [
        address for address, text in shown.items() for part in around(text) if not re.search(KINDS[kind], part, re.I)
    ]
    assert bare == []


def test_people_are_told_that_the_kind_is_not_stated(client):
    costing("")
    shown = {address: text for address, text in told(client) if address.startswith("/en/")}
    assert len(shown) >= 4, list(shown)
    bare = [
        address for address, text in shown.items() for part in around(text) if not re.search(NOT_STATED, part, re.I)
    ]
    assert bare == []


def test_the_band_of_facts_says_what_kind_of_figure_the_cost_is(client):
    version = costing("goal")
    facts = {label: text for label, text, _known in client.get(version.get_absolute_url()).context["facts"]}
    assert facts["Cost"] == "Funding goal, EUR 7,654,321"
