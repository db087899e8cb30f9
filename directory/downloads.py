"""As what the found set can be taken away: apps above hand it in when they start (``exports.apps``, ``iati.apps``)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Download:
    """``view_name``: of the address that answers with the file to the same question as the list.

    ``label`` is the link below the list; ``has_labels``: ``?labels=`` chooses the language of its labels.
    """

    view_name: str
    label: str
    media_type: str
    has_labels: bool = True


DOWNLOADS: list[Download] = []


def hand_in(*downloads: Download) -> None:
    """Offered from now on, after those that are offered already."""
    DOWNLOADS.extend(downloads)
