"""Saved filters: keeping them, and telling people what is new."""

from collections.abc import Callable
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Min
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import ngettext, override

from accounts.models import User
from directory.filters.partnerships import PartnershipFilter
from directory.models import Alert, Match, SavedFilter
from directory.query_strings import query_of
from notices.sending import Sweep
from notices.services import notify
from partnerships.models import PartnershipVersion
from reviews.models import ReviewEvent

MOST_FILTERS = 50
"""Per person."""
OVERLAP = timedelta(hours=1)
"""How long before the last look something may have been published that could not be seen then: its transaction ended
later than the look. Nothing is told twice all the same (``Match``)."""


def filterset_of(saved: SavedFilter) -> PartnershipFilter:
    """The directory's filters as they were saved; a code that has gone since makes them invalid."""
    return PartnershipFilter(QueryDict(saved.query), PartnershipVersion.objects.published())


@transaction.atomic
def save_filter(*, user: User, name: str, filterset: PartnershipFilter) -> SavedFilter:
    """Keep a valid question of ``user`` under a name; ValidationError when that is taken or there are too many."""
    if user.saved_filters.count() >= MOST_FILTERS:
        message = ngettext("You can save %(most)s filter.", "You can save %(most)s filters.", MOST_FILTERS)
        raise ValidationError(message % {"most": MOST_FILTERS}, code="too-many")
    saved = SavedFilter(user=user, name=name, query=query_of(filterset))
    saved.full_clean()
    saved.save()
    return saved


def rename_filter(saved: SavedFilter, *, name: str) -> None:
    """ValidationError when the person has another filter of this name."""
    saved.name = name
    saved.full_clean()
    saved.save(update_fields=["name"])


def tell_news(stopping: Callable[[], bool] = lambda: False) -> Sweep:
    """Tell everybody what was published since the last look and answers a filter of theirs.

    May be run at any time, by several at once and again after a failure: a version is told once for each filter.
    ``stopping()`` ends it between two filters; the answer says to how many something was ``sent``.
    """
    now, done = timezone.now(), Sweep()
    filters = SavedFilter.objects.filter(user__is_active=True).select_related("user").order_by("pk")
    since = filters.aggregate(first=Min("seen_until"))["first"]
    changed = ReviewEvent.objects.last_public_change()
    if since and changed and changed > since - OVERLAP:
        for saved in filters.iterator():
            if stopping():
                break
            done.sent += _tell(saved, now)
    return done


@transaction.atomic
def _tell(saved, now):
    """1 when there was something to tell; what this filter had been told before is left out."""
    locked = SavedFilter.objects.select_for_update().filter(pk=saved.pk).first()
    if locked is None:
        return 0
    since = max(locked.created_at, locked.seen_until - OVERLAP)
    SavedFilter.objects.filter(pk=saved.pk).update(seen_until=now)
    published = PartnershipVersion.objects.published().with_published_at()
    recent = published.filter(published_at__gt=since)  # type: ignore[misc] # no type of a queryset says what it adds
    with override(saved.user.language):
        fresh = dict(recent.exclude(pk__in=locked.matches.values("version")).values_list("partnership", "pk"))
        versions = sorted(fresh[wop] for wop in filterset_of(locked).qs.pks() if wop in fresh) if fresh else []
    if not versions:
        return 0
    alert = Alert.objects.create(saved_filter=locked)
    Match.objects.bulk_create(Match(saved_filter=locked, version_id=pk, alert=alert) for pk in versions)
    notify("alert", about=alert, key=f"alert:{alert.pk}", users=[saved.user])
    return 1
