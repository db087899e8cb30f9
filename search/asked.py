"""What somebody looks for, as the index takes it."""

from search.words import tokens


def groups_of(text):
    """A group for each word of ``text``: all are needed. What signs join, as in WOP-0001, is a phrase."""
    words = dict.fromkeys(tuple(tokens(word)) for word in text.split())
    return [[word] for word in words if word]
