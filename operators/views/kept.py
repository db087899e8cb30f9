"""Words of an earlier visit that wait in a form."""

from accounts.services import kept_input


def waiting_words(request):
    """The KeptInput that fills the form; None for what has just been sent: its sender knows."""
    return kept_input(request) if request.method == "GET" else None
