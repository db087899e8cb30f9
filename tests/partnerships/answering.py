"""The sections of a draft, answered as a browser does."""

from django.urls import reverse

from partnerships.models import PartnershipVersion
from tests.posting import fields_of


def section_url(draft, code):
    return reverse("partnerships:section", args=[draft.pk, code])


def typed(client, url, **changes):
    """What a browser sends from the page at ``url`` after ``changes``."""
    return fields_of(client.get(url)) | changes


def now(draft):
    return PartnershipVersion.objects.get(pk=draft.pk)
