"""Texts as the index takes them."""

from reviews.snapshot_display import kinds_of
from reviews.translations import translatable
from search.words import tokens

GAP = "·"
"""Stands between two texts, so that no phrase reaches from one into the other; nobody can look for it."""


def line(texts):
    """The words of ``texts`` in one line, folded."""
    lines = [" ".join(tokens(str(text))) for text in texts if text]
    return f" {GAP} ".join(dict.fromkeys(one for one in lines if one))


def texts_of(model):
    """What is fetched of the entries of ``model`` for ``titles`` and ``translations``."""
    return ["translations", *(kind for kind, of_rows in kinds_of(model).items() if kind and translatable(of_rows))]


TITLE = ("", "title")
"""Where a title stands among what is translated (``Version.translated``)."""


def titles(version):
    """Its title in every language that it has."""
    return [version.title, *(text for _language, text in version.translated.get(TITLE, ()))]


def translations(version):
    """What its other texts are in other languages, where that fits them."""
    return [text for place, told in version.translated.items() if place != TITLE for _language, text in told]


LONGEST = 100
"""Letters of what is a word at all."""


def words_in(data):
    """The words of a document, as a set; of None there are none."""
    texts = data["words"].values() if data else ()
    return {word for text in texts for word in text.split() if word != GAP and len(word) <= LONGEST}
