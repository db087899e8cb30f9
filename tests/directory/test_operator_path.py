"""What the page of an organisation tells of its way: from mentee to mentor, and the partners that it came back to."""

import pytest
from django.urls import reverse

from reviews.workflow import perform
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation(db):
    return factories.OrganisationFactory(acronym="ONE")


def takes_part(organisation, role, year="", partner=None):
    """A published WOP from ``year`` on with ``organisation`` in ``role``, and ``partner`` at the other end."""
    draft = factories.draft_version(starts_on=year)
    draft.involvements.filter(role=role).update(organisation=organisation)
    if partner:
        draft.involvements.exclude(role=role).update(organisation=partner)
    return perform(draft, "load", by=None)


def page(client, organisation):
    return client.get(reverse("directory:operator", args=[organisation.slug])).content.decode()


def test_a_mentee_that_became_a_mentor_is_told_with_both_years(client, organisation):
    for role, year in (("mentee", "2012"), ("mentee", "2009"), ("mentor", "2016-05"), ("mentor", "")):
        takes_part(organisation, role, year)
    path = page(client, organisation).split('<ol class="path">')[1].split("</ol>")[0]
    assert path.index("<b>2009</b>") < path.index("<b>2016</b>")
    assert "2012" not in path


@pytest.mark.parametrize(
    "parts",
    [
        [("mentor", "2009"), ("mentee", "2012")],
        [("mentee", "2009"), ("mentor", "2009")],
        [("mentee", "2009"), ("mentor", "")],
        [("mentee", ""), ("mentor", "2009")],
        [("mentee", "2009")],
    ],
    ids=str,
)
def test_no_path_where_the_years_do_not_show_one(client, organisation, parts):
    for role, year in parts:
        takes_part(organisation, role, year)
    assert 'class="path"' not in page(client, organisation)


def test_partners_that_it_came_back_to_lead_to_all_that_they_did_together(client, organisation):
    often, once = factories.OrganisationFactory(acronym="OFTEN"), factories.OrganisationFactory(acronym="ONCE")
    for role, partner in (("mentee", often), ("mentor", often), ("mentor", once)):
        takes_part(organisation, role, partner=partner)
    html = page(client, organisation)
    address = reverse("directory:twins", args=sorted([organisation.slug, often.slug]))
    assert f'<a href="{address}">OFTEN</a> <span>2</span>' in html
    assert html.count("/between/") == 1
    assert client.get(address).status_code == 200


def test_a_partner_that_is_archived_is_not_among_them(client, organisation):
    other = factories.OrganisationFactory()
    for _ in range(2):
        takes_part(organisation, "mentee", partner=other)
    assert "/between/" in page(client, organisation)
    type(other).objects.filter(pk=other.pk).update(state="archived")
    assert "/between/" not in page(client, organisation)
