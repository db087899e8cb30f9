"""Something that is drafted, reviewed and published."""

from functools import cached_property

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import has_needed_factor
from reviews.models.history import Comment, Conflict, PreviewLink, ReviewEvent, Snapshot
from reviews.querysets import ReviewableQuerySet
from reviews.states import EDITABLE_STATES, OPEN_STATES, Actor, State


class Reviewable(models.Model):
    """Something that is drafted, reviewed and published; ``workflow.perform`` alone moves its state.

    ``revision`` counts every write, so that a decision on words that have changed meanwhile fails
    on both databases without resting on a lock.
    """

    kind_code = ""
    """How the addresses of working pages name this kind of entry."""
    has_preview = False
    """Whether there is a page that shows it to outsiders before it is public."""

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT, editable=False)
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    reviewing_platform = models.ForeignKey(
        "platforms.Platform",
        verbose_name=_("reviewed by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Fixed at submission; authors never set it."),
    )
    created_at = models.DateTimeField(_("entered at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)
    events = GenericRelation(ReviewEvent)
    comments = GenericRelation(Comment)
    snapshots = GenericRelation(Snapshot)
    conflicts = GenericRelation(Conflict)
    preview_links = GenericRelation(PreviewLink)

    objects = ReviewableQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_editable(self):
        return self.state in EDITABLE_STATES

    @property
    def is_open(self):
        return self.state in OPEN_STATES

    @property
    def is_published(self):
        return self.state == State.PUBLISHED

    def actors(self, user):
        """The set of ``Actor`` that ``user`` is for this entry."""
        if not user.is_authenticated:
            return set()
        actors = {Actor.AUTHOR} if self.is_written_by(user) else set()
        if self.may_be_decided_by(user):
            actors.add(Actor.REVIEWER)
        return actors

    def is_written_by(self, user):
        return self.authors().filter(pk=user.pk).exists()

    def may_be_decided_by(self, user):
        """Secretariat members of the reviewing platform or one above who have no part in the entry."""
        platform = self.reviewing_platform or self.route()
        if platform is None or not self.deciders(platform.line()).filter(pk=user.pk).exists():
            return False
        return has_needed_factor(user)

    def authors(self):
        """The Users who write this entry, as a queryset."""
        raise NotImplementedError

    def deciders(self, platforms):
        """The Users of the secretariats of ``platforms`` who have no part in the entry, as a queryset.

        Whoever had one when it was submitted stays out (``fix_conflicts``); who has one now is out as well.
        """
        serving = User.objects.filter(is_active=True, secretariats__platform__in=platforms).distinct()
        own_hands = {self.created_by_id, *self.events.filter(action="submit").values_list("by", flat=True)} - {None}
        return (
            serving.exclude(pk__in=own_hands)
            .exclude(pk__in=self.conflicts.values("user"))
            .exclude(organisations__organisation__in=self.conflicted_organisations())
        )

    def writers(self):
        """Primary keys of the Users who wrote a word of it."""
        return {self.created_by_id, *self.snapshots.values_list("by", flat=True)} - {None}

    def fix_conflicts(self, by):
        """Remember who has a part in the entry as ``by`` submits it: who wrote it, and the members of who is in it."""
        members = User.objects.filter(organisations__organisation__in=self.conflicted_organisations())
        parts = {by.pk, *self.writers(), *members.values_list("pk", flat=True)}
        Conflict.objects.bulk_create([Conflict(entry=self, user_id=pk) for pk in sorted(parts)], ignore_conflicts=True)

    @classmethod
    def naming(cls, organisation):
        """The entries of this kind in which ``organisation`` may have a part, as a queryset."""
        raise NotImplementedError

    def newly_named(self):
        """The Users whose organisation is named in public for the first time by publishing this, as a queryset."""
        return User.objects.none()

    def conflicted_organisations(self):
        """Primary keys of the organisations whose members may not decide on this entry."""
        raise NotImplementedError

    def route(self):
        """The platform that should review this entry; None only while there is none."""
        raise NotImplementedError

    @cached_property
    def routing(self):
        """Which platform reviews what, as it was when this entry first asked: platforms lie above."""
        return self._meta.get_field("reviewing_platform").related_model.objects.routing()

    @classmethod
    def read_together(cls, entries):
        """Fetch at once what the workflow reads of each of ``entries``; they share one ``routing``."""
        for entry in entries:
            entry.routing = entries[0].routing

    def fix_reviewing_platform(self):
        """The platform of ``route``; without an unconflicted reviewer there, the next one above that has one."""
        platform = self.route()
        line = platform.line() if platform and self.routing.is_staffed else []
        able = (one for one in line if self.deciders([one]).exists())
        self.reviewing_platform = next(able, platform)
        type(self)._base_manager.filter(pk=self.pk).update(reviewing_platform=self.reviewing_platform)

    def missing_for_submission(self):
        """What is still missing, as {field: message}; empty when the entry may be submitted."""
        raise NotImplementedError

    def missing_for_loading(self):
        """The same for an entry loaded from public sources, which may know less."""
        return self.missing_for_submission()

    def siblings(self):
        """The other rows of the same identity: publishing supersedes the published one among them."""
        return type(self)._base_manager.none()

    def archiving(self):
        """The event that archived it last: its day and its comment are all that the public is told; else None."""
        return self.events.filter(action="archive").last()

    def before(self, action, by):
        """Called inside the transaction, before ``action`` is checked for completeness."""
        if action == "submit":
            self.fix_conflicts(by)
        if action in {"submit", "load", "admit"}:
            self.fix_reviewing_platform()

    def after(self, action, by):
        """Called inside the transaction, after ``action`` was carried out."""
