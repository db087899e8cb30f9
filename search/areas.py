"""Which areas a question for one means."""

AREA_DETAILS = {"non-revenue-water": ("nrw-commercial-losses", "nrw-physical-losses")}
"""Areas that say more precisely what another one says."""


def asked_by(area):
    """The codes with which ``area``, a Term, is found: its own, that of its group, and that of what it details."""
    general = [code for code, details in AREA_DETAILS.items() if area.code in details]
    return [area.code, *([area.parent.code] if area.parent else []), *general]
