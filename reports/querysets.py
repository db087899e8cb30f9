"""Which reports and versions of reports who sees."""

from django.db.models import QuerySet

from reviews.querysets import ReviewableQuerySet
from reviews.states import State


class ReportQuerySet(QuerySet):
    def published(self):
        """Those with a published version of a WOP that is public itself."""
        return self.filter(
            pk__in=self.model._base_manager.filter(
                versions__state=State.PUBLISHED, partnership__versions__state=State.PUBLISHED
            )
        )


class ReportVersionQuerySet(ReviewableQuerySet):
    def published(self):
        """The published answers, as long as the WOP is public too."""
        return super().published().filter(report__partnership__in=_public_partnerships(self.model))


def _public_partnerships(model):
    partnership = model._meta.get_field("report").related_model._meta.get_field("partnership").related_model
    return partnership.objects.published()
