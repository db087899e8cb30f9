"""Remarks on an entry on working pages: where they are written, and who may."""

import re
import uuid

from django.contrib.contenttypes.models import ContentType
from django.http import Http404
from django.urls import reverse

from desk.entry_types import entry_type_of
from desk.permissions import can_comment
from reviews.comments import Names, threads_of
from reviews.models import Comment

PLACE = re.compile(r"(?:(?P<key>entry|[0-9a-f-]{36})(?:\.(?P<field>[a-z_]{1,60}))?|re-(?P<answers>\d{1,18}))")


def comments_of(entry, user, content=None):
    """What ``desk/_comments.html`` needs: threads, whether ``user`` may write, and the address for a general remark."""
    return {
        "threads": threads_of(entry, content),
        "can_comment": can_comment(user, entry),
        "comment_url": comment_url(entry),
    }


def comment_url(entry, key="", name=""):
    """Where a remark on that place is written."""
    place = (key or "entry") + (f".{name}" if name else "")
    return reverse("desk:comment", args=[entry_type_of(entry).code, entry.pk, place])


def place_of(entry, text):
    """{row_key, field, answers} from the last part of the address of a remark; 404 for a place that cannot be."""
    match = PLACE.fullmatch(text)
    if match is None:
        raise Http404
    if match["answers"]:
        return {"row_key": None, "field": "", "answers": _comment(entry, int(match["answers"]))}
    try:
        key = None if match["key"] == "entry" else uuid.UUID(match["key"])
    except ValueError:
        raise Http404 from None
    return {"row_key": key, "field": match["field"] or "", "answers": None}


def _comment(entry, pk):
    """A remark on this entry or on another version of it."""
    ids = [entry.pk, *entry.siblings().values_list("pk", flat=True)]
    found = Comment.objects.filter(
        pk=pk, content_type=ContentType.objects.get_for_model(entry), object_id__in=ids
    ).select_related("by", "answers")
    if comment := found.first():
        return comment
    raise Http404


def where(entry, place):
    """The words for ``place`` as ``place_of`` found it."""
    comment = place["answers"] or Comment(row_key=place["row_key"], field=place["field"])
    return Names(entry, None).where(comment)
