"""What every reviewed thing has in common: a state, a revision, a history, comments, rows with keys."""

import uuid
from functools import cached_property

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.permissions import has_needed_factor
from reviews.querysets import NEVER_REWRITTEN, ReviewableQuerySet, ReviewEventQuerySet
from reviews.states import EDITABLE_STATES, OPEN_STATES, Actor, State
from vocabularies.texts import REMARK, TEXT, ProseField


class ReviewEvent(models.Model):
    """Who moved an entry, when and why. Appended by the workflow, never changed."""

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    object_id = models.PositiveBigIntegerField()
    entry = GenericForeignKey()
    action = models.CharField(_("action"), max_length=20)
    from_state = models.CharField(_("from"), max_length=20, choices=State)
    to_state = models.CharField(_("to"), max_length=20, choices=State)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Empty for the system, or for a person who has left."),
    )
    comment = ProseField(_("comment"), blank=True, max_length=REMARK)
    revision = models.PositiveIntegerField(_("revision"))
    created_at = models.DateTimeField(_("at"), auto_now_add=True)

    objects = ReviewEventQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [models.Index(fields=["content_type", "object_id", "to_state"], name="event_of_entry")]

    def __str__(self):
        return f"{self.action}: {self.from_state} → {self.to_state}"

    def save(self, *args, **kwargs):
        if self.pk:
            raise ValidationError(NEVER_REWRITTEN)
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise ValidationError(NEVER_REWRITTEN)

    def is_current(self):
        """False once another step followed: what this event says is then no longer so."""
        later = ReviewEvent.objects.filter(content_type=self.content_type_id, object_id=self.object_id, pk__gt=self.pk)
        return not later.exists()

    def concerns(self, user):
        """True while ``user`` may know of it: memberships may have ended since they were told."""
        entry = self.entry
        if entry is None or entry.is_published:
            return entry is not None
        takes_part = user.organisations.filter(organisation__in=entry.conflicted_organisations())
        platform = entry.reviewing_platform
        serves = user.secretariats.filter(platform__in=platform.line() if platform else [])
        return user.is_superuser or takes_part.exists() or serves.exists() or entry.is_written_by(user)


class Comment(models.Model):
    """A remark of a reviewer or an author on an entry, on one of its fields or on a row of it."""

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    object_id = models.PositiveBigIntegerField()
    entry = GenericForeignKey()
    row_key = models.UUIDField(_("row"), null=True, blank=True)
    field = models.CharField(_("field"), max_length=60, blank=True)
    answers = models.ForeignKey(
        "self", verbose_name=_("answers"), null=True, blank=True, on_delete=models.PROTECT, related_name="replies"
    )
    text = ProseField(_("text"), max_length=REMARK)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("at"), auto_now_add=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("resolved by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    resolved_at = models.DateTimeField(_("resolved at"), null=True, blank=True)

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        indexes = [models.Index(fields=["content_type", "object_id"], name="comment_on_entry")]

    def __str__(self):
        return self.text[:60]


class Snapshot(models.Model):
    """The words of an entry as they stood at one revision: what differences are computed from.

    Written after every change of the content by ``reviews.snapshots.remember``. ``content`` is what
    ``reviews.snapshots.content_of`` returns.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    object_id = models.PositiveBigIntegerField()
    entry = GenericForeignKey()
    revision = models.PositiveIntegerField()
    content = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["revision"]
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id", "revision"], name="snapshot_once_per_revision")
        ]

    def __str__(self):
        return f"{self.content_type}/{self.object_id} r{self.revision}"


class Conflict(models.Model):
    """Somebody who never decides on an entry, because they had a part in it when it was submitted.

    Written by ``Reviewable.fix_conflicts``. Nothing takes it back: who leaves an organisation has still had the part.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    object_id = models.PositiveBigIntegerField()
    entry = GenericForeignKey()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="+"
    )
    fixed_at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id", "user"], name="conflict_once")]

    def __str__(self):
        return f"{self.content_type}/{self.object_id}"


class PreviewLink(models.Model):
    """An address under which outsiders may read an unpublished entry until it expires; only its hash is kept."""

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    object_id = models.PositiveBigIntegerField()
    entry = GenericForeignKey()
    token_hash = models.CharField(max_length=64, unique=True)
    note = models.CharField(_("for whom"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    expires_at = models.DateTimeField(_("valid until"))
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return f"{self.content_type}/{self.object_id} until {self.expires_at:%Y-%m-%d}"


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


class Row(models.Model):
    """A row below a version. ``key`` survives cloning: differences, comments and links refer to it."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, editable=False)
    position = models.PositiveIntegerField(_("position"), default=0)

    titles_beside = {}
    """{field with the key of a row of another entry: field of this row that keeps that row's title}."""

    class Meta:
        abstract = True
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="%(class)s_key_once")]


class NonAnswer(models.TextChoices):
    """Answers that say why there is no answer; none of them is ever 0, "no" or a date."""

    DONT_KNOW = "dont-know", _("Don't know")
    NOT_YET = "not-yet", _("Not yet")
    PREFER_NOT_TO_SAY = "prefer-not-to-say", _("Prefer not to say")
    LEFT_OPEN = "left-open", pgettext_lazy("why a question has no answer", "Left open")


class YesNo(models.TextChoices):
    """A yes/no question with its honest unknowns; ``""`` means not answered, and may be meant so (``LEFT_OPEN``)."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    DONT_KNOW = NonAnswer.DONT_KNOW.value, NonAnswer.DONT_KNOW.label
    NOT_YET = NonAnswer.NOT_YET.value, NonAnswer.NOT_YET.label
    PREFER_NOT_TO_SAY = NonAnswer.PREFER_NOT_TO_SAY.value, NonAnswer.PREFER_NOT_TO_SAY.label


class TranslationState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    REVIEWED = "reviewed", _("Reviewed")
    OUTDATED = "outdated", _("Outdated")


class TranslationRow(Row):
    """One field of an entry, or of a row of it, in another language. Pages for it come later."""

    row_key = models.UUIDField(_("row"), null=True, blank=True)
    field = models.CharField(_("field"), max_length=60)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    text = ProseField(_("text"), max_length=TEXT)
    source_fingerprint = models.CharField(
        _("fingerprint of the source text"), max_length=64, blank=True, help_text=_("SHA-256, hexadecimal.")
    )
    state = models.CharField(_("state"), max_length=10, choices=TranslationState, default=TranslationState.DRAFT)

    class Meta(Row.Meta):
        abstract = True

    def __str__(self):
        return f"{self.field} [{self.language}]"


class UnansweredRow(Row):
    """Why a question of the form has no answer."""

    question = models.CharField(_("question"), max_length=60)
    reason = models.CharField(_("reason"), max_length=20, choices=NonAnswer)

    class Meta(Row.Meta):
        abstract = True

    def __str__(self):
        return f"{self.question}: {self.get_reason_display()}"
