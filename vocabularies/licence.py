"""The licence of the register's own words, which who runs the portal states in one setting (DATA_LICENCE)."""

from django.conf import settings
from django.utils.translation import gettext as _

ADDRESSES = {
    "CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC BY-SA 4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC0 1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}
"""Where the text of each that is usual stands."""


def words():
    """As readers are told it; while none was decided, just that."""
    return settings.DATA_LICENCE or _("not yet decided")


def address():
    """Where its text stands; "" for words of a host's own, and while none was decided."""
    stated = settings.DATA_LICENCE
    return stated if stated.startswith("https://") else ADDRESSES.get(stated, "")
