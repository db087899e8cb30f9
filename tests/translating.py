"""Translations of published and drafted entries, for tests."""

from reviews.cloning import clone
from reviews.translations import fingerprint_of_text
from reviews.workflow import perform
from search.changes import note


def translated(entry, field, text, *, row=None, language="es", of=None):
    """The row that says what ``field`` of ``entry``, or of a ``row`` of it, is in another language.

    ``of``: the words that it was made of, where they are not those of today.
    """
    row = entry.translations.create(
        row_key=row and row.key,
        field=field,
        language=language,
        text=text,
        source_fingerprint=fingerprint_of_text(getattr(row or entry, field) if of is None else of),
        position=entry.translations.count(),
    )
    note(*entry.events.all())
    return row


def published_again(version, author, reviewer, **changes):
    """The next version of an entry, public with all that was cloned and with ``changes``."""
    draft = perform(clone(version, by=author, **changes), "submit", by=author)
    return perform(draft, "publish", by=reviewer, revision=draft.revision)
