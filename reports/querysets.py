"""Which reports and versions of reports who sees."""

from typing import Any, Self, TypeVar

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from accounts.models import AnyUser
from partnerships.querysets import LIVE, MAIN_ROLES, PartnershipVersionQuerySet, VersionQuerySet
from reviews.paths import Path
from reviews.states import State

Versions = TypeVar("Versions", bound=PartnershipVersionQuerySet)


class ReportQuerySet(QuerySet):
    model: type[Any]
    """It lies above and is more than a Model."""

    def published(self) -> Self:
        """Those with a published version of a WOP that is public itself."""
        return self.filter(
            pk__in=self.model._base_manager.filter(
                versions__state=State.PUBLISHED, partnership__versions__state=State.PUBLISHED
            )
        )

    def known_to(self, user: AnyUser) -> Self:
        """Those that are public, and those of which ``user`` may open a version."""
        versions = self.model._meta.get_field("versions").related_model.objects.visible_to(user)
        public = self.model.objects.published().values("pk")
        return self.filter(Q(pk__in=versions.order_by().values("report")) | Q(pk__in=public))


class ReportVersionQuerySet(VersionQuerySet):
    wop = "report__partnership"

    @classmethod
    def involved_paths(cls) -> tuple[Path, ...]:
        """Also who supports what it reports on, by this version or by the public or open one of the report."""
        return (
            *super().involved_paths(),
            Path("report__versions__supporters__organisation", Q(report__versions__state__in=LIVE)),
            Path("supporters__organisation"),
        )

    def shown_for_confirmation_to(self, user: AnyUser) -> Self:
        """By those on the two sides of the public version of the WOP."""
        wop = "report__partnership__versions"
        named = Q(**{f"{wop}__involvements__organisation__members__user": user.pk})
        named &= Q(**{f"{wop}__involvements__role__in": MAIN_ROLES, f"{wop}__state": State.PUBLISHED})
        return self.waiting().those_of(named)

    def shown_for_comment_to(self, user: AnyUser) -> Self:
        wop = "report__partnership__versions"
        named = Q(**{f"{wop}__named_platforms__platform__members__user": user.pk, f"{wop}__state": State.PUBLISHED})
        return self.waiting().those_of(named)

    def published(self) -> Self:
        """The published answers, as long as the WOP is public too."""
        return super().published().filter(report__partnership__in=_public_partnerships(self.model))

    def visible_history(self) -> Self:
        """Published answers and the superseded ones below them, of a WOP that is public: all that is public."""
        public = self.model.objects.published().values("report")
        return self.filter(report__in=public, state__in=[State.PUBLISHED, State.SUPERSEDED])


def with_report_count(versions: Versions) -> Versions:
    """``versions`` of partnerships with ``report_count``: how many published reports the partnership has."""
    published = Count("partnership__reports__versions", filter=Q(partnership__reports__versions__state=State.PUBLISHED))
    counted = versions.model._base_manager.filter(pk=OuterRef("pk")).annotate(n=published).values("n")
    return versions.annotate(report_count=Subquery(counted))


def _public_partnerships(model):
    partnership = model._meta.get_field("report").related_model._meta.get_field("partnership").related_model
    return partnership.objects.published()
