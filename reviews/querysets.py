"""Who sees which entries: every read on every door starts from one of these."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NoReturn, Self

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Case, CharField, Model, OuterRef, Q, QuerySet, Subquery, TextChoices, Value, When
from django.utils.translation import gettext_lazy as _

from accounts.models import AnyUser, User
from accounts.permissions import has_needed_factor
from reviews import reviewing
from reviews.paths import Path, ends_of, reached
from reviews.states import EDITABLE_STATES, OPEN_STATES, Actor, State

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


class Part(TextChoices):
    """What part somebody had in an entry on which they never decide; the first that fits is told."""

    MEMBER = "member"
    SUBMITTED = "submitted"
    ENTERED = "entered"
    RECORDED = "recorded"
    """``Reviewable.fix_conflicts`` wrote it down: what they have left or taken back since does not count."""


class ReviewEventQuerySet(QuerySet):
    """Events are read and appended. Erasing a person goes past this and empties ``by``."""

    def last_public_change(self) -> datetime | None:
        """When something was last published, replaced or archived; None before the first time."""
        seen = self.filter(Q(to_state=State.PUBLISHED) | Q(from_state=State.PUBLISHED))
        return seen.order_by("-pk").values_list("created_at", flat=True).first()

    def update(self, **fields: object) -> NoReturn:
        raise ValidationError(NEVER_REWRITTEN)

    def delete(self) -> NoReturn:
        raise ValidationError(NEVER_REWRITTEN)

    # Django's own marks, which no type of a function has: no method of the manager, never callable from a template.
    update.alters_data = True  # type: ignore[attr-defined]
    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


class ReviewableQuerySet(QuerySet):
    """Who may write, who decides and who had a part in an entry: asked here, of one entry as of many.

    The rules are Paths. A kind of entry says its own in ``author_paths`` and ``involved_paths``; ``authors()`` and
    ``deciders()`` of the entry read the same ones from the other end.
    """

    model: type[Any]
    """It lies above and is more than a Model."""

    people = ""
    """The way on from an organisation to its people."""

    @classmethod
    def author_paths(cls) -> tuple[Path, ...]:
        """Paths to the Users who write an entry."""
        raise NotImplementedError

    @classmethod
    def involved_paths(cls) -> tuple[Path, ...]:
        """Paths to the organisations whose people may not decide on an entry."""
        raise NotImplementedError

    @classmethod
    def part_paths(cls) -> Iterator[tuple[Part, Path]]:
        """Pairs of a Part and a Path to the Users who had it."""
        for path in cls._people_paths():
            yield Part.MEMBER, path
        yield Part.SUBMITTED, Path("events__by", Q(events__action="submit"))
        yield Part.ENTERED, Path("created_by")
        yield Part.RECORDED, Path("conflicts__user")

    def published(self) -> Self:
        """What the public sees."""
        return self.filter(state=State.PUBLISHED)

    def archived(self) -> Self:
        return self.filter(state=State.ARCHIVED)

    def open(self) -> Self:
        """What somebody is working on or waiting for."""
        return self.filter(state__in=OPEN_STATES)

    def waiting(self) -> Self:
        """What a secretariat has to decide on."""
        return self.filter(state=State.SUBMITTED)

    def written_by(self, user: AnyUser) -> Self:
        """Those that ``user`` may write."""
        return self.filter(reached(self.author_paths(), self.model, user.pk)) if user.is_active else self.none()

    def editable_by(self, user: AnyUser) -> Self:
        """Those that ``user`` may change now."""
        return self.written_by(user).filter(state__in=EDITABLE_STATES)

    def authors(self) -> QuerySet[User]:
        """The Users who write one of these, as a queryset."""
        return User.objects.filter(ends_of(self.author_paths(), self), is_active=True)

    def decidable_by(self, user: AnyUser) -> Self:
        """Those on which ``user`` may decide: in the reach of their secretariats, and they had no part in it.

        Secretariats that need a second factor decide on nothing without one.
        """
        if not user.is_active or not has_needed_factor(user):
            return self.none()
        return self.in_reach_of(user).without_part_of(user)

    def deciders(self, platforms: Iterable[Model]) -> QuerySet[User]:
        """The Users of the secretariats of ``platforms`` who had no part in any of these, as a queryset."""
        people = reviewing.reviewers().people_of(platforms)
        for _part, path in self.part_paths():
            people = people.exclude(pk__in=path.ends(self))
        return people

    def in_reach_of(self, user: AnyUser) -> Self:
        """Those given to a platform whose entries ``user`` works on.

        What was given to none yet counts where it would go. That is found by reading it, so ask it of few.
        """
        served = set(reviewing.reviewers().served_by(user).values_list("pk", flat=True))
        if not served:
            return self.none()
        ungiven = list(self.filter(reviewing_platform=None))
        routes = self.model.routes(ungiven) if ungiven else {}
        coming = [pk for pk, platform in routes.items() if platform and platform.pk in served]
        return self.filter(Q(reviewing_platform__in=served) | Q(pk__in=coming))

    def without_part_of(self, user: AnyUser) -> Self:
        """Those in which ``user`` had no part."""
        found = self
        for _part, path in self.part_paths():
            found = found.exclude(pk__in=path.entries(self.model, user.pk))
        return found

    def with_part_of(self, user: AnyUser) -> Self:
        """Adds ``part``: the Part that ``user`` had in each, "" for none."""
        parts = [When(pk__in=path.entries(self.model, user.pk), then=Value(part)) for part, path in self.part_paths()]
        return self.annotate(part=Case(*parts, default=Value(""), output_field=CharField()))

    def involving(self, organisation: int) -> Self:
        """Those in which ``organisation``, a primary key, has a part."""
        return self.filter(reached(self.involved_paths(), self.model, organisation))

    def involving_organisation_of(self, user: AnyUser) -> Self:
        """Those in which an organisation of ``user`` has a part."""
        return self.filter(reached(self._people_paths(), self.model, user.pk))

    def organisations_of(self, user: AnyUser) -> dict[int, int]:
        """{primary key: that of an organisation of ``user`` that has a part in it}, for those where one has."""
        found: dict[int, int] = {}
        for path in self.involved_paths():
            mine = self.order_by().filter(path.only, **{path.on_to(self.people).to: user.pk})
            found = dict(mine.values_list("pk", path.to or "pk")) | found
        return found

    def people_with_a_part(self) -> set[int]:
        """Primary keys of the Users whose organisation has a part in one of these."""
        people = User.objects.filter(ends_of(self._people_paths(), self))
        return set(people.values_list("pk", flat=True))

    @classmethod
    def _people_paths(cls):
        return [path.on_to(cls.people) for path in cls.involved_paths()]

    def roles_of(self, user: AnyUser) -> dict[int, set[Actor]]:
        """{primary key: set of Actor} of those for which ``user`` is one."""
        actors: dict[int, set[Actor]] = defaultdict(set)
        for actor, theirs in ((Actor.AUTHOR, self.written_by(user)), (Actor.REVIEWER, self.decidable_by(user))):
            for pk in theirs.order_by().values_list("pk", flat=True):
                actors[pk].add(actor)
        return actors

    def served_by(self, user: AnyUser) -> Self:
        """What the secretariats of ``user`` have been given to decide, now or before; drafts are not theirs to read."""
        return self.filter(state__in=GIVEN_STATES, reviewing_platform__in=reviewing.reviewers().served_by(user))

    def those_of(self, condition: Q) -> Self:
        """Those for which ``condition`` holds, each once, whatever it joins."""
        return self.filter(pk__in=self.model._base_manager.filter(condition).order_by().values("pk"))

    def with_published_at(self) -> Self:
        """Adds ``published_at``: when the entry last became public, from its history."""
        event = self.model._meta.get_field("events").related_model
        newest = event.objects.filter(
            content_type=ContentType.objects.get_for_model(self.model),
            object_id=OuterRef("pk"),
            to_state=State.PUBLISHED,
        ).order_by("-created_at", "-pk")
        return self.annotate(published_at=Subquery(newest.values("created_at")[:1]))
