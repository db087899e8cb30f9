"""In which words a page is read: in the language of its address as far as there are translations, or as written."""

from dataclasses import dataclass

from reviews.translations import Translated, fitting, show
from vocabularies.formatting import language_in_sentence
from vocabularies.localised import active_language

ORIGINAL = "original"
"""The parameter of a page that shows everything as it was written."""


@dataclass(frozen=True)
class Reading:
    """``languages``: those that the page was translated from, in words. ``stale``: translations that fit no longer."""

    languages: str
    is_original: bool
    stale: int


def in_readers_language(request, entry):
    """Let an Entry of ``public_entry`` read in the language of the page, unless it is asked for as it was written.

    Returns the Reading; None where nothing of it is translated.
    """
    language = active_language()
    versions = [entry.version, *entry.reports]
    pairs = [pair for version in versions for pair in fitting(version, language)]
    stale = sum(row.language == language for version in versions for row in version.translations.all()) - len(pairs)
    is_original = request.GET.get(ORIGINAL) == "1"
    if not is_original:
        show(pairs)
        _name_tracks(entry)
    names = dict.fromkeys(language_in_sentence(original.language) for original, _row in pairs)
    return Reading(", ".join(names), is_original, stale) if pairs else None


def _name_tracks(entry):
    """A report calls a track as the WOP did then: where it still does, it does so in the same language too."""
    titles = {track.key: track.title for track in entry.version.tracks.all() if isinstance(track.title, Translated)}
    for row in (row for report in entry.reports for row in report.results.all()):
        if row.track_key in titles and row.track_title == titles[row.track_key].original:
            row.track_title = titles[row.track_key]
