"""More people, and what they got by mail."""

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError

from notices.models import OutgoingMail
from operators import services
from operators.models import OrganisationMember
from tests import factories
from vocabularies.models import Country

Role = OrganisationMember.Role


def member_of(organisation, role=Role.EDITOR):
    return factories.OrganisationMemberFactory(organisation=organisation, role=role).user


def with_address(email):
    """Somebody whose account has shown that ``email`` is theirs."""
    user = factories.UserFactory(email=email)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def token_sent_to(email):
    return OutgoingMail.objects.filter(address__iexact=email).latest("pk").data["token"]


def mails(kind):
    return sorted(OutgoingMail.objects.filter(kind=kind).values_list("address", flat=True))


def fields(**changed):
    start = {"name": "Aqua Nova", "acronym": "AN", "kind": "public-utility", "country": Country.objects.get(pk="LC")}
    return start | changed


def answerers(organisation, platform):
    """Who may not answer a request to join ``organisation``."""
    elsewhere = factories.PlatformFactory(areas=["002"])
    return {
        "editor": member_of(organisation),
        "manager of another organisation": member_of(factories.OrganisationFactory(), Role.MANAGER),
        "another secretariat": factories.SecretariatMemberFactory(platform=elsewhere, role="coordinator").user,
        "stranger": factories.UserFactory(),
    }


def refused(token, user, code):
    with pytest.raises(ValidationError) as caught:
        services.accept_invitation(token, by=user)
    assert caught.value.code == code
    assert not OrganisationMember.objects.filter(user=user).exists()
