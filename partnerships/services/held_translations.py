"""What is saved as a translation translates a text of the draft, and goes with the row that it belongs to."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from partnerships.models.base import Version
from partnerships.services.save_rows import Errors, RowsByKey, RowsChange
from reviews.models import Row, TranslationRow
from reviews.translations import fingerprint_of_text, original_in, place_of


def check_translations(
    stored: Version, changes: Mapping[type[Row], RowsChange], now: RowsByKey, errors: Errors
) -> None:
    """Each translates another text of the entry, as it stands after the change (``now``), from another language.

    It is of the words of today when it is new or reads otherwise than before, unless its writer says of which it is.
    """
    for change in changes.values():
        if issubclass(change.kind, TranslationRow):
            rows = {key: row for known in now.values() for key, row in known.items()}
            _Check(stored, change, rows, errors).run()


def drop_translations(stored: Version, changes: Iterable[RowsChange]) -> None:
    """Those of rows that are gone."""
    gone = [row.key for change in changes for row in change.gone]
    if gone:
        stored.translations.filter(row_key__in=gone).delete()  # type: ignore[attr-defined] # all versions have them


class _Check:
    """Of all rows of one ``change``; ``rows``: {key: row} of everything in the draft."""

    def __init__(self, stored, change, rows, errors):
        self.stored, self.change, self.rows, self.errors = stored, change, rows, errors

    def run(self):
        seen = set()
        for place, row in enumerate(self.change.rows):
            named = (*place_of(row), row.language)
            if named in seen:
                self._refuse(place, "field", _("This text has two translations into this language."))
            seen.add(named)
        for place, row in self.change.changed_rows():
            self._hold(place, row)

    def _refuse(self, place, column, words):
        self.errors.setdefault(f"{self.change.name}-{place}-{column}", words)

    def _hold(self, place, row):
        original = original_in(self.stored, self.rows.get(str(row.row_key)) if row.row_key else self.stored, row.field)
        if original is None:
            self._refuse(place, "field", _("There is no such text in this entry."))
        elif original.language == row.language:
            self._refuse(place, "language", _("This is the language in which it is written."))
        else:
            self._fix(row, original)

    def _fix(self, row, original):
        before = self.change.stored.get(str(row.key))
        is_said = before is not None and row.source_fingerprint != before["source_fingerprint"]
        if not row.source_fingerprint or (before and row.text != before["text"] and not is_said):
            row.source_fingerprint = fingerprint_of_text(original.text)
