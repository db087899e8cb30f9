"""Which tokens count."""

from typing import Self

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from operators.models import OrganisationMember
from platforms.models import SecretariatMember


class ApiTokenQuerySet(QuerySet):
    def valid(self) -> Self:
        """Neither revoked nor at their end, of an account that is open."""
        return self.filter(revoked_at=None, expires_at__gt=timezone.now(), owner__is_active=True)

    def with_belonging(self) -> Self:
        """``belongs``: whether the owner is (still) a member of what the token is narrowed to, if it is."""
        own = {"user": OuterRef("owner")}
        organisation = OrganisationMember.objects.filter(organisation=OuterRef("organisation"), **own)
        platform = SecretariatMember.objects.filter(platform=OuterRef("platform"), **own)
        anywhere = Q(organisation=None, platform=None)
        return self.annotate(belongs=anywhere | Q(Exists(organisation)) | Q(Exists(platform)))
