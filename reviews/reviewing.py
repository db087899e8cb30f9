"""Who reviews: an app above hands it in when it starts (``platforms.apps``), so that nothing below knows its name.

What is handed in is a manager. It answers ``served_by(user)`` (those whose entries ``user`` works on),
``people_of(reviewers)`` (the active Users of their secretariats), ``routing()`` (which of them reviews what) and
``countries_served_by(user)``. Each of its objects tells its ``line()``: itself and those above it, the lowest first.
"""

_handed_in = []


def hand_in(manager):
    _handed_in[:] = [manager]


def reviewers():
    """The manager of the bodies that review."""
    return _handed_in[0]
