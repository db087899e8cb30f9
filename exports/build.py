"""Large exports: made behind the scenes, kept for a week, then deleted."""

import logging
import tempfile
from functools import partial

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import OperationalError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import override

from directory.selection import CountDiffers, question, select
from exports.formats import FORMATS
from exports.models import ExportJob
from notices.leases import signs_of_life
from notices.services import notify

FOLDER = "exports"
TRIES = 3
"""How often a file is begun anew when something is archived while it is written."""
State = ExportJob.State
log = logging.getLogger(__name__)


class TakenOver(Exception):
    """Somebody took this worker for dead: the job is theirs now."""


def make(pk):
    """Make the file of the ExportJob ``pk`` unless somebody else has begun; tell who asked for it, if known.

    Whatever goes wrong is noted on the job, told and raised.
    """
    job = _begin(pk)
    if not job:
        return
    try:
        with signs_of_life(partial(_renew, job)):
            _make_file(job)
            _hand_over(job)
    except TakenOver:
        log.warning("Export %s was taken over by another worker", pk)
        if job.file:
            default_storage.delete(job.file.name)
    except OperationalError:  # the database went away, the file is not to blame: the next worker begins anew
        raise
    except Exception:
        give_up(job)
        raise


def _begin(pk):
    """The job when it is now ours to make, else None. ``begun`` tells our turn from a later one."""
    now = timezone.now()
    waiting = ExportJob.objects.filter(pk=pk, state=State.WAITING)
    begun = waiting.update(state=State.WORKING, changed_at=now, begun=F("begun") + 1)
    return ExportJob.objects.select_related("requested_by").get(pk=pk) if begun else None


@transaction.atomic
def give_up(job):
    """Note that it could not be made, and tell who asked for it."""
    if ExportJob.objects.unfinished().filter(pk=job.pk, begun=job.begun).update(state=State.FAILED):
        _tell("export-failed", job)


def _tell(kind, job):
    if job.requested_by:
        notify(kind, about=job, key=f"{kind}/{job.pk}", users=[job.requested_by])


def write_whole(form, selection, file, on_progress=None):
    """Write the file of ``form`` in the language of ``selection``; afterwards ``file`` stands at its beginning."""
    with override(selection.language):
        form.write(selection, file, on_progress)
    file.seek(0)


def _make_file(job):
    form = FORMATS[job.kind]
    for left in reversed(range(TRIES)):
        selection = select(question(job.query), job.language)
        _note(job, total=len(selection), done=0, read_at=selection.at)
        try:
            with tempfile.TemporaryFile() as file:
                write_whole(form, selection, file, lambda done: _note(job, done=done))
                job.file.save(f"{job.token}.{job.kind}", File(file), save=False)
                return
        except CountDiffers:
            if not left:
                raise
            log.info("Something was archived while export %s was written: it begins anew", job.pk)


@transaction.atomic
def _hand_over(job):
    _note(job, state=State.READY, file=job.file.name, done=job.total)
    _tell("export-ready", job)


def _ours(job):
    """The row, as long as no later turn of somebody else has begun."""
    return ExportJob.objects.filter(pk=job.pk, state=State.WORKING, begun=job.begun)


def _renew(job):
    _ours(job).update(changed_at=timezone.now())


def _note(job, **fields):
    """Write down how far it is; raises TakenOver when it is not ours any more."""
    for name, value in fields.items():
        setattr(job, name, value)
    if not _ours(job).update(changed_at=timezone.now(), **fields):
        raise TakenOver


def clean():
    """Delete the downloads whose time has run out, with their files, and files that no download knows."""
    gone = ExportJob.objects.exclude(pk__in=ExportJob.objects.kept().values("pk"))
    for job in gone:
        if job.file:
            transaction.on_commit(partial(default_storage.delete, job.file.name))
    number, _kinds = gone.delete()
    return number, _delete_strays()


def _delete_strays():
    """What a crash left between storing a file and noting it."""
    try:
        _folders, names = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return 0
    known = set(ExportJob.objects.values_list("token", flat=True))
    strays = [name for name in names if name.split(".")[0].split("_")[0] not in known]
    for name in strays:
        default_storage.delete(f"{FOLDER}/{name}")
    return len(strays)
