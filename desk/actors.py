"""Who somebody is for many entries at once: what ``Reviewable.actors`` says of each, in a fixed number of queries."""

from accounts.permissions import has_needed_factor
from desk.conflicts import conflicts_of
from platforms.models import Platform
from reviews.states import Actor


def actors_of(entries, user):
    """{(model, pk): set of Actor} of versions of partnerships and reports.

    One that no platform was given yet has no reviewer here: nobody decides on it before it is submitted.
    """
    actors = {(type(entry), entry.pk): set() for entry in entries}
    for name in _written(entries, user):
        actors[name].add(Actor.AUTHOR)
    for name in _decidable(entries, user):
        actors[name].add(Actor.REVIEWER)
    return actors


def _written(entries, user):
    for model in {type(entry) for entry in entries}:
        keys = [entry.pk for entry in entries if type(entry) is model]
        written = model.objects.written_by(user).filter(pk__in=keys).values_list("pk", flat=True)
        yield from ((model, pk) for pk in written)


def _decidable(entries, user):
    if not entries or not has_needed_factor(user):
        return []
    served = set(Platform.objects.served_by(user).values_list("pk", flat=True))
    given = [entry for entry in entries if entry.reviewing_platform_id in served]
    conflicts = conflicts_of(given, user) if given else {}
    return [name for entry in given if (name := (type(entry), entry.pk)) not in conflicts]
