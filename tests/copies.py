"""The project in another folder, for tests that run its commands or change its code."""

import os
import re
import shutil
from pathlib import Path

from wopportal import settings

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = settings.environment.names
"""Every variable that the settings ask for."""
TOLD = re.compile("PYTEST|^MAKE|^MFLAGS$")


def prepared_copy_in(folder):
    """The project in a new folder below ``folder``, set up already, without any data."""
    assert (ROOT / "var/stamps/static").exists(), "run `make check` once: it sets everything up"
    copy = folder / "portal"
    made = shutil.ignore_patterns(".git", ".venv", "node_modules", "var", ".*_cache", ".hypothesis")
    shutil.copytree(ROOT, copy, ignore=made)
    for name in (".venv", "node_modules"):
        (copy / name).symlink_to(ROOT / name)
    for name in ("stamps", "map", "static"):
        shutil.copytree(ROOT / "var" / name, copy / "var" / name)
    return copy


def without_settings():
    """The environment without settings of the portal, and without what pytest and make told their own processes.

    A make below another one also says which folder it leaves, unless it is interrupted first.
    """
    return {name: value for name, value in os.environ.items() if name not in SETTINGS and not TOLD.search(name)}
