"""What is kept of every reviewed thing: events, comments, snapshots, conflicts of interest, links to show it around."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from reviews import reviewing
from reviews.querysets import NEVER_REWRITTEN, ReviewEventQuerySet
from reviews.states import State
from vocabularies.clean_text import REMARK, ProseField


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
        asked = entry.as_queryset()
        return user.is_superuser or any(
            found.exists()
            for found in (
                asked.involving_organisation_of(user),
                asked.filter(reviewing_platform__in=reviewing.reviewers().served_by(user)),
                asked.written_by(user),
            )
        )


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

    Written after every change of the content by ``reviews.snapshots.remember`` and read by ``at_revision`` there.
    ``data`` is what ``reviews.snapshots.content_of`` returned, or of that only what differs from an earlier snapshot.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    object_id = models.PositiveBigIntegerField()
    entry = GenericForeignKey()
    revision = models.PositiveIntegerField()
    data = models.JSONField()
    since = models.PositiveIntegerField(null=True)
    """Revision of the snapshot to which ``data`` is the difference; None: it is all of it."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["revision"]
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id", "revision"], name="snapshot_once_per_revision")
        ]

    def __str__(self):
        return f"{self.content_type}/{self.object_id} r{self.revision}"


class Edit(models.Model):
    """What somebody changed at once on a page that nobody reviews: ``before`` and ``after`` allow taking it back.

    Written by ``reviews.edits.save``. Both are the parts of the page that changed, as ``reviews.snapshots.content_of``
    tells an entry.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    object_id = models.PositiveBigIntegerField()
    thing = GenericForeignKey()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(_("at"), auto_now_add=True)
    revision = models.PositiveIntegerField()
    """Of what has the page, after this edit."""
    before = models.JSONField()
    after = models.JSONField()
    reverts = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="reverted_by")

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("edit of a page")
        verbose_name_plural = _("edits of pages")
        indexes = [models.Index(fields=["content_type", "object_id"], name="edit_of_page")]

    def __str__(self):
        return f"{self.thing}, {self.created_at:%Y-%m-%d %H:%M}"


class Conflict(models.Model):
    """Somebody who never decides on an entry, because they have had a part in it.

    Written by ``Reviewable.fix_conflicts``, and by ``reviews.services.keep_part_of`` for who leaves an organisation
    that it names. Nothing takes it back.
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
