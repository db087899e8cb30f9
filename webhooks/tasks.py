"""Work behind the scenes: ``manage.py db_worker`` carries it out (docs/deploy.md)."""

from django_tasks import task

from webhooks.sending import sweep


@task()
def send_due():
    """Send what is due now, and come back for what failed; run twice or late, it sends everything once."""
    done = sweep()
    for moment in done.again_at:
        send_due.using(run_after=moment).enqueue()
    return done.sent
