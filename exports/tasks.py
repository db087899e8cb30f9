"""Work behind the scenes: ``manage.py db_worker`` carries it out (docs/deploy.md)."""

from django_tasks import task

from exports.build import make

AFTER_THE_MAILS = -10


@task(priority=AFTER_THE_MAILS)
def make_export(pk):
    make(pk)
