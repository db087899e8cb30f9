"""Wherever an entry is read, its numbers are written as readers of the page write them."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import override
from lxml import html

from partnerships.services import save_draft
from reviews.cloning import clone
from reviews.workflow import perform
from tests import factories
from tests.everything import everything
from vocabularies.localised import LANGUAGE_CODES

HISTORIES = {"partnership": "history", "report": "report-history"}
NUMBERS = [Decimal(text) for text in ("9876543.21", "71234.5", "61234", "51234")]
LARGE = {"cost_amount": NUMBERS[0]}
MEASURED = {"text": "Less is lost", "unit": "m³", "baseline": NUMBERS[1], "latest": NUMBERS[2]}
ROWS = {
    "partnership": {
        "results": [MEASURED],
        "targets": [{"text": "Less is lost", "unit": "m³", "value": NUMBERS[3]}],
    },
    "report": {"results": [MEASURED | {"target": NUMBERS[3]}]},
}


@pytest.fixture
def people(db):
    """({kind: submitted version with large numbers}, an author, a reviewer)."""
    versions = dict(zip(("partnership", "report"), everything(), strict=True))
    organisation = versions["partnership"].partnership.participants.first().organisation
    author = factories.OrganisationMemberFactory(organisation=organisation).user
    for kind, version in versions.items():
        draft = clone(version, by=author)
        versions[kind] = save_draft(draft, by=author, revision=draft.revision, fields=LARGE, rows=ROWS[kind])
    platform = versions["partnership"].route()
    return versions, author, factories.SecretariatMemberFactory(platform=platform).user


def spoken(response):
    """What a reader sees: fields of forms hold numbers as they are typed."""
    root = html.fromstring(response.content.decode())
    for hidden in root.xpath("//script | //style | //head"):
        hidden.drop_tree()
    return root.text_content()


def unformatted(page, language):
    """The numbers that the page has in another shape than its language does."""
    with override(language):
        shapes = {number: number_format(number, use_l10n=True, force_grouping=True) for number in NUMBERS}
    return {number for number, shape in shapes.items() if shape not in page or str(number) in page}


def shown(client, address, language):
    with override(language):
        url = address()
    response = client.get(url)
    assert response.status_code == 200, url
    return spoken(response)


@pytest.mark.parametrize("language", LANGUAGE_CODES)
@pytest.mark.parametrize("kind", ["partnership", "report"])
def test_numbers_have_their_signs_on_every_page_of_an_entry(client, people, kind, language):
    versions, author, reviewer = people
    version = versions[kind]
    client.force_login(author)
    pages = {"check": lambda: reverse(f"{kind}s:check", args=[version.pk])}
    pages["preview"] = lambda: reverse("directory:draft-preview", args=[kind, version.pk])
    found = {name: unformatted(shown(client, address, language), language) for name, address in pages.items()}
    version = perform(version, "submit", by=author)
    client.force_login(reviewer)
    found["desk"] = unformatted(
        shown(client, lambda: reverse("desk:review", args=[kind, version.pk]), language), language
    )
    perform(version, "publish", by=reviewer, revision=version.revision)
    place = [version.partnership.reference if kind == "partnership" else version.report_id]
    for name, page in {"profile": kind, "history": HISTORIES[kind]}.items():
        found[name] = unformatted(
            shown(client, lambda page=page: reverse(f"directory:{page}", args=place), language), language
        )
    assert {name: numbers for name, numbers in found.items() if numbers} == {}
