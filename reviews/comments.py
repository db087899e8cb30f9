"""Remarks on an entry: threads, each about the entry, a field, a row, or a field of a row."""

from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from reviews.models import Comment
from reviews.snapshot_display import fields_of, kind_label, shown_snapshots
from reviews.snapshots import content_of
from vocabularies.localised import labelled


@dataclass
class Thread:
    """A remark and its answers. ``where`` names what it is about; ``version`` is the older one that it came with."""

    first: Comment
    where: str
    replies: list = field(default_factory=list)
    version: int | None = None

    @property
    def place(self):
        return str(self.first.row_key or ""), self.first.field

    @property
    def answer_place(self):
        return f"re-{self.first.pk}"

    def told(self):
        """In plain words for a mail: where it stands, and who said what."""
        nobody = _("Somebody who has left")
        said = [{"by": str(one.by or nobody), "text": one.text} for one in (self.first, *self.replies)]
        return {"where": self.where or _("The entry as a whole"), "said": said}

    @property
    def is_settled(self):
        return self.first.resolved_at is not None


def threads_of(entry, content=None):
    """The Threads of ``entry``, and those of its other versions that were never settled; open ones first."""
    numbers = {sibling.pk: sibling.number for sibling in entry.siblings()} | {entry.pk: None}
    kind = ContentType.objects.get_for_model(entry)
    comments = list(
        Comment.objects.filter(content_type=kind, object_id__in=numbers).select_related("by", "resolved_by")
    )
    firsts = [one for one in comments if one.answers_id is None]
    firsts = [one for one in firsts if one.object_id == entry.pk or one.resolved_at is None]
    names = Names(entry, content) if firsts else None
    threads = {one.pk: Thread(one, names.where(one), version=numbers[one.object_id]) for one in firsts}
    for one in comments:
        if one.answers_id in threads:
            threads[one.answers_id].replies.append(one)
    return sorted(threads.values(), key=lambda thread: thread.is_settled)


def unsettled(entry):
    """The Threads that nobody has settled."""
    return [thread for thread in threads_of(entry) if not thread.is_settled]


def are_known(comments, sent):
    """Whether the page that ``sent`` a form (a QueryDict) had asked about all of ``remarks``: are they to stay open?"""
    return {str(thread.first.pk) for thread in comments} <= set(sent.getlist("remarks_seen"))


def open_count(threads):
    return sum(not thread.is_settled for thread in threads)


class Names:
    """What the places of an entry are called."""

    def __init__(self, entry, content):
        self.model = type(entry)
        [self.shown] = shown_snapshots(self.model, content or content_of(entry))

    def where(self, comment):
        """“Improvement tracks: Leaks, Description”; "" for the entry as a whole."""
        key = str(comment.row_key or "")
        kind = next((kind for kind, rows in self.shown.rows.items() if key in rows), None)
        if kind is None:
            return _("A row that is no longer there")
        names = [self.shown.label(kind, key), self._field(kind, comment.field)]
        words = ", ".join(filter(None, names))
        return labelled(kind_label(self.model, kind), words) if kind else words

    def _field(self, kind, name):
        labels = {one.name: one.verbose_name for one in fields_of(self.shown.kinds[kind])}
        return capfirst(str(labels[name])) if name in labels else ""
