#!/usr/bin/env python
"""Django's command line for the WOP Portal."""

import os
import sys

from django.core.management import execute_from_command_line

from wopportal.startup_errors import in_words


def main():
    """Run the command; what an operator can mend is answered in a line, unless --traceback asks for more."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wopportal.settings")
    try:
        execute_from_command_line(sys.argv)
    except (Exception, KeyboardInterrupt) as error:
        line = in_words(error)
        if line is None or "--traceback" in sys.argv:
            raise
        print(line, file=sys.stderr)
        sys.exit(130 if isinstance(error, KeyboardInterrupt) else 1)


if __name__ == "__main__":
    main()
