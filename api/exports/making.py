"""Large exports: made behind the scenes, kept for a week, then deleted."""

import logging
import tempfile
from functools import partial

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from api.exports.formats import FORMATS
from api.exports.reading import CountDiffers, question, select
from api.models import ExportJob
from notices.services import notify

FOLDER = "exports"
TRIES = 3
"""How often a file is begun anew when something is archived while it is written."""
State = ExportJob.State
log = logging.getLogger(__name__)


def make(pk):
    """Make the file of the ExportJob ``pk`` unless somebody else has begun; tell who asked for it, if known.

    Whatever goes wrong is noted on the job and raised.
    """
    now = timezone.now()
    if not ExportJob.objects.filter(pk=pk, state=State.WAITING).update(state=State.WORKING, changed_at=now):
        return
    job = ExportJob.objects.select_related("requested_by").get(pk=pk)
    try:
        _make_file(job)
    except Exception:
        _note(job, state=State.FAILED)
        raise
    _hand_over(job)


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


def _hand_over(job):
    with transaction.atomic():
        _note(job, state=State.READY, file=job.file.name, done=job.total)
        if job.requested_by:
            notify("export-ready", about=job, key=f"export-ready/{job.pk}", users=[job.requested_by])


def _note(job, **fields):
    for name, value in fields.items():
        setattr(job, name, value)
    ExportJob.objects.filter(pk=job.pk).update(changed_at=timezone.now(), **fields)


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
