"""The door for gunicorn and every other WSGI server."""

import os
import sys

from django.core.wsgi import get_wsgi_application

from wopportal.startup_errors import in_words

BOOT_ERROR = 3
"""By this end of a worker gunicorn knows that trying again is of no use."""
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wopportal.settings")

try:
    application = get_wsgi_application()
except Exception as error:
    line = in_words(error)
    if line is None:
        raise
    print(line, file=sys.stderr)
    sys.exit(BOOT_ERROR)
