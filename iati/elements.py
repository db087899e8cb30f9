"""How elements are written: no empty ones, no characters that XML forbids, every narrative with its language."""

from xml.etree import ElementTree

from partnerships.models.base import NarrativeRow
from vocabularies.clean_text import cleaned
from vocabularies.localised import LANGUAGE_CODES

OWN = "urn:wop-portal:iati:1"
"""Namespace of what IATI has no place for; the schema allows it beside its own attributes and elements."""
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
NOTES = "en"
"""The language of remarks that come from the export and from nobody else."""

ElementTree.register_namespace("wop", OWN)


def own(name):
    """``name`` in our own namespace, for elements and attributes."""
    return f"{{{OWN}}}{name}"


def plain(text):
    """``text`` without characters that XML 1.0 cannot hold and without space around it."""
    return cleaned(str(text)).strip()


def add(parent, tag, attributes=None, text=""):
    """A new element below ``parent``; attributes that are None or empty are left away."""
    known = {name: plain(value) for name, value in (attributes or {}).items() if value not in (None, "")}
    element = ElementTree.SubElement(parent, tag, known)
    element.text = plain(text) or None
    return element


def add_narratives(parent, texts):
    """One narrative for each language in ``texts``, [(language or None, text)]; returns ``parent``."""
    seen = set()
    for language, text in texts:
        if plain(text) and language not in seen:
            add(parent, "narrative", {LANGUAGE: language}, text)
            seen.add(language)
    return parent


def said(*sentences):
    """Our own remark as narratives."""
    return [(NOTES, " ".join(sentence for sentence in sentences if sentence))]


def labels(thing):
    """The name of a term, country or area in every language of the portal."""
    return [(code, getattr(thing, f"{thing.localised}_{code}")) for code in LANGUAGE_CODES]


def told(version, field, row=None):
    """[(language, text)] of a field of the version or of one of its rows: as written, then what translations fit.

    [] when it says nothing.
    """
    text = getattr(row or version, field)
    own_language = row.language if isinstance(row, NarrativeRow) else ""
    place = str(row.key) if row else "", field
    return [(own_language or version.language, text), *version.translated.get(place, ())] if plain(text) else []
