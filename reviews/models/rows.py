"""Rows below a version, with keys that survive cloning."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vocabularies.clean_text import TEXT, ProseField


class Row(models.Model):
    """A row below a version. ``key`` survives cloning: differences, comments and links refer to it."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, editable=False)
    position = models.PositiveIntegerField(_("position"), default=0)

    titles_beside = {}
    """{field with the key of a row of another entry: field of this row that keeps that row's title}."""
    same_in_all_languages = ()
    """Columns with words that nobody translates: names of people, titles of documents, units."""
    quoted = ()
    """Columns with somebody's exact words: a translation stands beside them and never in their place."""

    class Meta:
        abstract = True
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="%(class)s_key_once")]

    def language_of(self, name):
        """In which its column ``name`` is written; "": as the entry."""
        return ""


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


class TranslationRow(Row):
    """One text of an entry, or of a row of it, in another language.

    It fits as long as the original is the one that it was made of (``reviews.translations``).
    """

    same_in_all_languages = ("field", "text", "source_fingerprint")

    row_key = models.UUIDField(_("row"), null=True, blank=True)
    field = models.CharField(_("field"), max_length=60)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    text = ProseField(_("text"), max_length=TEXT)
    source_fingerprint = models.CharField(
        _("fingerprint of the source text"),
        max_length=64,
        blank=True,
        editable=False,
        help_text=_("SHA-256, hexadecimal. Without it, that of the original as it stands."),
    )

    class Meta(Row.Meta):
        abstract = True
        indexes = [models.Index(fields=["version", "language", "field"], name="%(class)s_text")]

    def __str__(self):
        return f"{self.get_language_display()}: {self.text}"[:80]


class UnansweredRow(Row):
    """Why a question of the form has no answer."""

    same_in_all_languages = ("question",)

    question = models.CharField(_("question"), max_length=60)
    reason = models.CharField(_("reason"), max_length=20, choices=NonAnswer)

    class Meta(Row.Meta):
        abstract = True

    def __str__(self):
        return f"{self.question}: {self.get_reason_display()}"
