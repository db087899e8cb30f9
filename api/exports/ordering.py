"""Asking for a large export: the same one is not made twice, and not too many at a time."""

from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone

from api.exports.tasks import make_export
from api.models import ExportJob

FRESH = timedelta(hours=1)
"""So long an export that is ready is handed out again to who asks the same."""
MOST_AT_A_TIME = 5
"""Unfinished exports of one person, or of all who are not signed in together."""


class TooManyExports(Exception):
    """Others must be finished first."""


def order(selection, code, *, by=None):
    """The ExportJob for ``selection`` in the format ``code``: one that exists already, else a new one.

    ``by`` is told by mail when it is ready. Raises TooManyExports.
    """
    asked = {"kind": code, "query": selection.query, "language": selection.language, "requested_by": by}
    same = ExportJob.objects.kept().filter(**asked, created_at__gt=timezone.now() - FRESH)
    if usable := next((job for job in same if job.is_under_way or job.is_current()), None):
        return usable
    if sum(job.is_under_way for job in ExportJob.objects.unfinished().filter(requested_by=by)) >= MOST_AT_A_TIME:
        raise TooManyExports
    job = ExportJob.objects.create(**asked, total=len(selection))
    transaction.on_commit(partial(make_export.enqueue, job.pk))
    return job
