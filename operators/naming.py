"""Which entries name an organisation: an app above hands it in when it starts (``partnerships.apps``).

What is handed in is a manager that answers ``named_beside(user)`` (primary keys of the organisations named in WOPs that
an organisation of ``user`` takes part in) and ``told_of(organisation)`` (the submitted and the public entries that name
it, as a mail tells them: dicts with ``version``, ``reference`` and ``title``).
"""

_handed_in = []


def hand_in(manager):
    _handed_in[:] = [manager]


def entries_naming():
    """The manager that knows which entries name an organisation."""
    return _handed_in[0]
