"""Who sees which entries: every read on every door starts from one of these."""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from reviews.states import OPEN_STATES, State

NEVER_REWRITTEN = _("The history is never rewritten.")
GIVEN_STATES = (
    State.SUBMITTED,
    State.CHANGES_REQUESTED,
    State.PUBLISHED,
    State.SUPERSEDED,
    State.REJECTED,
    State.ARCHIVED,
)
"""What was handed to a secretariat at least once; a draft never was, or was taken back."""


class ReviewEventQuerySet(QuerySet):
    """Events are read and appended. Erasing a person goes past this and empties ``by``."""

    def last_public_change(self):
        """When something was last published, replaced or archived; None before the first time."""
        seen = self.filter(Q(to_state=State.PUBLISHED) | Q(from_state=State.PUBLISHED))
        return seen.order_by("-pk").values_list("created_at", flat=True).first()

    def update(self, **fields):
        raise ValidationError(NEVER_REWRITTEN)

    def delete(self):
        raise ValidationError(NEVER_REWRITTEN)

    # Django's own marks: no method of the manager, never callable from a template.
    update.alters_data = True
    delete.alters_data = True
    delete.queryset_only = True


class ReviewableQuerySet(QuerySet):
    def published(self):
        """What the public sees."""
        return self.filter(state=State.PUBLISHED)

    def archived(self):
        return self.filter(state=State.ARCHIVED)

    def open(self):
        """What somebody is working on or waiting for."""
        return self.filter(state__in=OPEN_STATES)

    def waiting(self):
        """What a secretariat has to decide on."""
        return self.filter(state=State.SUBMITTED)

    def served_by(self, user):
        """What the secretariats of ``user`` have been given to decide, now or before; drafts are not theirs to read."""
        platforms = self.model._meta.get_field("reviewing_platform").related_model.objects.served_by(user)
        return self.filter(state__in=GIVEN_STATES, reviewing_platform__in=platforms)

    def those_of(self, condition):
        """Those for which ``condition`` holds, each once, whatever it joins."""
        return self.filter(pk__in=self.model._base_manager.filter(condition).order_by().values("pk"))

    def with_published_at(self):
        """Adds ``published_at``: when the entry last became public, from its history."""
        event = self.model._meta.get_field("events").related_model
        newest = event.objects.filter(
            content_type=ContentType.objects.get_for_model(self.model),
            object_id=OuterRef("pk"),
            to_state=State.PUBLISHED,
        ).order_by("-created_at", "-pk")
        return self.annotate(published_at=Subquery(newest.values("created_at")[:1]))
