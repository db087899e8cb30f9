"""translations_es.csv and its neighbours: what texts of the other files of a folder say in another language.

A line names a text by the file, the partnership, which row of that partnership in that file, and the column. It is
taken with the row that it belongs to and never later: what is public already is translated in the workspace.
"""

from collections import defaultdict

from django.utils.translation import gettext as _

from directory.loading.register import by
from reviews.models import Reviewable, Row
from reviews.translations import fingerprint_of_text, translatable
from vocabularies.localised import FALLBACK, LANGUAGE_CODES

COLUMNS = ["kind", "reference", "field", "row", "source", "text"]
LANGUAGES = [code for code in LANGUAGE_CODES if code != FALLBACK]
BEGINNING = 40
"""Characters of the original that a line repeats: the translation of other words is not taken."""


class Translations:
    """All that a folder has of them, that of ``register`` or one below it; a language without a file has none."""

    def __init__(self, register, below=""):
        self.register, self.below = register, f"{below}/" if below else ""
        files = {language: f"{self.below}translations_{language}" for language in LANGUAGES}
        there = {language: name for language, name in files.items() if (register.folder / f"{name}.csv").exists()}
        self.lines = {language: by("kind", register.read(name, COLUMNS)) for language, name in there.items()}
        self.kinds = set()
        self.taken = defaultdict(int)
        self.places = defaultdict(int)

    def of(self, files):
        """(line, row that translates, {}) of each text of ``files`` that was loaded in this run, for ``save_all``."""
        for name in files:
            self.kinds.add(name.removesuffix("s"))
            rows = by("reference", self.register.rows[self.below + name])
            for language, lines in self.lines.items():
                for line in lines.get(name.removesuffix("s"), ()):
                    if (thing := self._thing(line, rows[line["reference"]])) is not None:
                        yield line, self._row(thing, line, language), {}

    def count(self):
        """Tell what was taken, and what is of no file that was read."""
        for language, lines in self.lines.items():
            added, known = self.taken[language], sum(map(len, lines.values()))
            self.register.count(f"{self.below}translations_{language}", added=added, kept=known - added)
            for kind in lines.keys() - self.kinds:
                for line in lines[kind]:
                    self.register.problem(line, "kind", _("no file has rows of this kind."))

    def _thing(self, line, rows):
        """What was made of the row that ``line`` is about and says what it translates; None where there is nothing."""
        place = int(line["row"] or 1) if (line["row"] or "1").isdecimal() else 0
        if not 0 < place <= len(rows):
            self.register.problem(line, "row", _("there is no such row."))
            return None
        field, row = line["field"], rows[place - 1]
        for thing in self.register.made[row.file, row.line]:
            if field in _translatable(thing) and getattr(thing, field)[:BEGINNING].strip() == line["source"]:
                return thing
        return None

    def _row(self, thing, line, language):
        self.taken[language] += 1
        version = _version_of(thing)
        self.places[version] += 1
        return version._meta.get_field("translations").related_model(
            version=version,
            position=self.places[version],
            row_key=None if thing is version else thing.key,
            field=line["field"],
            language=language,
            text=line["text"],
            source_fingerprint=fingerprint_of_text(getattr(thing, line["field"])),
        )


def _version_of(thing):
    return thing if isinstance(thing, Reviewable) else thing.version


def _translatable(thing):
    """The columns of a version or of a row of one; an identity has no words."""
    return translatable(type(thing)) if isinstance(thing, Reviewable | Row) else ()
