"""``manage.py db_worker``: that of django-tasks, which outlives a restart of the database."""

import time
from datetime import timedelta

from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Command as DatabaseWorker
from django_tasks_db.models import DBTaskResult

from notices.sweeps import PATIENCE, UNREACHABLE, wait_for_database

LONGEST = timedelta(days=1)
"""No task takes so long."""


class Command(DatabaseWorker):
    def handle(self, *, worker_id, batch, **options):
        while True:
            try:
                _give_back(worker_id)
                _forget_dead()
                return super().handle(worker_id=worker_id, batch=batch, **options)
            except UNREACHABLE as error:
                if batch:
                    raise
                wait_for_database(error)
                time.sleep(PATIENCE)


def _give_back(worker_id):
    """Tasks that this worker had begun when the database went away: all of ours may be begun twice."""
    for task in DBTaskResult.objects.running():
        if worker_id in task.worker_ids:
            DBTaskResult.objects.filter(pk=task.pk).update(status=TaskResultStatus.READY)


def _forget_dead():
    """Notes on tasks whose worker was killed: what they had to do is done by now, and they may be pruned."""
    dead = DBTaskResult.objects.running().filter(started_at__lt=timezone.now() - LONGEST)
    dead.update(status=TaskResultStatus.FAILED, finished_at=timezone.now())
