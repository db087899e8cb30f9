"""The texts of an entry in other languages: which columns have any, which translations fit, what a reader gets.

A translation keeps the fingerprint of the original that it was made of. When the original moves on it fits no longer:
readers get the original, and the page of the draft offers the old words again, part by part.
"""

import hashlib
from dataclasses import dataclass
from functools import cache

from reviews.cloning import FRESH
from reviews.models import Row
from reviews.rows import relation_to
from reviews.schema import type_of
from reviews.schema.types import LongText, Text
from reviews.snapshot_display import ITSELF, kinds_of


class Translated(str):
    """Words in another ``language`` than that of the ``original``."""

    def __new__(cls, text, language, original):
        words = super().__new__(cls, text)
        words.language, words.original = language, original
        return words


@dataclass(frozen=True)
class Original:
    """A text as it was written: ``field`` of ``thing``, the entry itself or a row of the relation ``kind``."""

    kind: str
    thing: object
    field: str
    language: str

    @property
    def text(self):
        return getattr(self.thing, self.field)

    @property
    def place(self):
        """(key of the row or "", field): how a translation names it."""
        return str(self.thing.key) if self.kind else "", self.field

    @property
    def is_quoted(self):
        return self.field in getattr(self.thing, "quoted", ())


def fingerprint_of_text(text):
    """SHA-256, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def translatable(model):
    """The names of the columns of an entry or of a kind of row whose words may be translated, in their order."""
    same = {name for base in model.__mro__ for name in vars(base).get("same_in_all_languages", ())}
    same |= set(model.titles_beside.values()) if issubclass(model, Row) else FRESH
    columns = [field for field in model._meta.concrete_fields if not field.is_relation and field.name not in same]
    return tuple(field.name for field in columns if type(type_of(field)) in {Text, LongText})


def originals_of(version):
    """Every Original of ``version`` that says something, in reading order; its rows may have been fetched before."""
    found = []
    for kind, model in kinds_of(type(version)).items():
        names = translatable(model)
        for thing in (getattr(version, kind).all() if kind else [version]) if names else ():
            found += [_original(version, kind, thing, name) for name in names if getattr(thing, name)]
    return found


def _original(version, kind, thing, name):
    return Original(kind, thing, name, (kind and thing.language_of(name)) or version.language)


def original_in(version, thing, name):
    """The Original in the column ``name`` of ``thing``, ``version`` or a row of it; None where nothing stands there."""
    if thing is None or name not in translatable(type(thing)) or not getattr(thing, name):
        return None
    return _original(version, ITSELF if thing is version else relation_to(type(thing)), thing, name)


def place_of(translation):
    """The same as ``Original.place`` of a row that translates."""
    return str(translation.row_key or ""), translation.field


def fits(translation, original):
    """Whether ``translation`` was made of these very words, and into another language."""
    made_of_these = translation.source_fingerprint == fingerprint_of_text(original.text)
    return made_of_these and translation.language != original.language


def fitting(version, language=""):
    """Pairs (Original, translation) of ``version``, into one ``language`` or into any."""
    rows = [row for row in version.translations.all() if not language or row.language == language]
    originals = {original.place: original for original in originals_of(version)} if rows else {}
    pairs = [(originals[place_of(row)], row) for row in rows if place_of(row) in originals]
    return [(original, row) for original, row in pairs if fits(row, original)]


def standing(version, language):
    """[(Original, the row that translates it or None, whether it fits)] of all texts that are in another language."""
    rows = {place_of(row): row for row in version.translations.all() if row.language == language}
    found = [(one, rows.get(one.place)) for one in originals_of(version) if one.language != language]
    return [(original, row, row is not None and fits(row, original)) for original, row in found]


def show(pairs):
    """Let what ``fitting`` found read so, in memory only: its texts become Translated.

    Those of ``quoted`` columns stay as they are, and the row has a ``gist`` beside them.
    """
    for original, row in pairs:
        words = Translated(row.text, row.language, original.text)
        setattr(original.thing, "gist" if original.is_quoted else original.field, words)


def told(version, name):
    """What the column ``name`` of ``version`` itself says to a reader of a list (``for_list()``)."""
    text = getattr(version, name)
    for row in getattr(version, "translations_in_list", ()):
        if row.field == name and text and fits(row, Original(ITSELF, version, name, version.language)):
            return Translated(row.text, row.language, text)
    return text


def as_written(text):
    """The original of words that may be translated."""
    return getattr(text, "original", text)
