"""Which tokens count, and which downloads."""

from typing import Self

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from notices.leases import lost_before
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


class ExportJobQuerySet(QuerySet):
    def kept(self) -> Self:
        """Those whose time has not run out."""
        return self.filter(expires_at__gt=timezone.now())

    def lost(self) -> Self:
        """Those without a sign of life: whoever worked on them, or was to begin with them, has died."""
        return self.unfinished().filter(changed_at__lt=lost_before())

    def unfinished(self) -> Self:
        return self.filter(state__in=["waiting", "working"])
