"""Who to write to: the page of a platform never ends in “no website known”."""

import pytest
from django.urls import reverse

from platforms.models import PlatformHost
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def platforms(db):
    """(the global one, a regional one, a national one below it), none with a website."""
    above = factories.global_platform()
    type(above).objects.update(website="")
    regional = factories.PlatformFactory(level="regional", parent=above, website="")
    return above, regional, factories.PlatformFactory(level="national", parent=regional, website="")


def whom(client, platform):
    """What stands under “Who to write to”."""
    html = client.get(reverse("directory:platform", args=[platform.slug])).content.decode()
    return html.split("Who to write to")[1].split("</div>")[0]


def host(platform, website, **dates):
    organisation = factories.OrganisationFactory(website=website)
    return PlatformHost.objects.create(platform=platform, organisation=organisation, **dates)


def test_its_own_website_comes_first_and_is_enough(client, platforms):
    type(platforms[2]).objects.filter(pk=platforms[2].pk).update(website="https://own.example")
    host(platforms[2], "https://host.example")
    told = whom(client, platforms[2])
    assert "https://own.example" in told
    assert "host.example" not in told
    assert "No website" not in told


def test_then_its_present_hosts_and_no_former_one(client, platforms):
    present = host(platforms[2], "https://present.example")
    host(platforms[2], "https://former.example", ends_on="2013")
    told = whom(client, platforms[2])
    assert present.organisation.name in told
    assert "https://present.example" in told
    assert "former.example" not in told
    assert "No website of its own is known." in told


def test_then_the_nearest_above_with_an_address(client, platforms):
    type(platforms[0]).objects.filter(pk=platforms[0].pk).update(website="https://world.example")
    host(platforms[1], "https://region.example")
    told = whom(client, platforms[2])
    assert "https://region.example" in told
    assert "world.example" not in told


def test_a_host_that_is_not_public_is_not_told(client, platforms):
    hidden = host(platforms[2], "https://hidden.example").organisation
    type(hidden).objects.filter(pk=hidden.pk).update(state="archived")
    assert "hidden.example" not in whom(client, platforms[2])


def test_where_nobody_has_one_the_secretariat_of_the_register_is_asked(client, platforms):
    told = whom(client, platforms[2])
    assert f'href="{reverse("desk:report-error")}?page=' in told
