"""Whatever has an end opens something until then and nothing from then on."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from accounts.models import Invitation
from api.models import ApiToken
from exports.models import ExportJob
from operators.models import OrganisationInvitation
from partnerships.services import start_new_version
from platforms.models import SecretariatInvitation
from reviews.models import PreviewLink
from reviews.services import find_preview, make_preview
from tests import factories
from tests.api.people import token_for
from tests.nearest import APPS

pytestmark = pytest.mark.django_db


def invitation(model, place):
    made = model(**{place: factories.OrganisationFactory() if place == "organisation" else factories.PlatformFactory()},
                 email="a@b.example")  # fmt: skip
    made.renew()
    made.save()
    return made, lambda: [model.objects.get().is_open]


def organisation_invitation():
    return invitation(OrganisationInvitation, "organisation")


def secretariat_invitation():
    return invitation(SecretariatInvitation, "platform")


def preview_link():
    version = factories.published_version()
    author = factories.OrganisationMemberFactory(organisation=factories.mentor_of(version)).user
    link, token = make_preview(start_new_version(version.partnership, author), by=author, note="Somebody")
    return link, lambda: [find_preview(token) is not None]


def token():
    made, _secret = token_for(factories.UserFactory())
    return made, lambda: [ApiToken.objects.valid().exists(), ApiToken.objects.get().is_valid]


def download():
    job = ExportJob.objects.create(kind="csv", language="en", state=ExportJob.State.READY)
    return job, lambda: [ExportJob.objects.kept().exists(), ExportJob.objects.get().is_fetchable]


KINDS = {
    OrganisationInvitation: organisation_invitation,
    SecretariatInvitation: secretariat_invitation,
    PreviewLink: preview_link,
    ApiToken: token,
    ExportJob: download,
}


def test_every_kind_that_ends_is_here():
    ending = {model for model in apps.get_models() if model._meta.app_label in APPS and hasattr(model, "expires_at")}
    assert ending == set(KINDS)
    assert issubclass(OrganisationInvitation, Invitation)


@pytest.mark.parametrize("model", KINDS)
def test_it_opens_until_its_end(model):
    made, opens = KINDS[model]()
    assert all(opens())
    for before_now, expected in ((timedelta(minutes=-1), True), (timedelta(seconds=1), False)):
        model.objects.filter(pk=made.pk).update(expires_at=timezone.now() - before_now)
        assert set(opens()) == {expected}
