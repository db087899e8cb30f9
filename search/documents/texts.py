"""Texts as the index takes them."""

from search.words import tokens

GAP = "·"
"""Stands between two texts, so that no phrase reaches from one into the other; nobody can look for it."""


def line(texts):
    """The words of ``texts`` in one line, folded."""
    lines = [" ".join(tokens(str(text))) for text in texts if text]
    return f" {GAP} ".join(dict.fromkeys(one for one in lines if one))


LONGEST = 100
"""Letters of what is a word at all."""


def words_in(data):
    """The words of a document, as a set; of None there are none."""
    texts = data["words"].values() if data else ()
    return {word for text in texts for word in text.split() if word != GAP and len(word) <= LONGEST}
