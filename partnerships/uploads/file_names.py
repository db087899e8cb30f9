"""File names as they may be kept and shown: no paths, no hidden characters, no false endings."""

import re
import unicodedata
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONGEST = 120
ACTIVE = (
    "app apk asp aspx bash bat bin cgi chm cmd com cpl dll dmg docm dotm exe gadget hta htm html iso jar js jse jsp "
    "lnk mht mhtml msi msp php phtml pif pl potm ppam pptm ps1 py rb reg scr sh shtml svg svgz sys url vb vbe vbs wsf "
    "xht xhtml xlam xlsm xltm xml"
)
RUNNABLE = {f".{suffix}" for suffix in ACTIVE.split()}


def safe_name(name):
    """``name`` without folders and hidden characters, at most LONGEST characters; ValidationError when it deceives."""
    name = unicodedata.normalize("NFC", re.split(r"[/\\]", name or "")[-1])
    name = "".join(char for char in name if not unicodedata.category(char).startswith("C"))
    name = re.sub(r'[<>:"|?*\s]+', " ", name).strip(" .")
    path = PurePath(name or "-")
    false = [suffix for suffix in path.suffixes[:-1] if suffix.lower().strip() in RUNNABLE]
    if false:
        raise ValidationError(
            _("The file name has a second ending (%(suffix)s). Rename it with one ending, for example “report.pdf”."),
            code="name",
            params={"suffix": false[-1]},
        )
    if not path.suffix or not path.stem.strip(" ."):
        raise ValidationError(_("The file needs a name with an ending, for example “report.pdf”."), code="name")
    return path.stem[: LONGEST - len(path.suffix)].rstrip(" .") + path.suffix
