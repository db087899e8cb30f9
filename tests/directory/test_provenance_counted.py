"""The directory says how many of those it lists are compiled, reported and confirmed, as their profiles do."""

import pytest
from django.urls import reverse

from directory.facets import Facets
from directory.filters.partnerships import PartnershipFilter
from directory.provenance import provenances_of
from partnerships.models import Confirmation, PartnershipVersion
from reviews.cloning import clone
from reviews.snapshots import fingerprint
from reviews.workflow import perform
from tests import factories

pytestmark = pytest.mark.django_db


def reported():
    version = factories.published_version()
    author = factories.OrganisationMemberFactory(organisation=factories.mentor_of(version)).user
    reviewer = factories.SecretariatMemberFactory(platform=version.reviewing_platform).user
    draft = perform(clone(version, by=author), "submit", by=author)
    return perform(draft, "publish", by=reviewer, revision=draft.revision)


def answer(version, organisation, answer="confirms", words=None):
    Confirmation.objects.create(
        entry=version, organisation=organisation, fingerprint=words or fingerprint(version), answer=answer, text="No."
    )


@pytest.fixture
def five():
    """One of each kind, and one that was confirmed in other words."""
    factories.published_version()
    reported()
    both = reported()
    answer(both, factories.mentee_of(both))
    disputed = factories.published_version()
    answer(disputed, factories.mentor_of(disputed), "differs")
    before = factories.published_version()
    answer(before, factories.mentor_of(before), words="0" * 64)


def test_it_counts_what_each_profile_says(five):
    versions = PartnershipVersion.objects.published()
    each = [one.code for one in provenances_of(list(versions.with_involved())).values()]
    counts = Facets(PartnershipFilter({}, versions)).provenance()
    assert counts == {code: each.count(code) for code in counts}
    assert counts == {"difference": 1, "both-sides": 1, "reported": 1, "public-sources": 2}


def test_the_directory_says_so_of_what_it_found(five, client):
    page = client.get(reverse("directory:partnerships"))
    assert page.context["provenance"] == [
        "2 compiled from public sources",
        "1 reported by a partner",
        "1 confirmed by both sides",
        "1 in which a partner reports a difference",
    ]
    assert "1 confirmed by both sides" in page.content.decode()


def test_nothing_is_said_of_nothing(client):
    assert client.get(reverse("directory:partnerships")).context["provenance"] == []
    assert client.get(reverse("directory:partnerships"), {"country": "XX"}).context["provenance"] == []
