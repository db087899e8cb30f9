"""The virus scanner, where one is configured: ``UPLOAD_SCANNER`` names its program."""

import logging
import shlex
import subprocess
import tempfile

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

PATIENCE = 60  # seconds
CLEAN, FOUND = 0, 1  # exit codes of clamdscan, clamscan and others
log = logging.getLogger(__name__)


def scan(content):
    """Refuse what the scanner does not call clean; a scanner that cannot answer refuses everything."""
    if not settings.UPLOAD_SCANNER:
        return
    code = _verdict(content)
    if code == FOUND:
        raise ValidationError(_("The virus scanner found something in the file. It was not kept."), code="infected")
    if code != CLEAN:
        raise ValidationError(
            _("The file could not be checked for viruses, so it was not kept. Try again in a few minutes."),
            code="unscanned",
        )


def _verdict(content):
    """The exit code of the scanner, called with the path of the file; None when it gave no answer."""
    try:
        with tempfile.NamedTemporaryFile(prefix="wop-upload-") as file:
            file.write(content)
            file.flush()
            command = [*shlex.split(settings.UPLOAD_SCANNER), file.name]
            done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        log.error("The virus scanner gave no answer, so an upload was refused: %s", error)
        return None
    return done.returncode
