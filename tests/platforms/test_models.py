"""What can never be stored about a platform."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from platforms.models import Platform, PlatformHost, Programme, SecretariatMember
from tests import factories

pytestmark = pytest.mark.django_db


def refused(thing, message):
    with pytest.raises(ValidationError, match=message):
        thing.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        thing.save()


def test_there_is_one_global_platform():
    factories.global_platform()
    refused(Platform(key="second", slug="second", name="Second", level="global"), "one global platform")
    factories.PlatformFactory.create_batch(2, level="regional")


def test_a_platform_is_not_part_of_itself():
    platform = factories.PlatformFactory()
    platform.parent = platform
    refused(platform, "not part of itself")


@pytest.mark.parametrize("field", ["key", "slug"])
def test_keys_and_addresses_stand_once(field):
    first = factories.PlatformFactory()
    names = {"key": "other", "slug": "other", field: getattr(first, field)}
    refused(Platform(name="Other", level="regional", **names), "already exists")


def test_a_host_is_listed_once_with_a_date_and_again_with_another():
    platform, host = factories.PlatformFactory(), factories.OrganisationFactory()
    PlatformHost.objects.create(platform=platform, organisation=host, starts_on="2007-10")
    PlatformHost.objects.create(platform=platform, organisation=host, starts_on="2013")
    refused(PlatformHost(platform=platform, organisation=host, starts_on="2013"), "already listed")


def test_hosts_run_a_platform_at_the_same_time():
    platform = factories.PlatformFactory()
    for _ in range(2):
        PlatformHost.objects.create(platform=platform, organisation=factories.OrganisationFactory(), starts_on="2011")
    assert platform.hosts.count() == 2


def test_a_person_is_a_member_of_a_secretariat_once():
    member = factories.SecretariatMemberFactory()
    refused(SecretariatMember(platform=member.platform, user=member.user, role="coordinator"), "already a member")
    factories.SecretariatMemberFactory(user=member.user)


def test_a_platform_with_others_below_it_is_not_deleted():
    parent = factories.PlatformFactory()
    factories.PlatformFactory(parent=parent)
    with pytest.raises(ProtectedError):
        parent.delete()


def test_a_programme_needs_no_donor():
    programme = Programme(key="deal", slug="deal", name="Deal")
    programme.full_clean()
    programme.save()
    refused(Programme(key="deal", slug="deal", name="Deal"), "already exists")
