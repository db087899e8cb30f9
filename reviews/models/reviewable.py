"""Something that is drafted, reviewed and published."""

from functools import cached_property

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reviews import reviewing
from reviews.models.history import Comment, Conflict, PreviewLink, ReviewEvent, Snapshot
from reviews.querysets import ReviewableQuerySet
from reviews.states import EDITABLE_STATES, OPEN_STATES, State


class Reviewable(models.Model):
    """Something that is drafted, reviewed and published; ``workflow.perform`` alone moves its state.

    ``revision`` counts every write, so that a decision on words that have changed meanwhile fails
    on both databases without resting on a lock.
    """

    identity_field: str
    """Of what has versions: the name of the foreign key to the identity."""
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

    def as_queryset(self):
        """This entry alone, to ask of it what is asked of many."""
        return type(self).objects.filter(pk=self.pk)

    def roles_of(self, user):
        """The set of ``Actor`` that ``user`` is for this entry."""
        return self.as_queryset().roles_of(user)[self.pk]

    def is_written_by(self, user):
        return self.as_queryset().written_by(user).exists()

    def may_be_decided_by(self, user):
        return self.as_queryset().decidable_by(user).exists()

    def authors(self):
        """The Users who write this entry, as a queryset."""
        return self.as_queryset().authors()

    def deciders(self, platforms):
        """The Users of the secretariats of ``platforms`` who have no part in the entry, as a queryset.

        Whoever had one when it was submitted stays out (``fix_conflicts``); who has one now is out as well.
        """
        return self.as_queryset().deciders(platforms)

    def writers(self):
        """Primary keys of the Users who wrote a word of it."""
        return {self.created_by_id, *self.snapshots.values_list("by", flat=True)} - {None}

    def fix_conflicts(self, by):
        """Remember who has a part in the entry as ``by`` submits it: who wrote it, and the members of who is in it."""
        parts = {by.pk, *self.writers(), *self.as_queryset().people_with_a_part()}
        Conflict.objects.bulk_create([Conflict(entry=self, user_id=pk) for pk in sorted(parts)], ignore_conflicts=True)

    def newly_named(self):
        """The Users whose organisation is named in public for the first time by publishing this, as a queryset."""
        return User.objects.none()

    def route(self):
        """The platform that should review this entry; None only while there is none."""
        raise NotImplementedError

    @cached_property
    def routing(self):
        """Which platform reviews what, as it was when this entry first asked: platforms lie above."""
        return reviewing.reviewers().routing()

    @classmethod
    def routes(cls, entries):
        """{primary key: the platform that should review it} of ``entries``, in a fixed number of queries."""
        models.prefetch_related_objects(entries, *cls.read_for_routes())
        _share_routing(entries)
        return {entry.pk: entry.route() for entry in entries}

    @classmethod
    def read_for_routes(cls):
        """What ``route`` reads of an entry, as ``prefetch_related`` takes it."""
        return ()

    @classmethod
    def read_together(cls, entries):
        """Fetch at once what the workflow reads of each of ``entries``; they share one ``routing``."""
        _share_routing(entries)

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

    def before_transition(self, action, by):
        """Called inside the transaction, before ``action`` is checked for completeness."""
        if action == "submit":
            self.fix_conflicts(by)
        if action in {"submit", "load", "admit"}:
            self.fix_reviewing_platform()

    def after_transition(self, action, by):
        """Called inside the transaction, after ``action`` was carried out."""


def _share_routing(entries):
    """Platforms are read once for all of ``entries``."""
    for entry in entries:
        entry.routing = entries[0].routing
