"""Asking for a large export: the same one is not made twice, and not too many at a time."""

from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from exports.build import give_up
from exports.models import MOST_BEGUN, ExportJob
from exports.tasks import make_export
from notices.sending import Sweep

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
    take_up_lost()
    asked = {"kind": code, "query": selection.query, "language": selection.language, "requested_by": by}
    same = ExportJob.objects.kept().filter(**asked, created_at__gt=timezone.now() - FRESH)
    if usable := next((job for job in same if job.is_under_way or job.is_fetchable), None):
        return usable
    if sum(job.is_under_way for job in ExportJob.objects.unfinished().filter(requested_by=by)) >= MOST_AT_A_TIME:
        raise TooManyExports
    job = ExportJob.objects.create(**asked, total=len(selection))
    transaction.on_commit(partial(make_export.enqueue, job.pk))
    return job


def take_up_lost(stopping=lambda: False):
    """Have the jobs whose worker died begun anew by the next one, or given up after a few times."""
    done = Sweep()
    lost = list(ExportJob.objects.lost().select_related("requested_by"))
    enqueued = _enqueued() if lost else set()
    for job in lost:
        if stopping():
            break
        if job.begun >= MOST_BEGUN:
            give_up(job)
        elif job.pk not in enqueued and _set_free(job):
            transaction.on_commit(partial(make_export.enqueue, job.pk))
            done.sent += 1
    return done


def _enqueued():
    """Numbers of the jobs for which a task waits already."""
    tasks = DBTaskResult.objects.ready().filter(task_path=make_export.module_path)
    return {task.args_kwargs["args"][0] for task in tasks}


def _set_free(job):
    """True when nobody else has taken it up meanwhile."""
    ours = ExportJob.objects.lost().filter(pk=job.pk, begun=job.begun)
    return ours.update(state=ExportJob.State.WAITING, done=0, changed_at=timezone.now())
