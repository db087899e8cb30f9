"""The lexicon of the register as it is at a stamp, kept by each process until something is published or edited."""

from functools import lru_cache

from operators.models import Organisation
from platforms.models import Platform
from search.lexicon import Lexicon
from search.models import Word
from search.words import tokens
from vocabularies.models import SynonymSet


@lru_cache(maxsize=2)
def lexicon_at(stamp):
    """``stamp``: the Stamp that was read before, as a text; whoever passes a newer one gets newer words."""
    counts = dict(Word.objects.values_list("word", "documents"))
    return Lexicon(counts, SynonymSet.objects.all(), _names())


def _names():
    """Names of several words, and acronyms that hold one of another meaning: WOP-LAC."""
    organisations = Organisation.objects.published().order_by().values_list("name", "acronym")
    platforms = Platform.objects.order_by().values_list("name", "acronym")
    return [name for row in (*organisations, *platforms) for name in row if len(tokens(name)) > 1]
