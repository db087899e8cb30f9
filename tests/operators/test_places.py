"""The coordinates of an organisation follow its city and are never guessed."""

from decimal import Decimal

import pytest
from django.urls import reverse

from directory.loading.organisations import place_organisations
from operators.services.pages import revert_edit, save_page
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager():
    organisation = factories.OrganisationFactory(country=factories.country("MA"), city="Rabat")
    return factories.OrganisationMemberFactory(organisation=organisation, role="manager")


def placed(organisation):
    organisation.refresh_from_db()
    return organisation.latitude and round(organisation.latitude)


def test_loading_places_those_that_have_a_city_and_no_place(manager):
    by_hand = factories.OrganisationFactory(
        country=factories.country("MA"), city="Rabat", latitude=Decimal(1), longitude=Decimal(2)
    )
    unknown = factories.OrganisationFactory(country=factories.country("MQ"), city="Rivière-Salée")
    place_organisations()
    assert [placed(one) for one in (manager.organisation, by_hand, unknown)] == [34, 1, None]


def test_another_city_is_another_place_and_back(manager):
    organisation = manager.organisation
    place_organisations()
    organisation.refresh_from_db()
    edit = save_page(organisation, by=manager.user, revision=organisation.revision, city="Nowhere")
    assert placed(organisation) is None
    revert_edit(edit, by=manager.user)
    assert placed(organisation) == 34


def test_what_else_is_changed_leaves_the_place_as_it_is(manager):
    organisation = manager.organisation
    type(organisation).objects.filter(pk=organisation.pk).update(latitude=1, longitude=2)
    organisation.refresh_from_db()
    save_page(organisation, by=manager.user, revision=organisation.revision, about="More.")
    assert placed(organisation) == 1


def test_the_page_says_where_it_stands_and_when_that_is_not_known(manager, client):
    address = reverse("directory:operator", args=[manager.organisation.slug])
    assert "At a point of its country" in client.get(address).content.decode()
    place_organisations()
    page = client.get(address).content.decode()
    assert "Latitude 34.01, longitude -6.83" in " ".join(page.split())
    assert "GeoNames" in page
