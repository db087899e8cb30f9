"""Whether a page speaks one language: what was looked up in vain, and English where another language is spoken."""

import gettext
import re
from functools import cache

from babel import Locale
from django.apps import apps
from django.db.models import CharField, TextField
from django.utils.translation import trans_real

from vocabularies.localised import LANGUAGE_CODES
from vocabularies.models import Country

OTHERS = [code for code in LANGUAGE_CODES if code != "en"]
SPOKEN = ("title", "alt", "placeholder", "aria-label", "aria-description")
"""Attributes that are read out or shown."""
SILENT = {"script", "style", "code", "pre"}
CONTEXT = "\x04"
APPS = ("operators", "platforms", "partnerships", "reports")
"""Whose texts people write: in whatever language they like."""


class Missed(gettext.NullTranslations):
    """Stands behind a catalogue and notes which texts it does not have."""

    def __init__(self):
        super().__init__()
        self.texts = set()

    def gettext(self, message):
        self.texts.add(message.replace(CONTEXT, ": "))
        return message

    def ngettext(self, one, many, number):
        self.texts.add(one)
        return one if number == 1 else many


@cache
def english(language):
    """Texts of the interface that only readers of English would read like this."""
    catalogue = [
        (key.rpartition(CONTEXT)[2], text)
        for key, text in trans_real.translation(language)._catalog.items()
        if isinstance(key, str) and key
    ]
    spoken = {translated for _text, translated in catalogue}
    spoken |= {name.capitalize() for name in Locale(language).languages.values()}
    return {text for text, translated in catalogue if text != translated and text not in spoken}


def spoken_on(root, language):
    """Every text of a page that its reader meets, but for what is marked as being in another language."""
    yield from _spoken(root, root.get("lang"), language)


def _spoken(element, spoken, language):
    spoken = element.get("lang", spoken)
    if element.tag not in SILENT and isinstance(element.tag, str):
        if spoken == language:
            yield from (element.get(name) for name in SPOKEN if element.get(name))
            yield from filter(None, [element.text])
        for child in element:
            yield from _spoken(child, spoken, language)
            if child.tail and spoken == language:
                yield child.tail


def trimmed(text):
    return " ".join(text.split()).strip(" :·–,()")


def alike(pages):
    """Texts that all of ``pages``, one per language, have in common and that nobody wrote in the register."""
    common = set.intersection(*(set(map(trimmed, page)) for page in pages))
    return {text for text in common if _is_of_one_language(_unwritten(text))}


def _is_of_one_language(text):
    words = trimmed(re.sub(r"\(?\d+", "", text))
    return re.search(r"[^\W\d_]{2}", words) and words.casefold() not in shared()


@cache
def shared():
    """Texts that are the same word in all languages, however they are written."""
    catalogues = [dict(trans_real.translation(language)._catalog.items()) for language in OTHERS]
    keys = [key for key in catalogues[0] if isinstance(key, str)]
    return {
        word.casefold()
        for key in keys
        for word in [key.rpartition(CONTEXT)[2]]
        if all(one.get(key) == word for one in catalogues)
    }


def _unwritten(text):
    """``text`` without names, titles and whatever else the register says."""
    return "" if text in written() else _any_written().sub("", text)


@cache
def written():
    """Every text of the register."""
    kinds = [kind for app in APPS for kind in apps.get_app_config(app).get_models()]
    found = set()
    for kind in [*kinds, Country]:
        fields = [field for field in kind._meta.concrete_fields if isinstance(field, CharField | TextField)]
        names = [field.attname for field in fields if not field.choices]
        found |= {trimmed(str(text)) for row in kind.objects.values_list(*names) for text in row if text}
    return found


@cache
def _any_written():
    longest_first = sorted((text for text in written() if len(text) > 1), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")
